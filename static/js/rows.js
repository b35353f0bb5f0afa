// Rows and the matters in them where scripts run: a row by the keyboard alone, a new row at the end by
// itself, matters added and taken away in place. Without scripts the same buttons ask the server.
(function () {
  "use strict";
  const entries = () => document.getElementById("entries");
  const rowsOf = () => [...document.querySelectorAll("#entries > .entry")];
  const total = () => document.getElementById("id_row-TOTAL_FORMS");

  function say(sentence) {
    const word = document.getElementById("day-word");
    if (word) word.textContent = sentence;
  }

  // A copy of a blank, its placeholders filled in; htmx is told of it, since it asks the server by itself.
  function copy(id, words, place) {
    const blank = document.getElementById(id);
    if (!blank) return null;
    let html = blank.innerHTML;
    Object.entries(words).forEach(function ([from, to]) { html = html.replaceAll(from, to); });
    place.insertAdjacentHTML("beforeend", html);
    window.htmx?.process(place.lastElementChild);
    return place.lastElementChild;
  }

  function addRow() {
    if (!total()) return null;
    const count = Number(total().value);
    if (count >= Number(entries().dataset.mostRows)) {
      say("一次最多填写" + entries().dataset.mostRows + "行，请先保存再继续。");
      return null;
    }
    total().value = count + 1;
    return copy("blank-row", { __prefix__: count, __number__: count + 1 }, entries());
  }

  function addMatter(row) {
    const place = row.querySelector(".entry-matters");
    if (!place) return;
    const numbers = [...place.children].map(function (each) {
      return Number(each.querySelector("input").name.match(/-m(\d+)-summary$/)[1]);
    });
    if (numbers.length >= Number(entries().dataset.mostMatters)) {
      say("一行最多填" + entries().dataset.mostMatters + "件诉求，其余的请另起一行。");
      return;
    }
    const at = numbers.length ? Math.max(...numbers) + 1 : 0;
    const number = rowsOf().indexOf(row) + 1;
    const matter = copy("blank-matter", { __matter__: row.querySelector("[name=more_matters]").value + "-m" + at, __number__: number }, place);
    matter?.querySelector("input").focus();
  }

  function dropMatter(matter) {
    const row = matter.closest(".entry");
    matter.remove();
    (row.querySelector(".entry-matter:last-child input") || row.querySelector("[name=more_matters]")).focus();
  }

  // The last row is always a blank one.
  function keepBlankRow() {
    const last = total() && rowsOf().at(-1);
    const told = last && [...last.querySelectorAll("input")].some(function (field) {
      return field.type === "checkbox" ? field.checked : field.value !== field.defaultValue;
    });
    if (told && Number(total().value) < Number(entries().dataset.mostRows)) addRow();
  }

  function nextRow(row) {
    const rows = rowsOf();
    const next = rows[rows.indexOf(row) + 1] || addRow();
    const field = next?.querySelector("[data-finds]");
    field?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  // --- What a typed name may mean -----------------------------------------------------------
  function fill(one) {
    const found = one.closest(".found"), field = found.previousElementSibling;
    field.value = one.dataset.fill;
    found.replaceChildren();
    field.focus();
    field.dispatchEvent(new Event("filled", { bubbles: true }));
  }
  function chosen(found) { return found.querySelector(".is-chosen") || found.querySelector("[data-fill]"); }
  function move(found, step) {
    const all = [...found.querySelectorAll("[data-fill]")];
    const at = Math.min(Math.max(all.indexOf(chosen(found)) + step, 0), all.length - 1);
    all.forEach(function (each, here) { each.classList.toggle("is-chosen", here === at); });
  }
  document.addEventListener("click", function (event) {
    const one = event.target.closest("[data-fill]");
    if (one) { fill(one); return; }
    document.querySelectorAll(".found").forEach(function (found) {
      if (!found.parentElement.contains(event.target)) found.replaceChildren();
    });
  });
  // Leaving the field by the keyboard closes its suggestions, unless one of them is entered.
  document.addEventListener("focusin", function (event) {
    document.querySelectorAll(".found:not(:empty)").forEach(function (found) {
      if (!found.parentElement.contains(event.target)) found.replaceChildren();
    });
  });
  // Suggestions that come when the writer has gone on are not shown.
  document.body.addEventListener("htmx:afterSwap", function (event) {
    const found = event.target;
    if (!found.classList?.contains("found")) return;
    if (!found.parentElement.contains(document.activeElement)) found.replaceChildren();
    else chosen(found)?.classList.add("is-chosen");
  });

  // --- Buttons and keys ---------------------------------------------------------------------
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[name=more_matters], [name=drop_matter], [data-more-rows]");
    if (!button || !entries()) return;
    event.preventDefault();
    if (button.matches("[name=more_matters]")) addMatter(button.closest(".entry"));
    else if (button.matches("[name=drop_matter]")) dropMatter(button.closest(".entry-matter"));
    else {
      const first = addRow();
      for (let more = 1; first && more < Number(button.dataset.moreRows); more += 1) if (!addRow()) break;
      first?.querySelector("input").focus();
    }
  });
  document.addEventListener("keydown", function (event) {
    const field = event.target, typing = event.isComposing || event.keyCode === 229;
    if (typing) return;
    if (event.key === "Escape") {
      document.querySelectorAll(".found").forEach(function (found) { found.replaceChildren(); });
      return;
    }
    const found = field.matches("[data-finds]") ? field.nextElementSibling : null;
    const open = found && found.querySelector("[data-fill]");
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.ctrlKey) {
      event.preventDefault();
      move(found, event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (open && event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      fill(chosen(found));
      return;
    }
    const form = document.getElementById("day");
    if (!form || !form.contains(field)) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".day-save"));
      return;
    }
    const row = field.closest("#entries .entry");
    if (!row) return;
    if (event.key === "ArrowDown" && event.ctrlKey) {
      event.preventDefault();
      addMatter(row);
      return;
    }
    if (event.key === "Enter" && field.matches("input, select")) {
      event.preventDefault();
      nextRow(row);
    }
  });
  ["input", "change", "filled"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (event.target.closest?.("#entries")) keepBlankRow();
    });
  });
})();
