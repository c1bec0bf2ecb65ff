/**
 * Writes policies/report/html/outlines.json, the countries that the report's map draws: `npm run outlines`, and with
 * `-- --check` compares instead. The shapes are Natural Earth's at 1:50,000,000 (public domain,
 * https://www.naturalearthdata.com/about/terms-of-use/), taken from the package `world-atlas` (ISC), projected, cut to
 * the window of the map and simplified border by border, so that neighbours still meet.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countryNames } from "../policies/geography/countries";
import { type Coordinates, MAP, type Point, project } from "../policies/report/html/projection";

interface Atlas {
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly arcs: readonly (readonly Point[])[];
  readonly objects: {
    readonly countries: {
      readonly geometries: readonly {
        readonly type: string;
        readonly arcs: unknown;
        readonly properties: { readonly name: string };
      }[];
    };
  };
}

const FILE = join(__dirname, "../policies/report/html/outlines.json");

/** Largest distance, in units of the drawing, by which a border may be off. */
const TOLERANCE = 0.7;
/** Smaller islands are left out unless they are all there is of a country. */
const SMALLEST = 4;
/** Around the window, so that cut edges are not seen. */
const MARGIN = 30;

/** Names that Natural Earth writes otherwise than ISO's list of countries here. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "United States of America": "US",
  "Bosnia and Herz.": "BA",
  Macedonia: "MK",
  Kosovo: "XK",
  Turkey: "TR",
  "Dem. Rep. Congo": "CD",
  "Faeroe Is.": "FO",
  Åland: "AX",
  "Central African Rep.": "CF",
  "Dominican Rep.": "DO",
  "Eq. Guinea": "GQ",
  eSwatini: "SZ",
  "S. Sudan": "SS",
  "Solomon Is.": "SB",
  Vatican: "VA",
  "Cabo Verde": "CV",
  Macao: "MO",
  "Hong Kong": "HK",
  "W. Sahara": "EH",
  "N. Cyprus": "CY-N",
};

const atlas: Atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
const codes = new Map([...countryNames].map(([code, name]) => [name, code]));

/** The points of an arc in degrees: the file holds differences on a grid (the TopoJSON specification, 2.1.2 and 2.1.4). */
function degrees(arc: readonly Point[]): Coordinates[] {
  const { scale, translate } = atlas.transform;
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** Douglas and Peucker's simplification of a line, both ends kept. */
function simplified(line: readonly Point[]): Point[] {
  if (line.length <= 2) return [...line];
  const [first, last] = [line[0], line[line.length - 1]];
  let [farthest, distance] = [0, 0];
  for (let i = 1; i < line.length - 1; i++) {
    const d = fromSegment(line[i], first, last);
    if (d > distance) [farthest, distance] = [i, d];
  }
  if (distance <= TOLERANCE) return [first, last];
  return [...simplified(line.slice(0, farthest + 1)).slice(0, -1), ...simplified(line.slice(farthest))];
}

function fromSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

const arcs = atlas.arcs.map(degrees);
const drawn = arcs.map((arc) => simplified(arc.map(project)));

/** A ring of arcs, of which a negative number is one walked backwards. */
const ring = <T>(lines: readonly (readonly T[])[], indexes: readonly number[]): T[] =>
  indexes.flatMap((index) => (index < 0 ? [...lines[~index]].reverse() : lines[index]).slice(1));

const rings = (type: string, shape: unknown): number[][] =>
  type === "Polygon" ? (shape as number[][]) : (shape as number[][][]).flat();

const area = (points: readonly Point[]): number =>
  Math.abs(
    points.reduce((sum, [x, y], i) => {
      const [nx, ny] = points[(i + 1) % points.length];
      return sum + x * ny - nx * y;
    }, 0),
  ) / 2;

/** Sutherland and Hodgman's clipping, at the four edges of the window. */
function clipped(points: readonly Point[]): Point[] {
  const edges: [axis: 0 | 1, limit: number, keepsLess: boolean][] = [
    [0, -MARGIN, false],
    [0, MAP.width + MARGIN, true],
    [1, -MARGIN, false],
    [1, MAP.height + MARGIN, true],
  ];
  let result = [...points];
  for (const [axis, limit, keepsLess] of edges) {
    const inside = (point: Point) => (keepsLess ? point[axis] <= limit : point[axis] >= limit);
    const next: Point[] = [];
    result.forEach((point, i) => {
      const before = result[(i + result.length - 1) % result.length];
      if (inside(point) !== inside(before)) {
        const t = (limit - before[axis]) / (point[axis] - before[axis]);
        next.push([before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])]);
      }
      if (inside(point)) next.push(point);
    });
    result = next;
  }
  return result;
}

/** Relative moves on whole units and tenths: short, and exact enough. */
function path(points: readonly Point[]): string {
  const grid = points.map(([x, y]) => [Math.round(x * 2), Math.round(y * 2)]);
  let text = `M${grid[0][0]} ${grid[0][1]}l`;
  for (let i = 1; i < grid.length; i++) {
    const [dx, dy] = [grid[i][0] - grid[i - 1][0], grid[i][1] - grid[i - 1][1]];
    if (dx !== 0 || dy !== 0) text += `${dx} ${dy} `;
  }
  return `${text.trimEnd()}z`;
}

/** The point farthest from the border, to put a mark at: found on a grid that gets finer. */
function middle(points: readonly Point[]): Point {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  let [left, top, size] = [
    Math.min(...xs),
    Math.min(...ys),
    Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)),
  ];
  let best: Point = [left, top];
  for (let round = 0; round < 4; round++) {
    let depth = -1;
    for (let i = 0; i <= 16; i++) {
      for (let j = 0; j <= 16; j++) {
        const point: Point = [left + (i * size) / 16, top + (j * size) / 16];
        const d = within(point, points)
          ? Math.min(...points.map((one, k) => fromSegment(point, one, points[(k + 1) % points.length])))
          : -1;
        if (d > depth) [best, depth] = [point, d];
      }
    }
    size /= 6;
    [left, top] = [best[0] - size / 2, best[1] - size / 2];
  }
  return best;
}

const within = ([x, y]: Point, points: readonly Point[]): boolean => {
  let inside = false;
  points.forEach(([ax, ay], i) => {
    const [bx, by] = points[(i + points.length - 1) % points.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
};

/** Far from the window the projection tears; what lies there is not drawn. */
const near = (points: readonly Coordinates[]): boolean =>
  points.some(([longitude, latitude]) => longitude > -40 && longitude < 65 && latitude > 20);

const shapes: Record<string, string> = {};
const middles: Record<string, Point> = {};
for (const { type, arcs: shape, properties } of atlas.objects.countries.geometries) {
  const code = OTHER_NAMES[properties.name] ?? codes.get(properties.name);
  if (code === undefined) continue;
  const all = rings(type, shape);
  const byArea = [...all].sort((a, b) => area(ring(arcs, b)) - area(ring(arcs, a)));
  if (countryNames.has(code)) {
    const [x, y] = middle(ring(arcs, byArea[0]));
    middles[code] ??= [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  }
  const kept = all
    .filter((indexes) => near(ring(arcs, indexes)))
    .map((indexes) => clipped(ring(drawn, indexes)))
    .filter((points) => points.length > 2);
  const large = kept.filter((points) => area(points) >= SMALLEST);
  const text = (large.length > 0 ? large : kept).map(path).join("");
  if (text !== "") shapes[code] = text;
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
const line = ([code, value]: [string, unknown]): string =>
  `    ${JSON.stringify(code)}: ${JSON.stringify(value).replace(/,/g, ", ")}`;
const section = (record: Record<string, unknown>): string =>
  `{\n${Object.entries(sorted(record)).map(line).join(",\n")}\n  }`;
const text = `{\n  "unit": 0.5,\n  "shapes": ${section(shapes)},\n  "middles": ${section(middles)}\n}\n`;

if (process.argv.includes("--check")) {
  if (readFileSync(FILE, "utf8") !== text) {
    process.stderr.write("policies/report/html/outlines.json is not what scripts/outlines.ts makes; run it again\n");
    process.exitCode = 1;
  }
} else writeFileSync(FILE, text);
