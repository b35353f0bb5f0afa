// 金点子 and 需求线索 of a row, opened in place: a button in each row, and the fields of templates/desk/_noted.html.
(function () {
  "use strict";

  // <input name=… id=… maxlength=300 class=form-control> below its label.
  function line(row, name, label, kind) {
    const field = document.createElement("div"), input = document.createElement("input"), word = document.createElement("label");
    field.className = "entry-field entry-" + kind;
    input.name = row + "-n-" + name;
    input.id = "id_" + input.name;
    input.maxLength = 300;
    input.className = "form-control";
    word.htmlFor = input.id;
    word.textContent = label;
    field.append(word, input);
    return field;
  }

  function ticks(row) {
    const field = document.createElement("fieldset"), legend = document.createElement("legend"), small = document.createElement("small");
    field.className = "entry-field entry-kinds";
    small.textContent = "以有关单位核实为准";
    legend.append("可能符合 ", small);
    field.append(legend);
    // A line each: its number, a blank, its name.
    document.getElementById("need-kinds").content.textContent.trim().split("\n").forEach(function (kind) {
      const label = document.createElement("label"), tick = document.createElement("input");
      tick.type = "checkbox";
      tick.name = row + "-n-kinds";
      tick.value = kind.split(" ", 1)[0];
      label.append(tick, kind.slice(tick.value.length));
      field.append(label);
    });
    return field;
  }

  function open(entry) {
    const row = entry.querySelector("[data-finds]").name.replace(/-household$/, "");
    const button = entry.querySelector("[data-more-noted]"), box = document.createElement("div"), fields = document.createElement("div");
    box.className = "entry-noted";
    fields.className = "entry-fields";
    fields.append(line(row, "proposal", "金点子", "proposal"), ticks(row), line(row, "need_words", "情况说明", "need-words"));
    box.append(fields);
    if (button) button.replaceWith(box); else entry.append(box);
    box.querySelector("input").focus();
  }

  // Every row without the fields gets its button; rows come by the server and by rows.js.
  function offer() {
    if (!document.getElementById("need-kinds")) return;
    document.querySelectorAll("#entries > .entry").forEach(function (entry) {
      if (entry.querySelector(".entry-noted, [data-more-noted]")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "entry-more";
      button.dataset.moreNoted = "";
      button.textContent = "金点子、需求";
      entry.append(button);
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-more-noted]");
    if (button) open(button.closest(".entry"));
  });
  // A draft that holds them asks for the fields to be drawn (drafts-form.js).
  document.addEventListener("noted:open", function (event) { open(event.target.closest(".entry")); });
  offer();
  new MutationObserver(offer).observe(document.body, { childList: true, subtree: true });
})();
