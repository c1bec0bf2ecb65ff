/** The version of this package, and of the provider that the models know. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import provider from "../configuration/inventory/provider.json";

/** From the nearest package.json above: this file is run from its source and, one folder deeper, compiled. */
function ownVersion(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (name === "european-data-enclave" && typeof version === "string") return version;
  } catch {
    // Not here; look above.
  }
  const above = dirname(folder);
  return above === folder ? "0.0.0" : ownVersion(above);
}

export const VERSION = ownVersion(__dirname);

/** The version of `hashicorp/aws` whose types and attributes are modelled. */
export const MODELLED_PROVIDER = provider.provider;
