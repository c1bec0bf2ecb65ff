/** The report as one HTML file that needs nothing else: no network, no other file. */
import { createHash } from "node:crypto";
import { countryName } from "../../geography/countries";
import { familyOf, remedy } from "../channels";
import { sourceText } from "../markdown";
import { destinationName, type Report, type ReportEscape } from "../report";
import { MODELLED_PROVIDER, VERSION } from "../version";
import { Html, h } from "./element";
import { STYLES } from "./styles";

export function renderHtml(report: Report): string {
  const body = h(
    "body",
    {},
    header(report),
    h("main", {}, escapes(report), undecided(report), resources(report), assumptions(report)),
  );
  const page = h("html", { lang: "en" }, head(report), body);
  return `<!doctype html>\n${page.text}\n`;
}

/** No script, style or picture but those in the file itself (https://www.w3.org/TR/CSP3/#csp-header, by hash). */
function head(report: Report): Html {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return h(
    "head",
    {},
    h("meta", { charset: "utf-8" }),
    h("meta", {
      "http-equiv": "Content-Security-Policy",
      content: `default-src 'none'; style-src ${hash(STYLES)}; base-uri 'none'; form-action 'none'`,
    }),
    h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    h("title", {}, `${report.verdict} – ${report.boundary.name} – enclave`),
    h("style", {}, new Html(STYLES)),
  );
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

function header({ verdict, boundary, summary, inputs }: Report): Html {
  return h(
    "header",
    {},
    h("h1", { class: verdict }, verdict),
    h("p", {}, `Boundary ${boundary.name}: ${boundary.countries.map(countryName).join(", ")}.`),
    h(
      "p",
      {},
      `${count(summary.resources, "resource")} looked at: ${summary.contained} contained, ${summary.escaping} escaping, ${summary.undecided} undecided.`,
    ),
    h("p", {}, `Judged by enclave ${VERSION} with models of the AWS provider ${MODELLED_PROVIDER}.`),
    h(
      "table",
      {},
      h("caption", {}, "What was judged"),
      rows(
        ["path", "kind", "sha256"],
        inputs.map((one) => [one.path, one.kind, one.sha256]),
      ),
    ),
  );
}

function escapes({ escapes: all }: Report): Html | undefined {
  if (all.length === 0) return undefined;
  return h("section", {}, h("h2", {}, "Escapes"), all.map(story));
}

function story(escape: ReportEscape): Html {
  return h(
    "article",
    {},
    h("h3", {}, `${escape.resource} → ${destinationName(escape)}`),
    h("p", {}, `${escape.channel}: ${familyOf(escape.channel).about}`),
    h(
      "ol",
      {},
      escape.path.map((step) =>
        h(
          "li",
          {},
          h("p", {}, `${step.from} → ${step.to}: ${step.why}`),
          h(
            "p",
            {},
            h(
              "code",
              {},
              `${step.by}${step.attribute === undefined ? "" : `.${step.attribute}`}${step.value === undefined ? "" : ` = ${step.value}`}`,
            ),
            step.source ? ` at ${sourceText(step.source)}` : undefined,
          ),
        ),
      ),
    ),
    h("p", {}, remedy(escape)),
  );
}

function undecided({ undecided: all }: Report): Html | undefined {
  if (all.length === 0) return undefined;
  return h(
    "section",
    {},
    h("h2", {}, "Undecided"),
    h(
      "table",
      {},
      rows(
        ["resource", "attribute", "reason", "why"],
        all.map((one) => [one.resource, one.attribute ?? "", one.reason, one.message]),
      ),
    ),
  );
}

const resources = ({ resources: all }: Report): Html =>
  h(
    "section",
    {},
    h("h2", {}, "Resources"),
    h(
      "table",
      {},
      rows(
        ["stack", "resource", "stands in", "verdict"],
        all.map((one) => [one.stack ?? "", one.address, one.place ?? "", one.standing]),
      ),
    ),
  );

const assumptions = ({ assumptions: all }: Report): Html =>
  h(
    "section",
    {},
    h("h2", {}, "Assumptions"),
    h(
      "table",
      {},
      rows(
        ["subject", "statement", "from"],
        all.map((one) => [one.subject, one.statement, one.source]),
      ),
    ),
  );

const rows = (names: readonly string[], cells: readonly (readonly string[])[]): Html[] => [
  h(
    "thead",
    {},
    h(
      "tr",
      {},
      names.map((name) => h("th", { scope: "col" }, name)),
    ),
  ),
  h(
    "tbody",
    {},
    cells.map((row) =>
      h(
        "tr",
        {},
        row.map((cell) => h("td", {}, cell)),
      ),
    ),
  ),
];
