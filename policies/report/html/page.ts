/** The report as one HTML file that needs nothing else: no network, no other file. */
import { createHash } from "node:crypto";
import { countryName } from "../../geography/countries";
import { REASONS } from "../channels";
import { destinationName, type FinalReport } from "../report";
import type { Topology } from "../topology";
import { MODELLED_PROVIDER, VERSION } from "../version";
import { data, Html, h } from "./element";
import { mapOf } from "./map";
import { scripts } from "./scripts";
import { story } from "./story";
import { STYLES } from "./styles";
import { type Column, listing } from "./tables";

export interface PageOptions {
  /** When the report was made, as it is to be shown; without it the page is the same for the same input, byte by byte. */
  readonly timestamp?: string;
}

export function renderHtml(report: FinalReport, topology: Topology, options: PageOptions = {}): string {
  const script = scripts();
  const body = h(
    "body",
    {},
    h("a", { class: "skip", href: "#main" }, "Skip to the report"),
    banner(report, options),
    navigation(report),
    h(
      "main",
      { id: "main" },
      overview(report),
      comparison(report),
      escapes(report),
      waived(report),
      topologySection(),
      undecided(report),
      resources(report),
      assumptions(report),
      judged(report),
    ),
    h("p", { id: "announce", class: "unseen", role: "status" }),
    data("view", viewOf(report, topology)),
    h("script", {}, new Html(script)),
  );
  const page = h("html", { lang: "en" }, head(report, script), body);
  return `<!doctype html>\n${page.text}\n`;
}

/** No script, style or picture but those in the file itself (https://www.w3.org/TR/CSP3/, by their hashes). */
function head(report: FinalReport, script: string): Html {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(STYLES)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return h(
    "head",
    {},
    h("meta", { charset: "utf-8" }),
    h("meta", { "http-equiv": "Content-Security-Policy", content: policy.join("; ") }),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("meta", { name: "color-scheme", content: "light dark" }),
    h("title", {}, `${report.verdict}: ${report.boundary.name}`),
    h("style", {}, new Html(STYLES)),
  );
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const SIGNS = { contained: "✔", "contained with waivers": "✔", escapes: "✘", undecided: "?" } as const;

function banner(report: FinalReport, { timestamp }: PageOptions): Html {
  const { verdict, boundary, escapes: out, undecided: open, inputs } = report;
  const sentence = {
    contained: `No path leaves ${boundary.name}.`,
    "contained with waivers": `No path leaves ${boundary.name} but ${count(report.waived?.length ?? 0, "waived one")}.`,
    escapes: `${count(out.length, "path")} out of ${boundary.name}.`,
    undecided: `No path was shown to leave ${boundary.name}, but ${count(open.length, "point")} could not be decided.`,
  }[verdict];
  return h(
    "header",
    { class: `banner ${verdict === "contained with waivers" ? "undecided" : verdict}` },
    h("p", { class: "sign", "aria-hidden": "true" }, SIGNS[verdict]),
    h(
      "div",
      {},
      h("h1", {}, verdict),
      h("p", { class: "sentence" }, sentence),
      h(
        "p",
        { class: "made" },
        `${listed(inputs.map((input) => input.path))} · enclave ${VERSION}, models of hashicorp/aws ${MODELLED_PROVIDER}${timestamp === undefined ? "" : ` · ${timestamp}`}`,
      ),
    ),
  );
}

const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;

function navigation(report: FinalReport): Html {
  const links: [string, string, number | undefined][] = [
    ["overview", "Overview", undefined],
    ["comparison", "Changes", report.comparison ? undefined : 0],
    ["escapes", "Escapes", report.escapes.length],
    ["waivers", "Waivers", report.waivers?.length ?? 0],
    ["topology", "Topology", undefined],
    ["undecided", "Undecided", report.undecided.length],
    ["resources", "Resources", report.resources.length],
    ["assumptions", "Assumptions", report.assumptions.length],
    ["judged", "Judged", undefined],
  ];
  return h(
    "nav",
    { "aria-label": "Sections" },
    links
      .filter(([, , n]) => n !== 0)
      .map(([id, name, n]) => h("a", { href: `#${id}` }, name, n === undefined ? undefined : h("span", {}, n))),
  );
}

function overview(report: FinalReport): Html {
  const { summary, boundary } = report;
  const tile = (n: number, name: string, kind = "") =>
    h("div", { class: `tile ${n > 0 ? kind : ""}` }, h("dt", {}, name), h("dd", {}, n));
  const standing = Object.entries(summary.countries).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return h(
    "section",
    { id: "overview", "aria-labelledby": "overview-title" },
    h("h2", { id: "overview-title" }, "Where data stands, where it can go"),
    h(
      "div",
      { class: "overview" },
      mapOf(report),
      h(
        "div",
        { class: "facts" },
        h(
          "dl",
          { class: "tiles" },
          tile(summary.resources, "resources"),
          tile(summary.contained, "contained", "good"),
          tile(summary.escaping, "escaping", "bad"),
          tile(summary.undecided, "undecided", "open"),
          summary.waived === undefined ? undefined : tile(summary.waived, "waived", "open"),
        ),
        h("h3", {}, "Standing in"),
        h(
          "ul",
          { class: "countries" },
          standing.map(([code, n]) =>
            h(
              "li",
              { class: boundary.countries.includes(code) ? "inside" : "outside" },
              h("span", {}, countryName(code)),
              h("span", { class: "amount" }, n),
            ),
          ),
        ),
        h("h3", {}, `The boundary: ${boundary.name}`),
        h("p", { class: "quiet" }, boundary.countries.map(countryName).sort().join(", ")),
      ),
    ),
  );
}

function escapes({ escapes: all }: FinalReport): Html | undefined {
  if (all.length === 0) return undefined;
  return h(
    "section",
    { id: "escapes", "aria-labelledby": "escapes-title" },
    h("h2", { id: "escapes-title" }, count(all.length, "escape")),
    all.length > 5
      ? h(
          "div",
          { class: "tools" },
          h("label", {}, "Search ", h("input", { id: "find-escape", type: "search", autocomplete: "off" })),
        )
      : undefined,
    all.map((escape, i) => story(escape, i, all.length <= 3)),
    h("button", { id: "more-escapes", type: "button", hidden: true }, "Show more"),
  );
}

function waived(report: FinalReport): Html | undefined {
  const { waivers = [], waived: excepted = [] } = report;
  if (waivers.length === 0) return undefined;
  const table = listing("waivers", "Waivers", waivers, [
    {
      name: "state",
      of: (one) => one.state,
      filter: true,
      mark: (one) => ({ used: "undecided", unused: "", expired: "escaping" })[one.state],
    },
    { name: "resource", of: (one) => one.resource, code: true },
    { name: "channel", of: (one) => one.channel },
    { name: "until", of: (one) => one.until },
    { name: "decided by", of: (one) => one.decidedBy },
    { name: "reason", of: (one) => one.reason },
  ]);
  return h(
    "div",
    {},
    table,
    excepted.map((escape, i) => story(escape, report.escapes.length + i, false)),
  );
}

/** With an earlier configuration: what is new, gone, elsewhere. */
function comparison({ comparison: changes }: FinalReport): Html | undefined {
  if (!changes) return undefined;
  const rows: { change: string; what: string; mark: string }[] = [
    ...changes.opened.map((what) => ({ change: "now leaves", what, mark: "escaping" })),
    ...changes.closed.map((what) => ({ change: "no longer leaves", what, mark: "contained" })),
    ...changes.moved.map((one) => ({
      change: "moved",
      what: `${one.resource}: ${destinationName({ destination: one.from })} → ${destinationName({ destination: one.to })}`,
      mark: "undecided",
    })),
    ...changes.appeared.map((what) => ({ change: "appeared", what, mark: "" })),
    ...changes.vanished.map((what) => ({ change: "vanished", what, mark: "" })),
    ...changes.reachable.map((what) => ({ change: "now reachable", what, mark: "" })),
    ...changes.unreachable.map((what) => ({ change: "no longer reachable", what, mark: "" })),
  ];
  const title = `Compared with ${changes.against}: ${changes.verdict.before} → ${changes.verdict.after}`;
  return listing("comparison", title, rows, [
    { name: "change", of: (one) => one.change, filter: true, mark: (one) => one.mark },
    { name: "what", of: (one) => one.what, code: true },
  ]);
}

function topologySection(): Html {
  const button = (id: string, text: string) => h("button", { id, type: "button" }, text);
  return h(
    "section",
    { id: "topology", "aria-labelledby": "topology-title" },
    h("h2", { id: "topology-title" }, "Topology"),
    h(
      "div",
      { class: "tools" },
      button("unfold", "Unfold all"),
      button("fold", "Fold all"),
      h("button", { id: "smaller", type: "button", "aria-label": "Smaller" }, "−"),
      h("button", { id: "larger", type: "button", "aria-label": "Larger" }, "+"),
      h("button", { id: "clear-path", type: "button", hidden: true }, "Clear the path"),
      h(
        "form",
        { id: "question" },
        h(
          "label",
          {},
          "Can data of ",
          h("input", { name: "from", list: "names", required: true, autocomplete: "off" }),
        ),
        h("label", {}, " reach ", h("input", { name: "to", list: "names", required: true, autocomplete: "off" })),
        h("button", { type: "submit" }, "Ask"),
        h("output", { id: "answer" }),
        h("datalist", { id: "names" }),
      ),
    ),
    h("div", {
      id: "topology-frame",
      class: "frame",
      tabindex: 0,
      role: "region",
      "aria-label": "Drawing of the topology",
    }),
    h("noscript", {}, "The topology is drawn by a script; everything else here is readable without."),
    h(
      "p",
      { class: "legend" },
      ["holds", "moves", "carries", "outside"].map((kind) =>
        h(
          "span",
          { class: `key ${kind}` },
          {
            holds: "keeps data",
            moves: "moves or handles data",
            carries: "carries packets",
            outside: "outside the boundary",
          }[kind],
        ),
      ),
      h("span", { class: "key line flow" }, "data flows"),
      h("span", { class: "key line network" }, "network"),
    ),
  );
}

function undecided({ undecided: all }: FinalReport): Html | undefined {
  if (all.length === 0) return undefined;
  const stacked = all.some((one) => one.stack !== undefined);
  const columns: Column<(typeof all)[number]>[] = [
    { name: "resource", of: (one) => one.resource, code: true },
    ...(stacked ? [{ name: "stack", of: (one: (typeof all)[number]) => one.stack ?? "", filter: true }] : []),
    { name: "attribute", of: (one) => one.attribute ?? "", code: true },
    { name: "reason", of: (one) => one.reason, filter: true, title: (one) => REASONS[one.reason] },
    { name: "why", of: (one) => one.message },
  ];
  return listing("undecided", "Undecided", all, columns);
}

function resources({ resources: all }: FinalReport): Html {
  const stacked = all.some((one) => one.stack !== undefined);
  const columns: Column<(typeof all)[number]>[] = [
    { name: "resource", of: (one) => one.address, code: true },
    ...(stacked ? [{ name: "stack", of: (one: (typeof all)[number]) => one.stack ?? "", filter: true }] : []),
    { name: "type", of: (one) => one.type, filter: true },
    { name: "role", of: (one) => one.kind ?? "not modelled", filter: true },
    { name: "place", of: (one) => one.place ?? "–", unbroken: true },
    { name: "country", of: (one) => (one.countries ?? []).map(countryName).join(", ") || "–", filter: true },
    { name: "verdict", of: (one) => one.standing, filter: true, mark: (one) => one.standing },
  ];
  return listing("resources", "Resources", all, columns);
}

function assumptions({ assumptions: all }: FinalReport): Html | undefined {
  if (all.length === 0) return undefined;
  return listing("assumptions", "Assumptions", all, [
    { name: "subject", of: (one) => one.subject, code: true },
    { name: "statement", of: (one) => one.statement },
    { name: "from", of: (one) => one.source, filter: true },
  ]);
}

const judged = ({ inputs }: FinalReport): Html =>
  listing("judged", "What was judged", inputs, [
    { name: "path", of: (one) => one.path, code: true },
    { name: "kind", of: (one) => one.kind },
    { name: "SHA-256", of: (one) => one.sha256, code: true },
  ]);

/** What the script needs to know: the topology, where paths go, and the flows among which a question is answered. */
function viewOf(report: FinalReport, topology: Topology) {
  const named = (stack: string | undefined, address: string) =>
    stack === undefined ? address : `${stack}: ${address}`;
  const only = report.resources.some((one) => one.stack !== undefined) ? undefined : onlyStack(topology);
  const flows = report.flows.map((flow) => ({
    from: named(flow.fromStack, flow.from),
    to: named(flow.toStack, flow.to),
    channel: flow.channel,
    ...(flow.possible ? { possible: true } : {}),
  }));
  return {
    ...topology,
    escapes: [...report.escapes, ...(report.waived ?? [])].map((escape) => ({
      stack: escape.stack ?? only ?? "",
      resource: escape.resource,
      steps: escape.path.map(({ from, to, by }) => ({ from, to, by })),
    })),
    flows,
    names: [
      ...new Set([...report.resources.map((one) => named(one.stack, one.address)), ...flows.map((flow) => flow.to)]),
    ].sort(),
  };
}

/** The stack of a report that names none because there is only one. */
const onlyStack = ({ at }: Topology): string | undefined =>
  Object.keys(at)
    .map((key) => key.slice(0, key.indexOf("\u0000")))
    .find((stack) => stack !== "");
