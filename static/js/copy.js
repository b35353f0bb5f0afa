// 复制: the text of a box into the clipboard, also on sites without https, where browsers offer the old way only.
(function () {
  "use strict";
  function oldWay(box) {
    box.focus();
    box.select();
    return document.execCommand("copy");
  }
  function say(button, done) {
    const word = button.parentElement.querySelector("[role=status]");
    word.textContent = done ? "已复制，可以粘贴了。" : "请按 Ctrl+C 复制。";
  }
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const box = document.querySelector(button.dataset.copy);
    if (!navigator.clipboard) { say(button, oldWay(box)); return; }
    navigator.clipboard.writeText(box.value).then(
      function () { say(button, true); },
      function () { say(button, oldWay(box)); }
    );
  });
})();
