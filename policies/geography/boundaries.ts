/** Boundaries: the sets of countries that data may stand in. */

import { InputError } from "../configuration/errors";
import { exists, readBytes } from "../configuration/files";
import { isJsonObject, type Json, parseJson } from "../configuration/json";
import { isCountry } from "./countries";

export interface Boundary {
  readonly name: string;
  /** ISO 3166-1 alpha-2, at least one. */
  readonly countries: ReadonlySet<string>;
}

/** https://european-union.europa.eu/principles-countries-history/eu-countries_en */
const europeanUnion = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

/** The EEA Agreement, Article 126 (https://www.efta.int/about-efta/legal-documents/eea-agreement): the Union, Iceland, Liechtenstein, Norway. */
const economicArea = [...europeanUnion, "IS", "LI", "NO"];

const boundary = (name: string, countries: readonly string[]): Boundary => ({
  name,
  countries: new Set([...countries].sort()),
});

/** Built-in boundaries. Beside them, every country's code is the boundary of that country alone. */
export const BOUNDARIES = {
  EEA: boundary("EEA", economicArea),
  EU: boundary("EU", europeanUnion),
  UK: boundary("UK", ["GB"]),
  US: boundary("US", ["US"]),
} as const satisfies Readonly<Record<string, Boundary>>;

/**
 * The boundary of a built-in name, else the one in a JSON file `{"name": …, "countries": ["IE", …]}`.
 * @throws InputError if there is neither, or the file is not a boundary
 */
export function loadBoundary(nameOrFile: string): Boundary {
  if (Object.hasOwn(BOUNDARIES, nameOrFile)) return BOUNDARIES[nameOrFile as keyof typeof BOUNDARIES];
  if (isCountry(nameOrFile)) return boundary(nameOrFile, [nameOrFile]);
  if (!exists(nameOrFile)) {
    const names = Object.keys(BOUNDARIES).join(", ");
    throw new InputError(nameOrFile, `no such boundary: neither ${names}, nor a country's code, nor a file`);
  }
  return parseBoundary(parseJson(nameOrFile, readBytes(nameOrFile)), nameOrFile);
}

/** @throws InputError that names `file` and the place in it */
export function parseBoundary(json: Json, file: string): Boundary {
  if (!isJsonObject(json)) throw new InputError(file, 'a boundary is an object {"name": …, "countries": […]}');
  for (const key of Object.keys(json)) {
    if (key !== "name" && key !== "countries") throw new InputError(file, "unknown key", key);
  }
  const name = Object.hasOwn(json, "name") ? json.name : undefined;
  const countries = Object.hasOwn(json, "countries") ? json.countries : undefined;
  if (typeof name !== "string" || name.trim() === "") throw new InputError(file, "must be a text", "name");
  if (!Array.isArray(countries) || countries.length === 0) {
    throw new InputError(file, "must be a list of at least one country", "countries");
  }
  countries.forEach((code, i) => {
    if (typeof code !== "string" || !isCountry(code)) {
      const hint = code === "UK" ? "; the United Kingdom is GB" : "";
      throw new InputError(file, `must be an ISO 3166-1 alpha-2 code such as IE${hint}`, `countries[${i}]`);
    }
  });
  return boundary(name, countries as string[]);
}
