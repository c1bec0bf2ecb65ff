/**
 * Europe as the European statistical office draws it: Lambert's azimuthal equal-area projection, centred on 10° east,
 * 52° north (the parameters of ETRS89-LAEA, https://epsg.io/3035; here on a sphere, which at this scale shows no difference;
 * formulas: Snyder, "Map Projections: A Working Manual", USGS Professional Paper 1395, 1987, pages 182 to 190).
 */

/** Degrees east and north. */
export type Coordinates = readonly [longitude: number, latitude: number];
/** Units of the drawing, from its upper left corner. */
export type Point = readonly [x: number, y: number];

export const MAP = { width: 1000, height: 880 } as const;

const CENTRE: Coordinates = [10, 52];
const SCALE = 1330;
const ORIGIN: Point = [470, 505];

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function project([longitude, latitude]: Coordinates): Point {
  const [lambda, phi, phi0] = [radians(longitude - CENTRE[0]), radians(latitude), radians(CENTRE[1])];
  const cosine = Math.sin(phi0) * Math.sin(phi) + Math.cos(phi0) * Math.cos(phi) * Math.cos(lambda);
  const k = Math.sqrt(2 / Math.max(1 + cosine, 1e-6));
  const x = k * Math.cos(phi) * Math.sin(lambda);
  const y = k * (Math.cos(phi0) * Math.sin(phi) - Math.sin(phi0) * Math.cos(phi) * Math.cos(lambda));
  return [ORIGIN[0] + SCALE * x, ORIGIN[1] - SCALE * y];
}

export const onMap = ([x, y]: Point): boolean => x >= 0 && x <= MAP.width && y >= 0 && y <= MAP.height;
