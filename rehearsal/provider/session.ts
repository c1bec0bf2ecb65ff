/**
 * One configured provider: what Terraform asks over one connection. Aliases of one configuration and several runs at
 * once each have a connection, and so a session, of their own; the cloud is the same for all.
 */
import type { Cloud, CloudResource } from "../cloud/cloud";
import type { Fault, Faults } from "../cloud/faults";
import { identityIn } from "../cloud/identity";
import { invent, refresh } from "../cloud/invent";
import { isSetting, mayCreate, mayDelete, Refusal } from "../cloud/rules";
import type { Diagnostic, DynamicValue, Encoded, Step } from "../protocol/messages";
import { canonical, decodeValue, encodeValue, isValues, type Value, type Values } from "../protocol/value";
import { conformBlock } from "../schema/conform";
import { type Block, blockOf, type Mode } from "../schema/model";
import { providerBlock } from "../schema/response";
import { readData } from "./data";
import { planChange, planCreation, type Settings } from "./plan";
import { settingsOf } from "./settings";

/** A request as it comes from the wire; which of these are there depends on the method. */
export interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly current_state?: DynamicValue;
  readonly raw_state?: DynamicValue;
}

/** What stood before Terraform knew of it, to be imported: its id, and what is known of it. */
export interface Standing {
  readonly type: string;
  readonly id: string;
  readonly values: Values;
}

/** The provider dies in the middle of the call. */
export class Crash extends Error {}

export class Session {
  private settings?: Settings;

  constructor(
    private readonly cloud: Cloud,
    private readonly faults: Faults,
    private readonly schema: () => Encoded,
    private readonly before: readonly Standing[] = [],
  ) {}

  GetProviderSchema(): object {
    return this.schema();
  }

  ValidateProviderConfig({ config }: Request): object {
    return { prepared_config: config };
  }

  ValidateResourceConfig({ type_name }: Request): object {
    return { diagnostics: blockOf("managed", type_name) ? [] : [unknownType(type_name)] };
  }

  ValidateDataResourceConfig({ type_name }: Request): object {
    return { diagnostics: blockOf("data", type_name) ? [] : [unknownType(type_name)] };
  }

  ConfigureProvider({ config }: Request): object {
    const settings = settingsOf(conformBlock(providerBlock(), valuesIn(config) ?? {}));
    if ("severity" in settings) return { diagnostics: [settings] };
    this.settings = settings;
    return {};
  }

  UpgradeResourceState({ type_name, raw_state }: Request): object {
    return { upgraded_state: this.encoded("managed", type_name, valuesIn(raw_state)) };
  }

  ReadResource({ type_name, current_state }: Request): object {
    const state = valuesIn(current_state);
    const found = state && this.cloud.get(this.whereabouts(type_name, state));
    return {
      new_state: this.encoded("managed", type_name, found && withoutWriteOnly(this.block(type_name), found, state)),
    };
  }

  PlanResourceChange({ type_name, prior_state, config }: Request): object {
    const block = this.block(type_name);
    const [prior, wanted] = [valuesIn(prior_state), valuesIn(config)];
    if (!wanted) return { planned_state: encodeValue(null), legacy_type_system: true };
    const asked = conformBlock(block, wanted);
    const { planned, requiresReplace } = prior
      ? planChange(block, conformBlock(block, prior), asked, this.configured())
      : { planned: planCreation(block, asked, this.configured()), requiresReplace: [] as readonly (readonly Step[])[] };
    return {
      planned_state: this.encoded("managed", type_name, planned),
      requires_replace: requiresReplace.map((steps) => ({ steps })),
      legacy_type_system: true,
    };
  }

  async ApplyResourceChange({ type_name, prior_state, planned_state }: Request): Promise<object> {
    const [prior, planned] = [valuesIn(prior_state), valuesIn(planned_state)];
    const fault = this.faults.meet(type_name, planned ?? prior ?? {});
    let state = prior;
    try {
      if (fault && fault.kind !== "crash")
        throw refused(fault, planned ? (prior ? "Update" : "Create") : "Delete", type_name);
      state = planned
        ? prior
          ? this.change(type_name, prior, planned)
          : this.create(type_name, planned)
        : this.remove(type_name, prior);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const verb = planned ? (prior ? "updating" : "creating") : "deleting";
      const diagnostic = { severity: "ERROR", summary: summaryOf(verb, type_name, planned ?? prior ?? {}, error) };
      return {
        new_state: this.encoded("managed", type_name, prior),
        diagnostics: [diagnostic],
        legacy_type_system: true,
      };
    }
    if (fault) throw new Crash();
    return { new_state: this.encoded("managed", type_name, state), legacy_type_system: true };
  }

  ImportResourceState({ type_name, id }: Request): object {
    const { account } = this.configured();
    const found = this.cloud
      .ofType(type_name)
      .find(
        ({ values, ...resource }) =>
          resource.account === account && (resource.id === id || values.arn === id || values.name === id),
      );
    const values = found?.values ?? this.stoodBefore(type_name, id);
    if (!values) {
      const detail = `While attempting to import an existing object to "${type_name}", the provider detected that no object exists with the given id (${id}).`;
      return { diagnostics: [{ severity: "ERROR", summary: "Cannot import non-existent remote object", detail }] };
    }
    return { imported_resources: [{ type_name, state: this.encoded("managed", type_name, values) }] };
  }

  ReadDataSource({ type_name, config }: Request): object {
    const block = blockOf("data", type_name);
    if (!block) return { diagnostics: [unknownType(type_name)] };
    const read = readData(type_name, conformBlock(block, valuesIn(config) ?? {}), this.configured(), this.cloud);
    return "severity" in read ? { diagnostics: [read] } : { state: this.encoded("data", type_name, read.values) };
  }

  StopProvider(): object {
    return {};
  }

  private configured(): Settings {
    if (!this.settings) throw new Error("the provider was asked before it was configured");
    return this.settings;
  }

  private block(type: string): Block {
    const block = blockOf("managed", type);
    if (!block) throw new Error(`the provider has no resource type ${type}`);
    return block;
  }

  private encoded(mode: Mode, type: string, values: Values | undefined): DynamicValue {
    const block = blockOf(mode, type);
    return encodeValue(values && block ? conformBlock(block, values) : null);
  }

  private whereabouts(type: string, state: Values): Omit<CloudResource, "values"> {
    const { account, region } = this.configured();
    const id = identityIn(type, this.block(type), state);
    return { type, account, region: typeof state.region === "string" ? state.region : region, id };
  }

  private stoodBefore(type: string, id: string): Values | undefined {
    const before = this.before.find((one) => one.type === type && one.id === id);
    if (!before) return undefined;
    const config = conformBlock(this.block(type), { ...before.values, id });
    return this.create(type, planCreation(this.block(type), config, this.configured()));
  }

  private create(type: string, planned: Values): Values {
    const block = this.block(type);
    const { account, region: preset } = this.configured();
    const region = typeof planned.region === "string" ? planned.region : preset;
    const description = canonical([type, account, region, planned as Value]);
    let made: CloudResource;
    do {
      const seed = `${description} ${this.cloud.ordinal(description)}`;
      const values = invent(type, block, planned, { account, region }, seed);
      made = { type, account, region, id: identityIn(type, block, values), values };
    } while (hasOwnId(made) && this.cloud.get(made));
    mayCreate(this.cloud, made);
    this.cloud.put(made);
    return made.values;
  }

  private change(type: string, prior: Values, planned: Values): Values {
    const where = this.whereabouts(type, prior);
    const { region } = where;
    if (!this.cloud.get(where)) throw new Refusal("ResourceNotFoundException", `${where.id} does not exist`);
    const seed = canonical([type, planned as Value]);
    const values = refresh(this.block(type), planned, prior, { account: where.account, region }, seed);
    const changed = { ...this.whereabouts(type, values), values };
    this.cloud.put(changed);
    if (changed.id !== where.id) this.cloud.delete(where);
    return values;
  }

  private remove(type: string, prior: Values | undefined): undefined {
    const found = prior && this.cloud.get(this.whereabouts(type, prior));
    if (!found) return undefined;
    mayDelete(this.cloud, found);
    this.cloud.delete(found);
    const snapshot = found.values.final_snapshot_identifier;
    if (type === "aws_db_instance" && found.values.skip_final_snapshot !== true && typeof snapshot === "string") {
      this.cloud.put({
        ...found,
        type: "aws_db_snapshot",
        id: snapshot,
        values: { id: snapshot, db_snapshot_identifier: snapshot },
      });
    }
    return undefined;
  }
}

/** Whether AWS chose the id at random, so that two like ones can stand beside each other. */
const hasOwnId = ({ type, id }: CloudResource): boolean => !isSetting(type) && /[0-9a-f]{12}$/.test(id);

const valuesIn = (value: DynamicValue | undefined): Values | undefined => {
  const decoded = decodeValue(value);
  return isValues(decoded) ? decoded : undefined;
};

const unknownType = (type: string): Diagnostic => ({
  severity: "ERROR",
  summary: `The rehearsal's provider has no type ${type}`,
});

/** What Terraform gave and AWS never tells again stays as it was in the state: nothing. */
function withoutWriteOnly(block: Block, { values }: CloudResource, state: Values): Values {
  const result: Record<string, Value> = { ...values };
  for (const [name, { writeOnly }] of block.attributes) if (writeOnly) result[name] = null;
  if (block.blocks.has("timeouts")) result.timeouts = state.timeouts ?? null;
  return result;
}

function refused(fault: Fault, verb: string, type: string): Refusal {
  const operation =
    verb + type.replace(/^aws_/, "").replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  return fault.kind === "throttle"
    ? new Refusal(
        "RequestLimitExceeded",
        `operation error ${operation}, exceeded maximum number of attempts, 25: Request limit exceeded.`,
      )
    : new Refusal(
        "UnauthorizedOperation",
        `operation error ${operation}: You are not authorized to perform this operation.`,
      );
}

function summaryOf(verb: string, type: string, values: Values, { code, message }: Refusal): string {
  const name = [values.id, values.bucket, values.name].find((value) => typeof value === "string") ?? "";
  const kind = type.replace(/^aws_/, "").replace(/_/g, " ");
  return `${verb} ${kind}${name ? ` (${String(name)})` : ""}: api error ${code}: ${message}`;
}
