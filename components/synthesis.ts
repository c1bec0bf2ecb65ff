/**
 * The seam between the two engines. The enclave is written once, as cdktf constructs; what they synthesize to is a
 * neutral list of resources with references, which is taken from a stack that nobody deploys and registered with Pulumi
 * in the names of its AWS provider. The other way round, constructs over an interface of two engines, would have cost
 * every construct its typed provider classes.
 */
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { RootConstruct } from "constructs";

/** A piece of a text: written, or an attribute of another resource. */
export type Piece = string | { readonly type: string; readonly name: string; readonly path: readonly string[] };

/** A value of Terraform's JSON syntax with its texts taken apart. */
export type Neutral =
  | null
  | boolean
  | number
  | { readonly pieces: readonly Piece[] }
  | readonly Neutral[]
  | NeutralObject;
export interface NeutralObject {
  readonly attributes: Readonly<Record<string, Neutral>>;
}

export interface NeutralResource {
  readonly type: string;
  /** The name of its block: unique within the type. */
  readonly name: string;
  readonly values: NeutralObject;
  /** `TYPE.NAME` of what must be there before it. */
  readonly dependsOn: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly preventDestroy: boolean;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Body = Readonly<Record<string, Json>>;

/** What Terraform has a word for and Pulumi has not. */
const TERRAFORM_ONLY = ["count", "for_each", "provider", "provisioner", "connection", "dynamic"];

/** A stack that constructs are made in and that is never deployed. */
export class Scratch {
  // An app would make a folder for what it synthesizes; nothing of this is written.
  readonly stack = new TerraformStack(new RootConstruct(), "pulumi");

  /** The text that a token of cdktf stands for. */
  resolve(token: string): string {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return Tokenization.resolve(token, { scope: this.stack, resolver, preparing: false });
  }

  /** Everything that is in it so far, in the order of the constructs. */
  resources(): NeutralResource[] {
    const { data, resource = {} } = this.stack.toTerraform() as Record<
      string,
      Readonly<Record<string, Readonly<Record<string, Body>>>>
    >;
    if (data && Object.keys(data).length > 0) {
      throw new Error(`data sources can't be registered with Pulumi: ${Object.keys(data).join(", ")}`);
    }
    return Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, body]) => neutral(type, name, body)),
    );
  }
}

function neutral(type: string, name: string, body: Body): NeutralResource {
  const refused = TERRAFORM_ONLY.find((key) => body[key] !== undefined);
  if (refused) throw new Error(`${type}.${name} has ${refused}, which Pulumi has not`);
  const { "//": _, depends_on: dependsOn = [], lifecycle = {}, ...values } = body;
  const { prevent_destroy: prevent = false, ignore_changes: ignored = [], ...others } = lifecycle as Body;
  const [unknown] = Object.keys(others).filter((key) => key !== "create_before_destroy");
  if (unknown) throw new Error(`${type}.${name} has lifecycle.${unknown}, which Pulumi has not`);
  return {
    type,
    name,
    values: objectOf(values),
    dependsOn: dependsOn as string[],
    ignoreChanges: ignored as string[],
    preventDestroy: prevent === true,
  };
}

const objectOf = (body: Body): NeutralObject => ({
  attributes: Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, valueOf(value)]),
  ),
});

function valueOf(value: Json): Neutral {
  if (typeof value === "string") return { pieces: piecesOf(value) };
  if (Array.isArray(value)) return value.map(valueOf);
  return typeof value === "object" && value !== null ? objectOf(value) : value;
}

/** `${aws_vpc.main.id}` and what stands around it. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)) {
    if (match.index > end) pieces.push(literal(text.slice(end, match.index)));
    pieces.push(reference(match[1]));
    end = match.index + match[0].length;
  }
  if (end < text.length || pieces.length === 0) pieces.push(literal(text.slice(end)));
  return pieces;
}

/** Terraform's escapes taken away. */
const literal = (text: string): string => text.replace(/([$%])\1(?=\{)/g, "$1");

function reference(text: string): Piece {
  const match = /^(aws_\w+)\.([\w-]+)((?:\.\w+|\[\d+\])+)$/.exec(text.trim());
  if (!match) throw new Error(`\${${text}} is an expression that only Terraform computes`);
  const [, type, name, path] = match;
  return { type, name, path: [...path.matchAll(/\w+/g)].map(([step]) => step) };
}
