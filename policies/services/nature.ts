/** What several services share: types whose mere existence is a path, and types that stand in no region. */
import { attribute, type Resource } from "../configuration/resource";
import type { Context } from "../flows/context";
import { type Entry, type Finding, inert } from "../flows/vocabulary";

/** For `also`: data of the resource gets onto the internet whatever its attributes say. */
export const alwaysPublic = (channel: string, why: string) =>
  function* (): Generator<Finding> {
    yield { finding: "flow", channel, to: { to: "internet" }, why };
  };

/** For `also`: data of the resource is given to a party that only words name (`Oracle`, `Slack`). */
export const alwaysGiven = (channel: string, party: string, why: string) =>
  function* (): Generator<Finding> {
    yield { finding: "flow", channel, to: { to: "value", value: party, form: "principal" }, why };
  };

/** Inert types that belong to no region: the statement says what of them is kept where. */
export const worldwide =
  (statement: string) =>
  (why: string, docs: string, attributes: Entry["attributes"] = {}): Entry => ({
    ...inert(why, docs, attributes),
    placement: { global: statement },
  });

/** For `also` of data sources, ephemeral resources and actions that send payload: it comes to the Region they ask. */
export const sentToItsRegion = (channel: string, why: string) =>
  function* (resource: Resource, context: Context): Generator<Finding> {
    const region =
      attribute(resource, "region") ?? context.regionOf(resource) ?? resource.provider.values.region ?? null;
    yield region === null
      ? { finding: "undecided", why: `${channel}: no region is configured` }
      : { finding: "flow", channel, attribute: "region", to: { to: "value", value: region, form: "region" }, why };
  };
