/**
 * Definitions of QuickSight analyses and dashboards: big trees of sheets and visuals, in which custom actions send the
 * values that a viewer clicks on to an address (Amazon QuickSight API Reference, "CustomActionURLOperation").
 */
import { isList, isObject, isUnknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";

const link = sends("quicksight.custom-action", "url", { why: "values that a viewer clicks on are sent there" });
const KEY = /^(?:url_?template|url_?target)$/i;
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

function* links(value: Value, at: string): Generator<DocumentPart> {
  if (isUnknown(value)) yield { at, value, role: link };
  else if (isList(value)) for (let i = 0; i < value.length; i++) yield* links(value[i], `${at}[${i}]`);
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      const below = value[key];
      if (typeof below === "string" && (!KEY.test(key) || !ADDRESS.test(below))) continue;
      if (typeof below === "string") yield { at: `${at}.${key}`, value: below, role: link };
      else if (!isUnknown(below) || KEY.test(key)) yield* links(below, `${at}.${key}`);
    }
  }
}

/** Yields the addresses of custom actions; a definition that is not known at all may hold some. */
export const visualLinks: DocumentReader = (definition) => links(json(definition), "");
