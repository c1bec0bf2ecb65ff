/**
 * The proof inside of `pulumi preview` and `pulumi up`: a policy over the whole stack
 * (https://www.pulumi.com/docs/insights/policy/policy-packs/), to be served from a policy pack.
 *
 * The policy library turns a mandatory policy into advice as soon as it touches a value that is unknown during the
 * preview: such a property throws, and what is thrown is reported as advisory. This policy reads resources as the engine
 * sent them, reports what it can't decide as violations of its own, and everything that goes wrong in it as well.
 */
import type { PolicyResource, ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import type { Json, JsonObject } from "../configuration/json";
import { evaluated } from "../configuration/pulumi/reading";
import type { Declared } from "../configuration/pulumi/terraform";
import { reportOf, type VerifyOptions, verifyConfiguration } from "../index";

export interface StaysInsideOptions extends Pick<VerifyOptions, "boundary" | "trust" | "defaultRegion"> {
  /** @default "stays-inside" */
  readonly name?: string;
}

/** How the library gives the object behind the one that throws. */
const TARGET = "__getSpecialProxyTarget";

/** The name that messages give to what is judged. */
const STACK = "stack";

/** A mandatory policy: a stack that is not shown to stay inside the boundary is a violation. */
export function staysInside(options: StaysInsideOptions = {}): StackValidationPolicy {
  const { name = "stays-inside", boundary = "EEA", ...judging } = options;
  const inside = typeof boundary === "string" ? boundary : boundary.name;
  return {
    name,
    description: `No resource can route data outside ${inside}.`,
    enforcementLevel: "mandatory",
    validateStack: (args, report) => {
      try {
        judge(args, report, { boundary, ...judging });
      } catch (error) {
        report(`The stack could not be judged: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

function judge({ resources }: StackValidationArgs, report: ReportViolation, options: VerifyOptions): void {
  const declared = resources.map(declaredOf);
  const known = new Set(declared.map(({ urn }) => urn));
  // A provider that is in no list of its own is shown with each resource that it makes.
  const providers = resources.flatMap(({ provider }) => (provider && !known.has(provider.urn) ? [provider] : []));
  for (const provider of new Map(providers.map((one) => [one.urn, one])).values()) {
    declared.push({ urn: provider.urn, type: provider.type, name: provider.name, inputs: plainObject(provider.props) });
  }
  const reading = evaluated({ resources: declared }, STACK, STACK, { defaultRegion: options.defaultRegion });
  const configuration = { inputs: [], resources: reading.resources, undecided: reading.undecided };
  const { verdict, escapes, undecided } = reportOf(verifyConfiguration(configuration, options));
  if (verdict === "contained") return;
  for (const { resource, message } of escapes) report(`Data can leave: ${message}`, reading.urns.get(resource));
  for (const { resource, attribute, message } of undecided) {
    const what = attribute === undefined ? resource : `${resource}: ${attribute}`;
    report(`Can't be decided: ${what}: ${message}`, reading.urns.get(resource));
  }
}

function declaredOf({
  urn,
  type,
  name,
  props,
  opts,
  parent,
  provider,
  propertyDependencies,
}: PolicyResource): Declared {
  return {
    urn,
    type,
    name,
    inputs: plainObject(props),
    // The engine names the provider of everything but components, which are only what is in them.
    component: provider === undefined && !/^(aws|pulumi:providers):/.test(type),
    ignoreChanges: opts.ignoreChanges ?? [],
    dependencies: Object.fromEntries(
      Object.entries(propertyDependencies ?? {}).map(([property, all]) => [property, all.map((one) => one.urn)]),
    ),
    ...(parent && { parent: parent.urn }),
    ...(provider && { provider: `${provider.urn}::` }),
  };
}

/** What the engine sent, with the texts that stand for unknown values. */
function plainObject(props: object): JsonObject {
  const target = (props as Readonly<Record<string, unknown>>)[TARGET];
  return JSON.parse(JSON.stringify(target ?? props, asset)) as JsonObject;
}

/** Assets and archives by where they are. */
function asset(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("__pulumiAsset" in value || "__pulumiArchive" in value))
    return value;
  const { path, uri } = value as { path?: Json; uri?: Json };
  return path ?? uri ?? "asset";
}
