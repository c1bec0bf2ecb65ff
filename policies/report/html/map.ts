/** Europe with the places in use and what goes between them; what leaves goes to a mark outside, in the colour of alarm. */
import { countryName } from "../../geography/countries";
import { printable, shortened } from "../escape";
import { destinationName, type FinalReport, type ReportResource } from "../report";
import { type Html, h } from "./element";
import outlines from "./outlines.json";
import { MAP, type Point, project } from "./projection";
import { isDrawn, type Site, siteOf } from "./sites";

interface Mark {
  readonly site: Site;
  readonly at: Point;
  resources: number;
  escaping: number;
  readonly stacks: Set<string>;
}

interface Arc {
  readonly from: Point;
  readonly to: Point;
  count: number;
  readonly escapes: number[];
  readonly title: string;
}

const shapes: Readonly<Record<string, string>> = outlines.shapes;

export function mapOf(report: FinalReport): Html {
  const placed = new Map<string, Site>();
  for (const one of report.resources) {
    const site = siteOfResource(one);
    if (site) placed.set(keyOf(one.stack, one.address), site);
  }
  const marks = marksOf(report, placed);
  const chips = chipsOf(report, marks);
  return h(
    "figure",
    { class: "map" },
    h(
      "svg",
      { viewBox: `0 0 ${MAP.width} ${MAP.height}`, role: "img", "aria-labelledby": "map-title map-desc" },
      h("title", { id: "map-title" }, "Map of Europe"),
      h("desc", { id: "map-desc" }, description(report, marks, chips)),
      arrowheads(),
      h("rect", { class: "sea", width: MAP.width, height: MAP.height }),
      h(
        "g",
        { transform: `scale(${outlines.unit})` },
        Object.entries(shapes).map(([code, d]) => country(code, d, report)),
      ),
      h(
        "g",
        { class: "arcs" },
        arcs(report, placed, marks).map((arc) => arcElement(arc, "flow")),
      ),
      h(
        "g",
        { class: "arcs" },
        leaving(report, placed, marks, chips).map((arc) => arcElement(arc, "leak")),
      ),
      [...marks.values()].map(markElement),
      [...chips.values()].map(chipElement),
    ),
    h("figcaption", {}, legend(report)),
  );
}

const keyOf = (stack: string | undefined, address: string): string => `${stack ?? ""}\u0000${address}`;

const siteOfResource = (one: ReportResource): Site | undefined =>
  one.place === undefined ? undefined : siteOf(one.place, one.countries ?? []);

const country = (code: string, d: string, { boundary, summary }: FinalReport): Html => {
  const inside = boundary.countries.includes(code);
  const count = Object.hasOwn(summary.countries, code) ? summary.countries[code] : 0;
  const name = countryName(code);
  return h(
    "path",
    { d, class: `country ${inside ? "inside" : "outside"}${count > 0 ? " used" : ""}` },
    h("title", {}, `${name}: ${inside ? "inside" : "outside"}${count > 0 ? `, ${count} resources` : ""}`),
  );
};

/** The places that resources stand in, with how many. */
function marksOf(report: FinalReport, placed: ReadonlyMap<string, Site>): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const one of report.resources) {
    const site = placed.get(keyOf(one.stack, one.address));
    if (!site || !isDrawn(site)) continue;
    const mark = marks.get(site.id) ?? { site, at: project(site.at!), resources: 0, escaping: 0, stacks: new Set() };
    mark.resources++;
    if (one.standing === "escaping") mark.escaping++;
    if (one.stack !== undefined) mark.stacks.add(one.stack);
    marks.set(site.id, mark);
  }
  return new Map([...marks].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Flows between resources that stand in different places. */
function arcs(report: FinalReport, placed: ReadonlyMap<string, Site>, marks: ReadonlyMap<string, Mark>): Arc[] {
  const found = new Map<string, Arc>();
  for (const flow of report.flows) {
    const [from, to] = [placed.get(keyOf(flow.fromStack, flow.from)), placed.get(keyOf(flow.toStack, flow.to))];
    if (!from || !to || from.id === to.id) continue;
    const [start, end] = [marks.get(from.id), marks.get(to.id)];
    if (!start || !end) continue;
    const key = `${from.id}\u0000${to.id}`;
    const arc = found.get(key);
    if (arc) arc.count++;
    else found.set(key, { from: start.at, to: end.at, count: 1, escapes: [], title: `${from.label} → ${to.label}` });
  }
  return [...found.values()];
}

/** Where escapes go: a country on the map, a direction at its edge, or nowhere in particular. */
interface Chip {
  label: string;
  /** The label where several places share the chip. */
  readonly common: string;
  readonly at: Point;
  /** Drawn as a pill at the edge; otherwise as a dot in the country. */
  readonly edge: boolean;
  escapes: number;
}

/** As many as can be read; what is left goes to one last chip. */
const MOST_CHIPS = 9;

function chipsOf(report: FinalReport, marks: ReadonlyMap<string, Mark>): Map<string, Chip> {
  const chips = new Map<string, Chip>();
  const taken: Point[] = [];
  for (const escape of report.escapes) {
    const site = siteOf(escape.destination.place, escape.destination.countries);
    const key = chipKey(site);
    const known = chips.get(key);
    if (known) {
      known.escapes++;
      if (known.label !== chipLabel(site)) known.label = known.common;
    } else if (isDrawn(site)) {
      const at = project(site.at!);
      if (!marks.has(site.id)) chips.set(key, { label: site.label, common: site.label, at, edge: false, escapes: 1 });
    } else if (chips.size >= MOST_CHIPS) {
      const more = chips.get("") ?? newChip("other places", "other places", free(ANYWHERE, taken));
      more.escapes++;
      chips.set("", more);
    } else {
      const at = free(site.at === undefined ? ANYWHERE : edgeTowards(site.at), taken);
      const common = site.countries.length === 1 ? countryName(site.countries[0]) : site.id;
      chips.set(key, { ...newChip(chipLabel(site), common, at), escapes: 1 });
    }
  }
  return chips;
}

/** What lies beyond the map is shown by country; what may be anywhere, by its name. */
const chipKey = (site: Site): string =>
  !isDrawn(site) && site.countries.length === 1 ? `country ${site.countries[0]}` : site.id;
const chipLabel = (site: Site): string => (site.countries.length === 1 ? site.label : site.id);
const newChip = (label: string, common: string, at: Point): Chip => ({ label, common, at, edge: true, escapes: 0 });

/** Over the Atlantic, where nothing else is drawn. */
const ANYWHERE: Point = [8, 200];
const CHIP = { width: 176, height: 26 } as const;

function free([x, y]: Point, taken: Point[]): Point {
  let at: Point = [x, y];
  const overlaps = () =>
    taken.some(([tx, ty]) => Math.abs(tx - at[0]) < CHIP.width && Math.abs(ty - at[1]) < CHIP.height + 6);
  while (overlaps()) at = [at[0], at[1] + CHIP.height + 6 > MAP.height - 50 ? 12 : at[1] + CHIP.height + 6];
  taken.push(at);
  return at;
}

/** The place on the map's edge in the direction in which somewhere far away lies. */
function edgeTowards([longitude, latitude]: readonly [number, number]): Point {
  const rad = Math.PI / 180;
  const [phi0, phi, lambda] = [52 * rad, latitude * rad, (longitude - 10) * rad];
  const bearing = Math.atan2(
    Math.sin(lambda) * Math.cos(phi),
    Math.cos(phi0) * Math.sin(phi) - Math.sin(phi0) * Math.cos(phi) * Math.cos(lambda),
  );
  const [dx, dy] = [Math.sin(bearing), -Math.cos(bearing)];
  const [cx, cy] = [470, 505];
  const reach = Math.min(
    dx > 0 ? (MAP.width - cx) / dx : dx < 0 ? -cx / dx : Number.POSITIVE_INFINITY,
    dy > 0 ? (MAP.height - cy) / dy : dy < 0 ? -cy / dy : Number.POSITIVE_INFINITY,
  );
  const clamp = (value: number, least: number, most: number) => Math.round(Math.max(least, Math.min(most, value)));
  return [
    clamp(cx + dx * reach - CHIP.width / 2, 12, MAP.width - CHIP.width - 12),
    clamp(cy + dy * reach - CHIP.height / 2, 12, MAP.height - CHIP.height - 12),
  ];
}

function leaving(
  report: FinalReport,
  placed: ReadonlyMap<string, Site>,
  marks: ReadonlyMap<string, Mark>,
  chips: ReadonlyMap<string, Chip>,
): Arc[] {
  const found = new Map<string, Arc>();
  report.escapes.forEach((escape, i) => {
    const site = placed.get(keyOf(escape.stack, escape.resource));
    const from = site && marks.get(site.id)?.at;
    const target = siteOf(escape.destination.place, escape.destination.countries);
    const chip = chips.get(chipKey(target)) ?? (isDrawn(target) ? undefined : chips.get(""));
    // What stands outside has not come there from anywhere: its own mark says it all.
    if (!from || !chip || site.id === target.id) return;
    const key = `${site.id}\u0000${chip.label}`;
    const arc = found.get(key) ?? {
      from,
      to: chip.edge ? towards(from, chip.at) : chip.at,
      count: 0,
      escapes: [],
      title: `${site.label} → ${destinationName(escape)}`,
    };
    arc.count++;
    arc.escapes.push(i);
    found.set(key, arc);
  });
  return [...found.values()];
}

/** The side of a chip that an arrow comes to. */
function towards([x, y]: Point, [cx, cy]: Point): Point {
  const px = x > cx + CHIP.width ? cx + CHIP.width : x < cx ? cx : x;
  const py = y > cy + CHIP.height ? cy + CHIP.height : y < cy ? cy : cy + CHIP.height / 2;
  return [px, px === x ? py : cy + CHIP.height / 2];
}

function arcElement(arc: Arc, kind: "flow" | "leak"): Html {
  const [[x, y], [tx, ty]] = [arc.from, arc.to];
  const length = Math.hypot(tx - x, ty - y) || 1;
  const bend = Math.min(90, length * 0.22);
  // Shortened at both ends, so that the arrow does not lie under the marks.
  const control: Point = [(x + tx) / 2 + ((ty - y) / length) * bend, (y + ty) / 2 - ((tx - x) / length) * bend];
  const [start, end] = [pulled(arc.from, control, 13), pulled(arc.to, control, kind === "flow" ? 17 : 4)];
  const width = 1.5 + Math.min(3.5, Math.log2(1 + arc.count) * 0.8);
  return h(
    "path",
    {
      class: kind,
      d: `M${one(start[0])} ${one(start[1])}Q${one(control[0])} ${one(control[1])} ${one(end[0])} ${one(end[1])}`,
      "stroke-width": one(width),
      "marker-end": `url(#arrow-${kind})`,
      ...(arc.escapes.length > 0 ? { "data-escapes": arc.escapes.join(" ") } : {}),
    },
    h("title", {}, `${arc.title}: ${arc.count} ${kind === "flow" ? "flow" : "path"}${arc.count === 1 ? "" : "s"}`),
  );
}

const one = (value: number): number => Math.round(value * 10) / 10;

function pulled([x, y]: Point, [cx, cy]: Point, by: number): Point {
  const length = Math.hypot(cx - x, cy - y) || 1;
  return [x + ((cx - x) / length) * by, y + ((cy - y) / length) * by];
}

const arrowheads = (): Html =>
  h(
    "defs",
    {},
    ["flow", "leak"].map((kind) =>
      h(
        "marker",
        {
          id: `arrow-${kind}`,
          viewBox: "0 0 10 10",
          refX: 8,
          refY: 5,
          markerWidth: 11,
          markerHeight: 11,
          markerUnits: "userSpaceOnUse",
          orient: "auto",
        },
        h("path", { class: `head-${kind}`, d: "M0 0L10 5L0 10z" }),
      ),
    ),
  );

function markElement({ site, at: [x, y], resources, escaping, stacks }: Mark): Html {
  const left = x > MAP.width * 0.7;
  const label = shortened(printable(site.label), 34);
  const detail = [
    `${resources}`,
    resources === 1 ? "resource" : "resources",
    ...(stacks.size > 0 ? [`in ${listed([...stacks].sort())}`] : []),
  ].join(" ");
  const tx = left ? -18 : 18;
  return h(
    "g",
    { class: `mark${escaping > 0 ? " alarm" : ""}`, transform: `translate(${one(x)} ${one(y)})` },
    h("title", {}, `${site.label}: ${detail}`),
    h("circle", { class: "halo", r: 13 }),
    h("circle", { class: "dot", r: 7 }),
    h("text", { class: "name", x: tx, y: -2, "text-anchor": left ? "end" : "start" }, label),
    h(
      "text",
      { class: "detail", x: tx, y: 15, "text-anchor": left ? "end" : "start" },
      shortened(printable(detail), 40),
    ),
  );
}

const listed = (names: readonly string[]): string =>
  names.join(", ").length <= 24 ? names.join(", ") : `${names.length} ${names.length === 1 ? "stack" : "stacks"}`;

function chipElement({ label, at: [x, y], edge, escapes }: Chip): Html {
  const text = shortened(printable(label), edge ? 23 : 34);
  const title = h("title", {}, `${label}: ${escapes} path${escapes === 1 ? "" : "s"}`);
  if (!edge) {
    return h(
      "g",
      { class: "target", transform: `translate(${one(x)} ${one(y)})` },
      title,
      h("circle", { r: 8 }),
      h("text", { x: 13, y: 5 }, text),
    );
  }
  return h(
    "g",
    { class: "chip", transform: `translate(${one(x)} ${one(y)})` },
    title,
    h("rect", { width: CHIP.width, height: CHIP.height, rx: CHIP.height / 2 }),
    h("text", { x: CHIP.width / 2, y: 18, "text-anchor": "middle" }, text),
  );
}

function description(report: FinalReport, marks: ReadonlyMap<string, Mark>, chips: ReadonlyMap<string, Chip>): string {
  const places = [...marks.values()].map(({ site, resources }) => `${site.label} with ${resources} resources`);
  const targets = [...chips.values()].map(({ label, escapes }) => `${escapes} to ${label}`);
  const standing =
    places.length > 0 ? `Resources stand in ${places.join(", ")}.` : "No resource has a place on the map.";
  return `${standing} ${targets.length > 0 ? `Paths leave ${report.boundary.name}: ${targets.join(", ")}.` : `No path leaves ${report.boundary.name}.`}`;
}

const legend = ({ boundary, escapes }: FinalReport): Html[] => [
  h("span", { class: "key inside" }, `inside ${boundary.name}`),
  h("span", { class: "key used" }, "resources stand there"),
  h("span", { class: "key outside" }, "outside"),
  h("span", { class: "key flow" }, "data flows between places"),
  ...(escapes.length > 0 ? [h("span", { class: "key leak" }, "data leaves")] : []),
];
