/** The project's own stacks, synthesized once, edited in a copy and judged together. */
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Report, verify } from "../../policies";
import { synthesizedEnclave } from "../synthesized";

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches anywhere into the synthesized JSON
type Json = any;

/** The blocks of one type in one stack, by name. */
type Blocks = Record<string, Json>;

interface Stack {
  readonly resource: Record<string, Blocks>;
  readonly provider: Record<string, Json[]>;
  readonly terraform: Json;
}

/** Synthesized stacks by name, as an engineer's edit would see them. */
export class Edit {
  constructor(readonly stacks: Readonly<Record<string, Stack>>) {}

  /** The resources of a type in a stack. */
  all(stack: string, type: string): Json[] {
    return Object.values(this.stacks[stack].resource[type] ?? {});
  }

  /** The first resource of a type in a stack whose name or values hold the text. */
  one(stack: string, type: string, holding = ""): Json {
    return this.named(stack, type, holding)[1];
  }

  /** Its address. */
  address(stack: string, type: string, holding = ""): string {
    return `${type}.${this.named(stack, type, holding)[0]}`;
  }

  private named(stack: string, type: string, holding: string): [string, Json] {
    const found = Object.entries(this.stacks[stack].resource[type] ?? {}).find((entry) =>
      JSON.stringify(entry).includes(holding),
    );
    if (!found) throw new Error(`${stack} has no ${type} with ${holding}`);
    return found;
  }

  add(stack: string, type: string, name: string, values: Json): void {
    this.stacks[stack].resource[type] = { ...this.stacks[stack].resource[type], [name]: values };
  }

  /** Takes all resources of a type away, in one stack or in all. */
  remove(type: string, stack?: string): void {
    for (const name of stack === undefined ? Object.keys(this.stacks) : [stack])
      delete this.stacks[name].resource[type];
  }

  /** Takes away the first resource of a type in a stack whose name or values hold the text. */
  removeOne(stack: string, type: string, holding: string): void {
    delete this.stacks[stack].resource[type][this.named(stack, type, holding)[0]];
  }

  /** Takes away the policy of the organization whose document holds the text. */
  removeGuardrail(holding: string): void {
    const name = this.address("guardrails", "aws_organizations_policy", holding);
    this.removeOne("guardrails", "aws_organizations_policy_attachment", `${name}.id`);
    this.removeOne("guardrails", "aws_organizations_policy", holding);
  }

  /** A reference to an attribute of the first resource of a type in a stack. */
  ref(stack: string, type: string, attribute: string, holding = ""): string {
    return `\${${this.address(stack, type, holding)}.${attribute}}`;
  }
}

/** `resource -> place by channel (deciding resource: attribute)` for each escape. */
export const paths = (report: Report): string[] =>
  report.escapes.map((escape) => {
    const by = escape.path.map((step) => `${step.by}${step.attribute === undefined ? "" : `: ${step.attribute}`}`);
    return `${escape.resource} -> ${escape.destination.place} by ${escape.channel} (${by.join(", ")})`;
  });

/** Rewrites a policy's document. */
export function policy(holder: Json, change: (document: Json) => void, attribute = "policy"): void {
  const document = JSON.parse(holder[attribute]);
  change(document);
  holder[attribute] = JSON.stringify(document);
}

/** Somebody's view: which stacks are theirs, and what they vouch for. */
export interface View {
  readonly stacks: (name: string) => boolean;
  readonly trust: (owners: Json) => Json;
}

/**
 * Whether a stack belongs to a view: what AWS may do with data for its AI services, the organization says for everybody, so
 * its tree, with the policy that opts out, belongs to every view.
 */
export const isSeen = ({ stacks }: View, name: string): boolean => stacks(name) || name === "organization";

export class SynthesizedEnclave {
  private readonly original = synthesizedEnclave();
  private readonly folder = mkdtempSync(join(tmpdir(), "enclave-scenarios-"));
  private readonly texts: Record<string, string> = {};
  private readonly paths: Record<string, string> = {};
  private readonly manifest = readFileSync(join(this.original, "manifest.json"), "utf8");
  private readonly trust = readFileSync(join(this.original, "trust.json"), "utf8");

  constructor() {
    const { stacks } = JSON.parse(this.manifest) as { stacks: Record<string, { synthesizedStackPath: string }> };
    for (const [name, { synthesizedStackPath }] of Object.entries(stacks)) {
      this.paths[name] = synthesizedStackPath;
      this.texts[name] = readFileSync(join(this.original, synthesizedStackPath), "utf8");
    }
  }

  /** The synthesized stacks after an edit; the original is left as it is. */
  edited(change: (edit: Edit) => void = () => {}): Edit {
    return this.changed(change).edit;
  }

  /** An edit, and the stacks that it has looked at: only they may have changed, and only they are parsed. */
  private changed(change: (edit: Edit) => void): { readonly edit: Edit; readonly seen: ReadonlyMap<string, Stack> } {
    const seen = new Map<string, Stack>();
    const stacks: Record<string, Stack> = {};
    for (const [name, text] of Object.entries(this.texts)) {
      const get = (): Stack => {
        const stack = seen.get(name) ?? (JSON.parse(text) as Stack);
        seen.set(name, stack);
        return stack;
      };
      Object.defineProperty(stacks, name, { enumerable: true, get });
    }
    const edit = new Edit(stacks);
    change(edit);
    return { edit, seen };
  }

  /** The verdict after an edit, as the owner sees it or as somebody else does. */
  async judge(change: (edit: Edit) => void = () => {}, view?: View): Promise<Report> {
    const { seen } = this.changed(change);
    const names = Object.keys(this.paths).filter((name) => view === undefined || isSeen(view, name));
    const folder = mkdtempSync(join(this.folder, "edited-"));
    const manifest = JSON.parse(this.manifest);
    manifest.stacks = Object.fromEntries(names.map((name) => [name, manifest.stacks[name]]));
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "trust.json"), view ? JSON.stringify(view.trust(JSON.parse(this.trust))) : this.trust);
    for (const name of names) {
      const file = join(folder, this.paths[name]);
      mkdirSync(dirname(file), { recursive: true });
      const stack = seen.get(name);
      if (stack) writeFileSync(file, JSON.stringify(stack));
      else linkSync(join(this.original, this.paths[name]), file);
    }
    return verify([folder]);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
