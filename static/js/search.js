// The box in the top bar: "/" goes there, arrows walk through what it suggests, Enter opens, Esc closes.
(function () {
  "use strict";
  const box = document.querySelector("[data-suggest]");
  const page = document.querySelector("input[data-search]");
  if (!box) return;
  const form = box.form;
  const list = document.getElementById(box.getAttribute("aria-controls"));
  let at = -1;

  function hits() { return Array.from(list.querySelectorAll("[role=option]")); }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  function choose(index) {
    const all = hits();
    at = all.length ? Math.max(-1, Math.min(index, all.length - 1)) : -1;
    all.forEach(function (hit, place) {
      hit.setAttribute("aria-selected", String(place === at));
      if (place === at) hit.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) box.removeAttribute("aria-activedescendant"); else box.setAttribute("aria-activedescendant", all[at].id);
  }

  // What comes late, after the box was emptied or sent, is not shown.
  list.addEventListener("htmx:afterSwap", function () {
    const typed = box.value.trim();
    at = -1;
    show(Boolean(typed) && document.activeElement === box && list.textContent.trim() !== "");
  });

  box.addEventListener("input", function () { if (!box.value.trim()) { list.textContent = ""; show(false); } });

  box.addEventListener("keydown", function (event) {
    if (event.isComposing) return; // Enter and the arrows belong to the pinyin keyboard
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!hits().length) return;
      event.preventDefault();
      const last = hits().length - 1;
      if (list.hidden) show(true);
      if (event.key === "ArrowDown") choose(at >= last ? 0 : at + 1); else choose(at <= 0 ? last : at - 1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      hits()[at].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  form.addEventListener("submit", function () { show(false); });
  form.addEventListener("focusout", function (event) { if (!form.contains(event.relatedTarget)) show(false); });
  // A press on a suggestion must not take the focus away before the click arrives.
  list.addEventListener("mousedown", function (event) { event.preventDefault(); });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const target = page || box;
    target.focus();
    target.select();
  });
})();
