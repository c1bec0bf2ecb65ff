/** What tells Pulumi's inputs from others. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../json";

/** https://www.pulumi.com/docs/iac/concepts/projects/project-file/ */
const projectNames = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The project file of a folder, if it has one. */
export const projectFile = (folder: string): string | undefined =>
  projectNames.find((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());

/** The output of `pulumi preview --json`. */
export const isPreview = (body: Json): body is JsonObject =>
  isJsonObject(body) &&
  !Object.hasOwn(body, "resource") &&
  Object.hasOwn(body, "steps") &&
  Object.hasOwn(body, "config");

/** The output of `pulumi stack export`. */
export const isExport = (body: Json): body is JsonObject => isJsonObject(body) && Object.hasOwn(body, "deployment");
