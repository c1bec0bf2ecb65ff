/** `terraform_remote_state` between configurations that are read together: matched by the backend that both name. */
import { resolve } from "node:path";
import type { RootEvaluation } from "../modules/terraform";
import { isObject, type Value } from "../value";

/** The settings that say where a state lies, of each backend; others (credentials, locks) may differ. */
const identifying: Readonly<Record<string, readonly string[]>> = {
  s3: ["bucket", "key", "workspace_key_prefix"],
  gcs: ["bucket", "prefix"],
  azurerm: ["storage_account_name", "container_name", "key"],
  http: ["address"],
  consul: ["path"],
  pg: ["conn_str", "schema_name"],
  kubernetes: ["secret_suffix", "namespace"],
  oss: ["bucket", "prefix", "key"],
  cos: ["bucket", "prefix", "key"],
};

interface Entry {
  readonly evaluation: RootEvaluation;
  readonly folder: string;
}

export class RemoteStates {
  private readonly entries: Entry[] = [];
  private byIdentity?: Map<string, Entry | undefined>;

  add(evaluation: RootEvaluation, folder: string): void {
    this.entries.push({ evaluation, folder });
  }

  get evaluations(): readonly RootEvaluation[] {
    return this.entries.map(({ evaluation }) => evaluation);
  }

  /** Reads outputs of the one root whose state is asked for; undefined if it is not among those read. */
  outputs(
    backend: string,
    config: Value,
    workspace: Value,
    folder: string,
  ): ((name: string) => Value | undefined) | undefined {
    if (workspace !== null && workspace !== "default") return undefined;
    const wanted = identity(backend, config ?? {}, folder);
    if (wanted === undefined) return undefined;
    const entry = this.table().get(wanted);
    return entry && ((name) => entry.evaluation.output(name));
  }

  private table(): ReadonlyMap<string, Entry | undefined> {
    if (!this.byIdentity) {
      this.byIdentity = new Map();
      for (const entry of this.entries) {
        const { type, config } = entry.evaluation.backend() ?? { type: "local", config: {} };
        const key = identity(type, config, entry.folder);
        // Two that write one state: which of them wrote last is not known.
        if (key !== undefined) this.byIdentity.set(key, this.byIdentity.has(key) ? undefined : entry);
      }
    }
    return this.byIdentity;
  }
}

/** A text that is the same for the same state; undefined if the configuration does not tell. */
function identity(backend: string, config: Value, folder: string): string | undefined {
  if (!isObject(config)) return undefined;
  const text = (name: string): string => (typeof config[name] === "string" ? (config[name] as string) : "");
  if (backend === "local") return JSON.stringify(["local", resolve(folder, text("path") || "terraform.tfstate")]);
  if (backend === "remote" || backend === "cloud") {
    const workspaces = Array.isArray(config.workspaces) ? config.workspaces[0] : config.workspaces;
    const name = isObject(workspaces) ? workspaces.name : undefined;
    if (typeof name !== "string") return undefined;
    return JSON.stringify(["remote", text("hostname") || "app.terraform.io", text("organization"), name]);
  }
  const names = identifying[backend];
  const values = names?.map(text);
  return values && values[0] !== "" ? JSON.stringify([backend, ...values]) : undefined;
}
