/** The enclave's sites for programs of Pulumi: each component registers what the construct of cdktf synthesizes. */
import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import {
  DnsFirewall,
  type DnsFirewallProps,
  Endpoints,
  type EndpointsProps,
  NetworkAcls,
  type NetworkAclsProps,
  ObjectStore,
  type ObjectStoreProps,
  PrivateNetwork,
  type PrivateNetworkProps,
  SealedDefaults,
} from "../constructs";
import type { TierName } from "../constructs/network/address-plan";
import { EnclaveComponent, Registry } from "./registration";

export { Cidr, Estate } from "../constructs";

/** A network without a way out: `PrivateNetwork`. */
export class SiteNetwork extends EnclaveComponent<PrivateNetwork> {
  constructor(name: string, props: PrivateNetworkProps, options?: ComponentResourceOptions) {
    super("SiteNetwork", name, new Registry(), (scope) => new PrivateNetwork(scope, name, props), options);
  }

  get vpcId(): Output<string> {
    return this.registry.value(this.made.vpc.id);
  }

  /** Ids of the subnets of the given tiers. */
  subnetIds(...tiers: readonly TierName[]): Output<string>[] {
    return this.made.subnetsOf(...tiers).map((subnet) => this.registry.value(subnet.id));
  }

  /** What else belongs to the network is made in the same place, so that it can refer to it. @internal */
  get shared(): { readonly registry: Registry; readonly network: PrivateNetwork } {
    return { registry: this.registry, network: this.made };
  }
}

/** A bucket for the enclave's data: `ObjectStore`. */
export class SiteStorage extends EnclaveComponent<ObjectStore> {
  constructor(name: string, props: ObjectStoreProps, options?: ComponentResourceOptions) {
    super("SiteStorage", name, new Registry(), (scope) => new ObjectStore(scope, name, props), options);
  }

  get bucketName(): Output<string> {
    return this.registry.value(this.made.bucket.id);
  }

  get bucketArn(): Output<string> {
    return this.registry.value(this.made.bucket.arn);
  }
}

/** The props of the layers, each as its construct has them. */
export interface EgressDenyProps extends Omit<EndpointsProps, "network">, Omit<NetworkAclsProps, "network"> {
  readonly network: SiteNetwork;
  /** Names that may be asked for, and where queries are logged: as of `DnsFirewall`. */
  readonly names: Pick<DnsFirewallProps, "allowed" | "queryLogArn">;
}

/** The layers around a network: `SealedDefaults`, `NetworkAcls`, `Endpoints`, `DnsFirewall`. */
export class EgressDeny extends EnclaveComponent<Endpoints> {
  constructor(name: string, props: EgressDenyProps, options?: ComponentResourceOptions) {
    const { registry, network } = props.network.shared;
    const make = (scope: ConstructorParameters<typeof Endpoints>[0]): Endpoints => {
      new SealedDefaults(scope, `${name}-defaults`, { vpc: network.vpc, name: props.name });
      new NetworkAcls(scope, `${name}-acls`, { ...props, network });
      new DnsFirewall(scope, `${name}-names`, { ...props.names, name: props.name, vpcId: network.vpc.id });
      return new Endpoints(scope, `${name}-endpoints`, { ...props, network });
    };
    super("EgressDeny", name, registry, make, options);
  }
}
