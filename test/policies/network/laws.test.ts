import { Unknown } from "../../../policies/configuration/value";
import type { Flow } from "../../../policies/flows/flow";
import fc from "../../properties";
import { type Blocks, judge, verdictOf } from "./builder";
import { randomConfiguration } from "./topologies";

type Mutable = Record<string, Record<string, Record<string, unknown>>>;
const copy = (configuration: object): Mutable => JSON.parse(JSON.stringify(configuration)) as Mutable;
const verdict = (configuration: object) => verdictOf(judge(configuration as Blocks));

/** Everything that is said of a flow, without the order of flows. */
const told = (flows: readonly Flow[]): string[] =>
  flows
    .map((flow) =>
      JSON.stringify({
        ...flow,
        from: flow.from.address,
        to: flow.to.kind === "place" ? flow.to.place : flow.to.resource.address,
        steps: flow.steps.map((step) => ({ ...step, by: step.by.address })),
      }),
    )
    .sort();

/** All places in a configuration where a value stands, innermost first. */
function* places(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value === "object" && value !== null) {
    for (const key of Object.keys(value)) yield* places((value as Record<string, unknown>)[key], [...path, key]);
  }
  if (path.length > 2) yield path;
}

function replaced(
  configuration: object,
  path: readonly string[],
  change: (holder: Record<string, unknown>, key: string) => void,
): Mutable {
  const out = copy(configuration);
  let holder: Record<string, unknown> = out;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  change(holder, path[path.length - 1]);
  return out;
}

const unknown = () =>
  new Unknown("variable x has no value", { references: [{ address: "var.x", path: "", resources: [] }] });

describe("laws of the network room, on random topologies", () => {
  it("unknown: what is not known never makes a leak contained", () => {
    fc.assert(
      fc.property(fc.gen(), (choose) => {
        const configuration = randomConfiguration(choose, 2);
        if (verdict(configuration) === "contained") return;
        const all = [...places(configuration)];
        for (let i = 0; i < 8; i++) {
          const path = all[choose(fc.nat, { max: all.length - 1 })];
          const blind = replaced(configuration, path, (holder, key) => {
            holder[key] = unknown();
          });
          const told = verdict(blind);
          if (told === "contained")
            throw new Error(`contained once ${path.join(".")} is not known: ${JSON.stringify(configuration)}`);
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 40) },
    );
  });

  it("deny: taking a denial away never takes an escape away", () => {
    fc.assert(
      fc.property(fc.gen(), (choose) => {
        const configuration = randomConfiguration(choose);
        if (verdict(configuration) !== "escapes") return;
        const looser = copy(configuration);
        for (const acl of Object.values(looser.aws_network_acl ?? {})) {
          for (const side of ["egress", "ingress"]) {
            acl[side] = (acl[side] as { action: string }[]).filter((rule) => rule.action === "allow");
          }
        }
        if (choose(fc.boolean)) delete looser.aws_network_acl;
        expect(verdict(looser)).toBe("escapes");
      }),
      { numRuns: Number(process.env.RUNS ?? 40) },
    );
  });

  it("more: an instance that is added takes no escape away", () => {
    fc.assert(
      fc.property(fc.gen(), (choose) => {
        const configuration = randomConfiguration(choose);
        if (verdict(configuration) !== "escapes") return;
        const more = copy(configuration);
        more.aws_instance.another = { subnet_id: "${aws_subnet.v0_0.id}", private_ip: "10.0.0.99" };
        expect(verdict(more)).toBe("escapes");
      }),
      { numRuns: Number(process.env.RUNS ?? 20) },
    );
  });

  it("order: resources and list items may stand in any order", () => {
    fc.assert(
      fc.property(fc.gen(), (choose) => {
        const configuration = copy(randomConfiguration(choose));
        const turned: Mutable = {};
        for (const type of Object.keys(configuration).reverse()) {
          turned[type] = Object.fromEntries(Object.entries(configuration[type]).reverse());
        }
        for (const group of Object.values(turned.aws_security_group ?? {})) {
          for (const side of ["egress", "ingress"]) (group[side] as unknown[]).reverse();
        }
        expect(told(judge(turned as Blocks).flows).map(withoutIndex)).toEqual(
          told(judge(configuration as Blocks).flows).map(withoutIndex),
        );
      }),
      { numRuns: Number(process.env.RUNS ?? 40) },
    );
  });
});

/** Which of two equal rules of a list it is shows in the index alone. */
const withoutIndex = (text: string): string => text.replace(/\[\d+\]/g, "[]");
