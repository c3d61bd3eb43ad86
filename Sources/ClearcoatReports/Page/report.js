"use strict";
(function () {
  document.documentElement.classList.add("js");
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  // The gallery: one verdict or all.
  all("#gallery .controls button").forEach((button) => {
    button.addEventListener("click", () => {
      all("#gallery .controls button").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      all("#gallery li").forEach((item) => {
        item.hidden = button.value !== "" && item.dataset.verdict !== button.value;
      });
    });
  });

  // Tables that can be filtered, sorted and opened.
  all(".browse").forEach((section) => {
    const table = section.querySelector("table");
    // Only the table's own: explanations hold tables of their own.
    const rows = Array.from(table.tBodies);
    const filters = all(".controls select, .controls input", section);
    const count = section.querySelector(".count");

    function filter() {
      let shown = 0;
      rows.forEach((row) => {
        row.hidden = !filters.every((control) => {
          if (control.value === "") return true;
          if (control.name === "text") return row.textContent.toLowerCase().includes(control.value.toLowerCase());
          return row.dataset[control.name] === control.value;
        });
        if (!row.hidden) shown += 1;
      });
      count.textContent = shown + " of " + rows.length + " shown";
    }
    filters.forEach((control) => control.addEventListener("input", filter));
    filter();

    // Sorting by a column: numbers by value, the rest as text; rows without a value come last.
    all("thead button", table).forEach((button) => {
      button.addEventListener("click", () => {
        const head = button.closest("th");
        const ascending = head.getAttribute("aria-sort") !== "ascending";
        all("th", table.tHead).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        const column = head.cellIndex;
        const key = (row) => row.rows[0].cells[column].dataset.key || row.rows[0].cells[column].textContent;
        const numeric = head.classList.contains("number") || head.dataset.sort === "number";
        const keyed = rows.map((row, index) => ({ row, index, key: numeric ? parseFloat(key(row)) : key(row) }));
        keyed.sort((a, b) => {
          if (numeric && (isNaN(a.key) || isNaN(b.key))) return isNaN(a.key) - isNaN(b.key) || a.index - b.index;
          const order = numeric ? a.key - b.key : a.key.localeCompare(b.key, undefined, { numeric: true });
          return (ascending ? order : -order) || a.index - b.index;
        });
        keyed.forEach((item) => table.appendChild(item.row));
      });
    });

    // Explanations.
    function open(body, isOpen) {
      body.classList.toggle("open", isOpen);
      body.querySelector(".toggle").setAttribute("aria-expanded", String(isOpen));
    }
    table.addEventListener("click", (event) => {
      const toggle = event.target.closest(".toggle");
      if (toggle) open(toggle.closest("tbody"), toggle.getAttribute("aria-expanded") !== "true");
    });
    const every = section.querySelector(".every");
    every.addEventListener("click", () => {
      const isOpen = every.getAttribute("aria-pressed") !== "true";
      every.setAttribute("aria-pressed", String(isOpen));
      rows.filter((row) => !row.hidden).forEach((row) => open(row, isOpen));
    });
  });
})();
