// A printed sheet on the screen: a line by its number, and on from line to line without the mouse.
// Comes after rows.js, whose keys (suggestions, Ctrl+Enter, Ctrl+Down) stay as they are.
(function () {
  "use strict";
  const jump = () => document.getElementById("jump");
  const lineAt = (number) => document.getElementById("entry-" + number);
  const first = (row) => row.querySelector("[data-first]") || row.querySelector("[data-finds]");

  function say(sentence) {
    const word = document.getElementById("day-word");
    if (word) word.textContent = sentence;
  }
  function enter(row) {
    say("");
    first(row)?.focus();
    row.scrollIntoView({ block: "center" });
  }
  function go(number) {
    const row = lineAt(number), entered = document.getElementById("entered-" + number);
    if (row) return enter(row);
    if (entered) {
      entered.scrollIntoView({ block: "center" });
      return say("第" + number + "行" + entered.textContent.trim().replace(/^\d+\s*/, ""));
    }
    return say("没有第" + number + "行。纸上又添的行，请先点“再加行”。");
  }
  function next(row) {
    let one = row.nextElementSibling;
    while (one && !one.matches(".entry")) one = one.nextElementSibling;
    if (one) enter(one);
    else document.querySelector("[data-more-rows]")?.focus();
  }
  function isText(field) {
    return field.matches("textarea, input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])");
  }
  // 「5」 in a household's place is whoever stands at line 5 of the paper, unless a household has that very number.
  function fillFromPaper(field) {
    const number = field.value.trim(), own = document.getElementById("entries").dataset.ownNumbers.split(" ");
    if (!/^[1-9]\d?$/.test(number) || own.includes(number)) return false;
    const line = lineAt(number)?.querySelector("[data-home]") || document.querySelector('[data-entered="' + number + '"][data-home]');
    if (!line) return false;
    field.value = line.dataset.home;
    field.nextElementSibling?.replaceChildren();
    field.dispatchEvent(new Event("filled", { bubbles: true }));
    return true;
  }

  // Before rows.js hears of them
  document.addEventListener("keydown", function (event) {
    const field = event.target;
    if (event.isComposing || event.keyCode === 229 || !jump()) return;
    if (event.key === "F2") {
      event.preventDefault();
      jump().select();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (field === jump()) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const number = Number(field.value);
      field.value = "";
      if (number) go(number);
      return;
    }
    const row = field.closest?.("#entries .entry");
    if (/^\d$/.test(event.key) && !isText(field)) {
      jump().value = "";
      jump().focus();
      return;
    }
    if (!row || event.key !== "Enter" || !field.matches("input, select")) return;
    const finds = field.matches("[data-finds]");
    if (finds && fillFromPaper(field)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (finds && field.nextElementSibling.querySelector("[data-fill]")) return;
    event.preventDefault();
    event.stopPropagation();
    next(row);
  }, true);
})();
