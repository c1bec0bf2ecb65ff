/** Tables that sort by a click on a heading and show only the rows that match what is typed and chosen. */

const ROWS_AT_ONCE = 25;

/** @param {HTMLElement} section */
// biome-ignore lint/correctness/noUnusedVariables: main.js, which follows in the same script, uses it
function enhanceTable(section) {
  const table = section.querySelector("table");
  const body = table?.tBodies[0];
  if (!table || !body) return;
  const rows = [...body.rows].map((row) => ({
    row,
    cells: [...row.cells].map((cell) => (cell.textContent ?? "").trim()),
    text: (row.textContent ?? "").toLowerCase(),
  }));
  const search = /** @type {HTMLInputElement | null} */ (section.querySelector("input[type=search]"));
  const selects = [...section.querySelectorAll("select")];
  const status = section.querySelector(".shown");
  const more = /** @type {HTMLButtonElement | null} */ (section.querySelector("button.more"));
  let limit = ROWS_AT_ONCE;

  for (const select of selects) {
    const column = Number(select.dataset.column);
    const values = [...new Set(rows.flatMap(({ cells }) => cells[column].split(", ")))].filter(Boolean).sort();
    for (const value of values) select.append(new Option(value, value));
    select.closest("label")?.toggleAttribute("hidden", values.length < 2);
  }

  const update = () => {
    const words = (search?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const matching = rows.filter(
      ({ cells, text }) =>
        words.every((word) => text.includes(word)) &&
        selects.every(
          (select) => select.value === "" || cells[Number(select.dataset.column)].split(", ").includes(select.value),
        ),
    );
    body.replaceChildren(...matching.slice(0, limit).map(({ row }) => row));
    const shown = Math.min(limit, matching.length);
    if (status)
      status.textContent =
        shown === rows.length ? `${rows.length}` : `${shown} of ${matching.length} matching, ${rows.length} in all`;
    more?.toggleAttribute("hidden", matching.length <= limit);
  };

  [...(table.tHead?.rows[0].cells ?? [])].forEach((heading, column) => {
    const button = heading.querySelector("button");
    button?.addEventListener("click", () => {
      const up = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead?.rows[0].cells ?? []) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort((a, b) => (up ? 1 : -1) * a.cells[column].localeCompare(b.cells[column], "en", { numeric: true }));
      update();
    });
  });
  search?.addEventListener("input", update);
  for (const select of selects) select.addEventListener("change", update);
  more?.addEventListener("click", () => {
    limit = Number.POSITIVE_INFINITY;
    update();
  });
  addEventListener("beforeprint", () => {
    limit = Number.POSITIVE_INFINITY;
    update();
  });
  update();
}
