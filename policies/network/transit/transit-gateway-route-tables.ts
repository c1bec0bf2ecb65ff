/**
 * The route tables of transit gateways: which attachments are associated with each, which propagate their prefixes to it,
 * and its static routes (https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html, "Route tables",
 * "Route table association", "Route propagation").
 *
 * An attachment that is associated with no table joins the gateway's default one, unless the attachment or the gateway
 * says that it doesn't; so do its prefixes.
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Value } from "../../configuration/value";
import { parseBlock } from "../packets/addresses";
import { push } from "../packets/multimap";
import { type Reader, text, truth } from "../reading/read";
import { FAMILIES, type Piece, piecesOf } from "../routing/longest-prefix";
import {
  type Attachment,
  GATEWAYS,
  gatewayKey,
  keyOf,
  type TransitGatewayAttachments,
} from "./transit-gateway-attachments";

const TABLES = new Set(["aws_ec2_transit_gateway_route_table", "aws_ec2_transit_gateway"]);
const DEFAULT_TABLE = "default table of";

/** Ranks of routes to the same prefix: static ones win. */
export const STATIC = 0;
export const PROPAGATED = 1;

export interface TransitRoute {
  readonly by: Resource;
  readonly attribute: string;
  readonly shown: string;
  readonly pieces: readonly Piece[];
  /** Attachments it leads to; empty for a blackhole. */
  readonly to: readonly Attachment[];
  readonly unseen?: { readonly id: string; readonly why?: string };
}

export interface Propagation {
  readonly attachment: Attachment;
  /** What makes it propagate, and by which attribute. */
  readonly by: Resource;
  readonly at: string;
}

export class TransitGatewayRouteTables {
  private readonly associated = new Map<string, Set<string>>();
  private readonly propagating = new Map<string, Propagation[]>();
  private readonly fixed = new Map<string, TransitRoute[]>();
  /** The gateways that tables belong to. */
  private readonly owners = new Map<string, string>();
  private readonly reader: Reader;

  constructor(private readonly attachments: TransitGatewayAttachments) {
    this.reader = attachments.topology.reader;
    this.readOwners();
    this.associate();
    this.propagate();
    this.addRoutes();
  }

  /** Keys of the tables that route what an attachment hands in. */
  of(attachment: Attachment): Iterable<string> {
    return this.associated.get(attachment.key) ?? [];
  }

  /** The static routes of a table, blackholes included. */
  routes(table: string): readonly TransitRoute[] {
    return this.fixed.get(table) ?? [];
  }

  /** What propagates to a table. */
  propagations(table: string): readonly Propagation[] {
    return (this.propagating.get(table) ?? []).filter(({ attachment }) => attachment.announces !== "nothing");
  }

  /** What a table is called in messages. */
  nameOf(table: string): string {
    return table.startsWith(DEFAULT_TABLE)
      ? "the default route table of the transit gateway"
      : table.slice(table.indexOf(" ") + 1);
  }

  /** Keys of the tables that a value names; a gateway's own attribute names its default table. */
  private tablesNamed(value: Value): string[] {
    const named = this.reader.named(value, TABLES);
    if (named.literal !== undefined) return [named.literal];
    return named.resources.map((resource) =>
      GATEWAYS.has(resource.type)
        ? this.defaultTable(gatewayKey(resource), named.path.startsWith("propagation") ? "propagation" : "association")
        : keyOf(resource),
    );
  }

  /** The table that attachments join by themselves: the gateway's first one, unless another is made the default. */
  private defaultTable(gateway: string, role: "association" | "propagation"): string {
    for (const by of this.reader.ofType(`aws_ec2_transit_gateway_default_route_table_${role}`)) {
      if (this.attachments.gatewayOf(by, "transit_gateway_id") !== gateway) continue;
      const [table] = this.tablesNamed(attribute(by, "transit_gateway_route_table_id"));
      if (table !== undefined) return table;
    }
    return `${DEFAULT_TABLE} ${gateway}`;
  }

  private associate(): void {
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_route_table_association")) {
      const tables = this.tablesNamed(attribute(by, "transit_gateway_route_table_id"));
      for (const attachment of this.attachments.named(attribute(by, "transit_gateway_attachment_id")).found) {
        for (const table of tables) {
          if (this.belongs(table, attachment)) addTo(this.associated, attachment.key, table);
        }
      }
    }
    for (const attachment of this.attachments.all) {
      if (this.associated.has(attachment.key) || !attachment.joinsDefault.association) continue;
      if (this.gatewaySetting(attachment.gateway, "default_route_table_association")) {
        addTo(this.associated, attachment.key, this.defaultTable(attachment.gateway, "association"));
      }
    }
  }

  /** A peering has one id and two ends: a table belongs to the end of its own gateway. */
  private belongs(table: string, attachment: Attachment): boolean {
    const owner = this.owners.get(table);
    return owner === undefined || owner === attachment.gateway;
  }

  private readOwners(): void {
    for (const table of this.reader.ofType("aws_ec2_transit_gateway_route_table")) {
      const gateway = this.attachments.gatewayOf(table, "transit_gateway_id");
      if (gateway !== undefined) this.owners.set(keyOf(table), gateway);
    }
    for (const gateway of this.reader.ofType("aws_ec2_transit_gateway")) {
      this.owners.set(`${DEFAULT_TABLE} ${gatewayKey(gateway)}`, gatewayKey(gateway));
    }
  }

  private gatewaySetting(key: string, name: string): boolean {
    const gateway = this.reader.ofType("aws_ec2_transit_gateway").find((one) => gatewayKey(one) === key);
    if (!gateway) return true;
    const value = attribute(gateway, name);
    return value === null || typeof value !== "string" || value.toLowerCase() !== "disable";
  }

  private propagate(): void {
    const add = (table: string, attachment: Attachment, by: Resource, at: string) =>
      push(this.propagating, table, { attachment, by, at });
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_route_table_propagation")) {
      for (const attachment of this.attachments.named(attribute(by, "transit_gateway_attachment_id")).found) {
        for (const table of this.tablesNamed(attribute(by, "transit_gateway_route_table_id"))) {
          if (this.belongs(table, attachment)) add(table, attachment, by, "transit_gateway_attachment_id");
        }
      }
    }
    for (const attachment of this.attachments.all) {
      if (!attachment.joinsDefault.propagation || attachment.announces === "nothing") continue;
      if (this.gatewaySetting(attachment.gateway, "default_route_table_propagation")) {
        add(this.defaultTable(attachment.gateway, "propagation"), attachment, attachment.by, "transit_gateway_id");
      }
    }
  }

  private addRoutes(): void {
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_route")) {
      const value = attribute(by, "destination_cidr_block");
      const extents = this.attachments.topology.blocks.read(value, "both");
      const block = typeof value === "string" ? parseBlock(value) : undefined;
      const pieces = FAMILIES.filter((family) => extents[family].may.length > 0).map((family) => ({
        family,
        extent: extents[family],
        length: block?.length,
        rank: STATIC,
      }));
      this.addRoute(by, "destination_cidr_block", text(value) ?? "not known", pieces);
    }
    for (const by of this.reader.ofType("aws_ec2_transit_gateway_prefix_list_reference")) {
      const extents = this.attachments.topology.blocks.prefixList(attribute(by, "prefix_list_id"));
      this.addRoute(
        by,
        "prefix_list_id",
        "by prefix list",
        FAMILIES.flatMap((family) => piecesOf(family, extents[family], STATIC)),
      );
    }
  }

  private addRoute(by: Resource, at: string, shown: string, pieces: readonly Piece[]): void {
    const drops = truth(attribute(by, "blackhole"), false) === "yes";
    const { found, unseen } = drops
      ? { found: [], unseen: undefined }
      : this.attachments.named(attribute(by, "transit_gateway_attachment_id"));
    for (const table of this.tablesNamed(attribute(by, "transit_gateway_route_table_id"))) {
      const to = found.filter((attachment) => this.belongs(table, attachment));
      push(this.fixed, table, { by, attribute: at, shown, pieces, to, ...(unseen ? { unseen } : {}) });
    }
  }
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
