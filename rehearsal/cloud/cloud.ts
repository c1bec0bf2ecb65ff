/**
 * The cloud that the rehearsal applies into: resources by type, account, region and id, in memory, and in a file to
 * which every change is appended before it counts. A line torn by a crash is left out when the file is read again.
 */
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Values } from "../protocol/value";

export interface CloudResource {
  readonly type: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly values: Values;
}

type Change = { readonly put: CloudResource } | { readonly delete: string };

const keyOf = ({ type, account, region, id }: Omit<CloudResource, "values">): string =>
  JSON.stringify([type, account, region, id]);

export class Cloud {
  private readonly resources = new Map<string, CloudResource>();
  private readonly file?: number;
  /** How many resources were made of each description, so that none gets the id of one that is gone. */
  private readonly made = new Map<string, number>();

  /** @param path the file that keeps the cloud; nothing is kept if left out */
  constructor(path?: string) {
    if (path === undefined) return;
    if (existsSync(path)) this.read(path);
    this.file = openSync(path, "a", 0o600);
  }

  all(): readonly CloudResource[] {
    return [...this.resources.values()];
  }

  ofType(type: string): readonly CloudResource[] {
    return this.all().filter((resource) => resource.type === type);
  }

  get(where: Omit<CloudResource, "values">): CloudResource | undefined {
    return this.resources.get(keyOf(where));
  }

  put(resource: CloudResource): void {
    this.record({ put: resource });
    this.resources.set(keyOf(resource), resource);
  }

  delete(where: Omit<CloudResource, "values">): void {
    const key = keyOf(where);
    this.record({ delete: key });
    this.resources.delete(key);
  }

  /** Counts the resources made of one description, from 0. */
  ordinal(description: string): number {
    const count = this.made.get(description) ?? 0;
    this.made.set(description, count + 1);
    return count;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }

  private record(change: Change): void {
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(change)}\n`);
  }

  private read(path: string): void {
    const lines = readFileSync(path, "utf8").split("\n");
    for (const line of lines) {
      let change: Change;
      try {
        change = JSON.parse(line) as Change;
      } catch {
        continue;
      }
      if ("put" in change) this.resources.set(keyOf(change.put), change.put);
      else this.resources.delete(change.delete);
    }
    // What is gone need not be read again.
    writeFileSync(
      `${path}.new`,
      this.all()
        .map((put) => `${JSON.stringify({ put })}\n`)
        .join(""),
      { mode: 0o600 },
    );
    renameSync(`${path}.new`, path);
  }
}
