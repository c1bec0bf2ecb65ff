/** Registers a neutral list of resources with Pulumi, in the names and shapes of its AWS provider. */
import {
  ComponentResource,
  type ComponentResourceOptions,
  CustomResource,
  concat,
  type Input,
  type Output,
  output,
} from "@pulumi/pulumi";
import type { Construct } from "constructs";
import { isSingle, propertyName, tokenOf } from "../policies/configuration/pulumi/names";
import { type BlockSchema, schemaOf } from "../policies/configuration/schema/schema";
import { type Neutral, type NeutralObject, type NeutralResource, type Piece, Scratch } from "./synthesis";

/** A resource of the AWS provider by its token; its package is the program's own. */
class AwsResource extends CustomResource {}

const addressOf = ({ type, name }: { readonly type: string; readonly name: string }): string => `${type}.${name}`;

const isObject = (value: Neutral): value is NeutralObject =>
  typeof value === "object" && value !== null && "attributes" in value;

/** What has been registered of a scratch stack; components that share one refer to each other's resources. */
export class Registry {
  readonly scratch = new Scratch();
  private readonly registered = new Map<string, CustomResource>();

  /** Registers what has been added since the last time. */
  register(parent: ComponentResource): void {
    const all = this.scratch.resources();
    const byAddress = new Map(all.map((one) => [addressOf(one), one]));
    for (const one of all) new Registration(this.registered, byAddress, parent).resource(addressOf(one));
  }

  /** What an attribute of a construct's resource is worth in Pulumi: `vpc.id` as cdktf gives it. */
  value(text: string): Output<string> {
    const resolved = this.scratch.resolve(text);
    const [, type, name, attribute] = /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/.exec(resolved) ?? [];
    const resource = this.registered.get(`${type}.${name}`);
    if (!resource) return output(resolved);
    return attribute === "id" ? resource.id : propertyOf(resource, type, [attribute]);
  }
}

class Registration {
  constructor(
    private readonly registered: Map<string, CustomResource>,
    private readonly all: ReadonlyMap<string, NeutralResource>,
    private readonly parent: ComponentResource,
  ) {}

  /** What another one refers to is registered before it. */
  resource(address: string): CustomResource {
    const known = this.registered.get(address);
    if (known) return known;
    const one = this.all.get(address);
    if (!one) throw new Error(`${address} is referred to, but not synthesized`);
    const { type, name, values, dependsOn, ignoreChanges, preventDestroy } = one;
    const token = tokenOf(type);
    const schema = schemaOf("managed", type);
    if (token === undefined || !schema) throw new Error(`${type} is not known to Pulumi's AWS provider`);
    const given = this.properties(values, schema, type, "");
    // A resource gives only what it names, and what is registered later may refer to anything.
    const outputs = Object.fromEntries(
      Object.keys(schema.attributes)
        .filter((attribute) => attribute !== "id")
        .map((attribute) => [propertyName(attribute, schema, type, attribute), undefined]),
    );
    const resource = new AwsResource(
      token,
      name,
      { ...outputs, ...given },
      {
        parent: this.parent,
        dependsOn: dependsOn.map((other) => this.resource(other)),
        ...(preventDestroy && { protect: true }),
        ignoreChanges: ignoreChanges.map((attribute) => propertyName(attribute, schema, type, attribute)),
      },
    );
    this.registered.set(address, resource);
    return resource;
  }

  private properties(
    { attributes }: NeutralObject,
    schema: BlockSchema,
    type: string,
    at: string,
  ): Record<string, Input<unknown>> {
    return Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => {
        if (!Object.hasOwn(schema.attributes, name) && !Object.hasOwn(schema.blocks, name))
          throw new Error(`${type} has no ${at}${name}`);
        return [propertyName(name, schema, type, at + name), this.value(value, schema, type, at + name)];
      }),
    );
  }

  private value(value: Neutral, schema: BlockSchema | undefined, type: string, path: string): Input<unknown> {
    const name = path.slice(path.lastIndexOf(".") + 1);
    const inner = schema?.blocks[name]?.block ?? schema?.attributes[name]?.object;
    if (Array.isArray(value)) {
      const items = value.map((item) => this.member(item, inner, type, path));
      return isSingle(type, path) ? items[0] : items;
    }
    const member = this.member(value, inner, type, path);
    const many = schema?.blocks[name] ? /^(list|set)$/.test(schema.blocks[name].nesting) : false;
    return many && !isSingle(type, path) ? [member] : member;
  }

  private member(value: Neutral, inner: BlockSchema | undefined, type: string, path: string): Input<unknown> {
    if (Array.isArray(value)) return value.map((item) => this.member(item, inner, type, path));
    if (isObject(value)) {
      if (inner) return this.properties(value, inner, type, `${path}.`);
      return Object.fromEntries(
        Object.entries(value.attributes).map(([key, item]) => [key, this.member(item, undefined, type, path)]),
      );
    }
    if (typeof value !== "object" || value === null || !("pieces" in value)) return value;
    const pieces = value.pieces.map((piece) => this.piece(piece));
    return pieces.length === 1 ? pieces[0] : concat(...pieces);
  }

  private piece(piece: Piece): Input<string> {
    if (typeof piece === "string") return piece;
    const resource = this.resource(addressOf(piece));
    return piece.path.length === 1 && piece.path[0] === "id"
      ? resource.id
      : propertyOf(resource, piece.type, piece.path);
  }
}

/** An output by the path of an attribute. */
function propertyOf(resource: CustomResource, type: string, path: readonly string[]): Output<string> {
  let schema = schemaOf("managed", type);
  let value: unknown = resource;
  let at = "";
  for (const step of path) {
    if (/^\d+$/.test(step)) {
      if (!isSingle(type, at)) value = (value as Record<string, unknown>)[step];
      continue;
    }
    at = at === "" ? step : `${at}.${step}`;
    value = (value as Record<string, unknown>)[schema ? propertyName(step, schema, type, at) : step];
    schema = schema?.blocks[step]?.block ?? schema?.attributes[step]?.object;
  }
  if (value === undefined) throw new Error(`${type} gives no ${path.join(".")}`);
  return value as Output<string>;
}

/** A component that is what a construct of the enclave synthesizes. */
export abstract class EnclaveComponent<T> extends ComponentResource {
  protected readonly made: T;
  protected readonly registry: Registry;

  protected constructor(
    kind: string,
    name: string,
    registry: Registry,
    make: (scope: Construct) => T,
    options?: ComponentResourceOptions,
  ) {
    super(`enclave:index:${kind}`, name, {}, options);
    this.registry = registry;
    this.made = make(registry.scratch.stack);
    registry.register(this);
    this.registerOutputs();
  }
}
