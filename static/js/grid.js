// The year's table by keyboard: Enter and arrows move, Ctrl+D copies down, a block from Excel fills cells.
// Without scripts every cell is a plain field, and blocks go through 「从 Excel 粘贴」.
(function () {
  "use strict";
  const form = document.getElementById("grid");
  if (!form) return;
  const table = form.querySelector(".grid-table");
  // The cell the cursor was in; the page may have put it there already.
  let last = table.contains(document.activeElement) && document.activeElement.dataset.cell ? document.activeElement : null;

  function rows() { return Array.from(table.querySelectorAll(".grid-row")); }
  function cellOf(row, at) { return row && row.querySelector('[data-cell="' + at + '"]'); }
  function isField(cell) { return Boolean(cell) && "value" in cell; }

  // The next row, up or down, that has this cell: villages without a team have none.
  function beside(field, step) {
    const all = rows();
    for (let at = all.indexOf(field.closest(".grid-row")) + step; at >= 0 && at < all.length; at += step) {
      const cell = cellOf(all[at], field.dataset.cell);
      if (isField(cell)) return cell;
    }
    return null;
  }
  function aside(field, step) {
    const fields = Array.from(field.closest(".grid-row").querySelectorAll("[data-cell]")).filter(isField);
    return fields[fields.indexOf(field) + step] || null;
  }
  function go(cell) {
    if (!cell) return false;
    cell.focus();
    if (cell.select) cell.select();
    return true;
  }

  function change(field, text) {
    if (field.tagName === "SELECT") {
      const wanted = text.trim();
      const option = Array.from(field.options).find(function (each) {
        return each.value === wanted || each.text === wanted || (wanted && (each.text.includes(wanted) || wanted.includes(each.text)));
      });
      if (!option) return;
      field.value = option.value;
    } else {
      field.value = text;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function atEdge(field, step) {
    if (field.tagName === "SELECT") return true;
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    const edge = step < 0 ? 0 : field.value.length;
    return whole || (field.selectionStart === edge && field.selectionEnd === edge);
  }

  table.addEventListener("keydown", function (event) {
    const field = event.target;
    if (!field.dataset.cell || event.isComposing) return;
    const up = event.key === "ArrowUp", down = event.key === "ArrowDown", side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    let took = false;
    if (event.key === "Enter") {
      took = true;
      go(beside(field, event.shiftKey ? -1 : 1));
    } else if ((up || down) && field.tagName !== "SELECT") {
      took = go(beside(field, up ? -1 : 1));
    } else if (side && !event.shiftKey && !event.ctrlKey && atEdge(field, side)) {
      took = go(aside(field, side));
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      const above = beside(field, -1);
      took = true;
      if (above) { change(field, above.value); go(field); }
    }
    if (took) event.preventDefault();
  });
  table.addEventListener("focusin", function (event) { if (event.target.dataset.cell) last = event.target; });

  // 填到下面各行: the cell the cursor was in, into every row below.
  form.querySelector("[data-fill-down]").addEventListener("click", function () {
    if (!last) { go(table.querySelector("input[data-cell]")); return; }
    for (let cell = beside(last, 1); cell; cell = beside(cell, 1)) change(cell, last.value);
    go(last);
  });

  // Cells as Excel and WPS copy them: tabs between, a cell with line breaks in quotes.
  function blockOf(text) {
    const lines = [[]];
    let cell = "", quoted = false;
    function end() { lines[lines.length - 1].push(cell); cell = ""; }
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (quoted) {
        if (letter !== '"') cell += letter;
        else if (text[at + 1] === '"') { cell += letter; at += 1; }
        else quoted = false;
      } else if (letter === '"' && cell === "") quoted = true;
      else if (letter === "\t") end();
      else if (letter === "\n") { end(); lines.push([]); }
      else if (letter !== "\r") cell += letter;
    }
    end();
    return lines.filter(function (line) { return line.some(function (each) { return each.trim(); }); });
  }

  // A block that names villages goes by the names, whatever their order: the server reads it.
  function namesVillages(lines) {
    const names = new Set(rows().map(function (row) { return row.cells[0].firstChild.textContent.trim(); }));
    return lines.some(function (line) {
      return line.length > 1 && line.some(function (cell) { return names.has(cell.trim()); });
    });
  }

  table.addEventListener("paste", function (event) {
    const field = event.target, text = event.clipboardData.getData("text/plain");
    if (!field.dataset.cell || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const lines = blockOf(text);
    if (namesVillages(lines)) {
      form.elements.block.value = text;
      form.querySelector('button[value="paste"]').click();
      return;
    }
    let line = field;
    lines.forEach(function (cells) {
      if (!line) return;
      const row = line.closest(".grid-row");
      cells.forEach(function (each, at) {
        const cell = cellOf(row, Number(field.dataset.cell) + at);
        if (isField(cell)) change(cell, each.trim());
      });
      line = beside(line, 1);
    });
  });
})();
