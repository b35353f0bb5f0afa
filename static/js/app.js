// What every page gains where scripts run; without them every form and link still works.
(function () {
  "use strict";
  document.documentElement.classList.add("has-js");

  // A form with typed changes asks before it is left; one that is on its way, or kept (drafts-form.js), does not.
  function guard() {
    let changed = false;
    document.addEventListener("input", function (event) {
      if (event.target.closest("form[data-guard]")) changed = true;
    });
    document.addEventListener("submit", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) {
      if (changed && !document.querySelector("form[data-kept]")) event.preventDefault();
    });
  }

  // A second tap on the same button sends nothing; coming back by 后退 frees the buttons again.
  function onceOnly() {
    document.addEventListener("submit", function (event) {
      const form = event.target;
      if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
      // A print opens beside the page, and the page stays to be used.
      if ((event.submitter?.formTarget || form.target) === "_blank") return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      // After this turn, or the button's own name and value would not be sent.
      setTimeout(function () {
        form.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = true; });
      }, 0);
    });
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("form[data-sent]").forEach(function (form) {
        delete form.dataset.sent;
        form.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = false; });
      });
    });
  }

  // On a phone the rows of a table read as cards: each cell is told its head, the first names the card.
  function labelCells(root) {
    root.querySelectorAll(".table-wrap > table:not(.as-cards):not(.compare):not(.keep-table)").forEach(function (table) {
      const rows = table.tHead ? table.tHead.rows : [];
      if (rows.length !== 1) return;
      const heads = Array.from(rows[0].cells);
      const words = heads.map(function (cell) { return cell.textContent.trim(); });
      const serial = words[0] === "序号" ? 1 : 0;
      [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])].forEach(function (body) {
        Array.from(body.rows).forEach(function (row) { labelRow(row, words, serial, heads); });
      });
      table.classList.add("as-cards");
      table.classList.toggle("has-serial", Boolean(serial));
    });
  }

  function labelRow(row, words, serial, heads) {
    if (row.cells.length !== words.length) return;
    Array.from(row.cells).forEach(function (cell, at) {
      if (at >= serial) cell.dataset.head = words[at];
      if (at === serial) cell.classList.add("card-name");
      if (words[at] === "操作") [cell, heads[at]].forEach(function (each) { each.classList.add("card-acts"); });
      if (cell.classList.contains("number")) heads[at].classList.add("number");
    });
  }

  // 全选本页: every box of that name within the same sheet.
  function pickAll() {
    document.addEventListener("change", function (event) {
      const all = event.target.closest?.("[data-picks]");
      if (!all) return;
      all.closest(".sheet").querySelectorAll("input[name=" + all.dataset.picks + "]").forEach(function (box) { box.checked = all.checked; });
    });
  }

  // A table too wide for its sheet slides inside it; the others keep their head in sight.
  function measure(root) {
    root.querySelectorAll(".table-wrap").forEach(function (wrap) {
      wrap.classList.remove("is-wide");
      const table = wrap.querySelector("table");
      wrap.classList.toggle("is-wide", Boolean(table) && table.offsetWidth > wrap.clientWidth + 1);
    });
  }

  // 展开 and 收起 of the query block; remembered for this page while the tab is open.
  function toggles() {
    document.querySelectorAll("[data-toggle-open]").forEach(function (link) {
      const target = document.querySelector(link.dataset.toggleOpen);
      const key = "open:" + location.pathname;
      if (!target) return;
      function say() { link.textContent = target.classList.contains("is-open") ? link.dataset.open : link.dataset.closed; }
      if (sessionStorage.getItem(key)) target.classList.add("is-open");
      say();
      link.addEventListener("click", function (event) {
        event.preventDefault();
        if (target.classList.toggle("is-open")) sessionStorage.setItem(key, "1"); else sessionStorage.removeItem(key);
        say();
      });
    });
  }

  // The entry of this page is in sight, however long the menu.
  function showHere() {
    const side = document.querySelector(".side");
    const here = side?.querySelector("a.is-here");
    if (here && here.offsetTop + here.offsetHeight > side.clientHeight) side.scrollTop = here.offsetTop - side.clientHeight / 2;
  }

  function clicks() {
    document.addEventListener("click", function (event) {
      if (event.target.closest("[data-print]")) window.print();
      const person = document.querySelector(".top-person[open]");
      if (person && !person.contains(event.target)) person.open = false;
    });
  }

  // What was revealed goes when its time is over.
  function forget(root) {
    root.querySelectorAll("[data-forget-after]").forEach(function (plain) {
      setTimeout(function () { plain.textContent = plain.dataset.masked; plain.classList.remove("reveal-plain"); },
        Number(plain.dataset.forgetAfter) * 1000);
    });
  }

  function arrive(root) { labelCells(root); measure(root); forget(root); }

  guard();
  onceOnly();
  pickAll();
  toggles();
  clicks();
  showHere();
  arrive(document);
  document.querySelector("[data-focus]")?.focus();
  window.addEventListener("resize", function () { measure(document); });
  // The swapped piece may be the list itself, so its parent is looked through; labels and timers are set once.
  document.body.addEventListener("htmx:afterSettle", function (event) { arrive(event.target.parentElement || document); });
})();
