/** What Terraform marks in a value, as the paths of what is marked. */
import { isJsonObject, type Json } from "../json";

/** Paths that a mask marks: `sensitive_values`, `after_sensitive` and the like in what Terraform shows of plans and states. */
export function markedPaths(mask: Json, at = "", found: string[] = []): string[] {
  if (mask === true) found.push(at);
  else if (Array.isArray(mask)) mask.forEach((inner, index) => void markedPaths(inner, `${at}[${index}]`, found));
  else if (isJsonObject(mask)) {
    for (const key of Object.keys(mask)) markedPaths(mask[key], at === "" ? key : `${at}.${key}`, found);
  }
  return found;
}
