/** The project's own stacks, synthesized once, edited in a copy and judged together. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { enclave } from "../../enclave";
import { type Report, verify } from "../../policies";
import { synthesize } from "../../stacks";

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
    const name = this.address("organization", "aws_organizations_policy", holding);
    this.removeOne("organization", "aws_organizations_policy_attachment", `${name}.id`);
    this.removeOne("organization", "aws_organizations_policy", holding);
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

export class SynthesizedEnclave {
  private readonly folder = mkdtempSync(join(tmpdir(), "enclave-scenarios-"));
  private readonly files: Record<string, string> = {};
  private readonly paths: Record<string, string> = {};
  private readonly manifest: string;
  private readonly trust: string;

  constructor() {
    const out = synthesize(enclave, join(this.folder, "original"));
    this.manifest = readFileSync(join(out, "manifest.json"), "utf8");
    this.trust = readFileSync(join(out, "trust.json"), "utf8");
    const { stacks } = JSON.parse(this.manifest) as { stacks: Record<string, { synthesizedStackPath: string }> };
    for (const [name, { synthesizedStackPath }] of Object.entries(stacks)) {
      this.paths[name] = synthesizedStackPath;
      this.files[name] = readFileSync(join(out, synthesizedStackPath), "utf8");
    }
  }

  /** The synthesized stacks after an edit; the original is left as it is. */
  edited(change: (edit: Edit) => void = () => {}): Edit {
    const stacks = Object.fromEntries(Object.entries(this.files).map(([name, text]) => [name, JSON.parse(text)]));
    const edit = new Edit(stacks);
    change(edit);
    return edit;
  }

  /** The verdict after an edit, as the owner sees it or as somebody else does. */
  async judge(change: (edit: Edit) => void = () => {}, view?: View): Promise<Report> {
    const seen = Object.entries(this.edited(change).stacks).filter(([name]) => view?.stacks(name) ?? true);
    const folder = mkdtempSync(join(this.folder, "edited-"));
    const manifest = JSON.parse(this.manifest);
    manifest.stacks = Object.fromEntries(seen.map(([name]) => [name, manifest.stacks[name]]));
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(folder, "trust.json"), view ? JSON.stringify(view.trust(JSON.parse(this.trust))) : this.trust);
    for (const [name, stack] of seen) {
      const file = join(folder, this.paths[name]);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(stack));
    }
    return verify([folder]);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}
