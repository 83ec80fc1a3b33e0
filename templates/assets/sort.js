// @ts-check
/*
 * Sorts a table by one of its columns. A press on the column's head sorts, another one turns the order round; where a
 * cell has nothing to say its row comes last. Cells whose words don't sort carry a key: <td data-key="2022-07">.
 */

for (const table of document.querySelectorAll("table[data-ascending]")) {
  if (table instanceof HTMLTableElement && table.tHead) start(table, [...table.tHead.rows[0].cells]);
}

/**
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement[]} heads
 */
function start(table, heads) {
  const said = document.querySelector("[data-order]");
  const collator = new Intl.Collator(document.documentElement.lang);
  heads.forEach((head, column) => {
    const label = head.textContent || "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "choice";
    button.textContent = label;
    button.addEventListener("click", () => {
      const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      show(heads, head, order);
      sort(table.tBodies[0], column, order === "ascending" ? 1 : -1, collator);
      if (said) said.textContent = (table.dataset[order] || "").replace("#", label);
    });
    head.replaceChildren(button);
  });
  // That is the order in which the rows come.
  show(heads, heads[0], "ascending");
}

/**
 * Say which column sorts, and which way: to those who hear it and to those who see it.
 *
 * @param {HTMLTableCellElement[]} heads
 * @param {HTMLTableCellElement} chosen
 * @param {"ascending" | "descending"} order
 */
function show(heads, chosen, order) {
  for (const head of heads) {
    head.removeAttribute("aria-sort");
    head.querySelector("svg")?.remove();
  }
  chosen.setAttribute("aria-sort", order);
  chosen.firstElementChild?.append(sign(order === "ascending" ? "M5 1 9 8H1z" : "M5 9 1 2h8z"));
}

/**
 * A drawing rather than a letter, which might be read aloud.
 *
 * @param {string} shape
 */
function sign(shape) {
  const [drawing, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  for (const [name, value] of Object.entries({ viewBox: "0 0 10 10", width: "10", height: "10", "aria-hidden": "true" })) {
    drawing.setAttribute(name, value);
  }
  path.setAttribute("d", shape);
  path.setAttribute("fill", "currentColor");
  drawing.append(path);
  return drawing;
}

/**
 * @param {HTMLTableSectionElement} body
 * @param {number} column
 * @param {1 | -1} direction
 * @param {Intl.Collator} collator
 */
function sort(body, column, direction, collator) {
  const rows = [...body.rows].map((row) => {
    const cell = row.cells[column];
    return { row, key: cell.dataset.key ?? (cell.textContent || "").trim() };
  });
  rows.sort((a, b) =>
    a.key === "" || b.key === "" ? Number(a.key === "") - Number(b.key === "") : direction * collator.compare(a.key, b.key),
  );
  body.append(...rows.map(({ row }) => row));
}
