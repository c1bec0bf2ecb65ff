/** A table with its search, its filters and headings that sort; without a script it is a plain table. */
import { type Html, h } from "./element";

export interface Column<T> {
  readonly name: string;
  readonly of: (item: T) => string;
  /** Offers its values to choose from. */
  readonly filter?: boolean;
  readonly code?: boolean;
  /** Names that are read at a glance only in one line: `eu-west-1`. */
  readonly unbroken?: boolean;
  readonly title?: (item: T) => string | undefined;
  /** A class that colours the cell. */
  readonly mark?: (item: T) => string;
}

export function listing<T>(id: string, title: string, items: readonly T[], columns: readonly Column<T>[]): Html {
  const label = `${id}-title`;
  return h(
    "section",
    { id, class: "listing", "aria-labelledby": label },
    h("h2", { id: label }, title, " ", h("span", { class: "shown", role: "status" }, items.length)),
    items.length > 5 ? tools(columns) : undefined,
    h(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": title },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            columns.map((column) => h("th", { scope: "col" }, h("button", { type: "button" }, column.name))),
          ),
        ),
        h(
          "tbody",
          {},
          items.map((item) =>
            h(
              "tr",
              {},
              columns.map((column) => cell(column, item)),
            ),
          ),
        ),
      ),
    ),
    h("button", { class: "more", type: "button", hidden: true }, "Show all"),
  );
}

const tools = <T>(columns: readonly Column<T>[]): Html =>
  h(
    "div",
    { class: "tools" },
    h("label", {}, "Search ", h("input", { type: "search", autocomplete: "off" })),
    columns.map((column, i) =>
      column.filter
        ? h("label", {}, `${column.name} `, h("select", { "data-column": i }, h("option", { value: "" }, "all")))
        : undefined,
    ),
  );

function cell<T>(column: Column<T>, item: T): Html {
  const text = column.of(item);
  const mark = column.mark?.(item);
  const inner = column.code
    ? h("code", {}, text)
    : mark === undefined
      ? text
      : h("span", { class: `badge ${mark}` }, text);
  return h("td", { title: column.title?.(item), class: column.unbroken ? "unbroken" : undefined }, inner);
}
