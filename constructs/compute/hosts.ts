import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import { openToGateways } from "../egress-deny/endpoint-clients";
import type { Endpoints } from "../egress-deny/endpoints";
import { assumedBy, policyDocument, type Statement } from "../perimeter/documents";

export interface HostsProps {
  /** Name of the hosts: `NAME-0`, `NAME-1`, … */
  readonly name: string;
  readonly vpcId: string;
  /** One host in each. */
  readonly subnets: readonly Subnet[];
  /**
   * Whether the hosts have an IPv6 address; their subnets must have a range.
   * @default false
   */
  readonly ipv6?: boolean;
  /** Machine image. */
  readonly image: string;
  /**
   * Type of the machines; a rack holds those it was ordered with.
   * @default "m5.large"
   */
  readonly instanceType?: string;
  /** ARN of the key that the disks are encrypted with. */
  readonly keyArn: string;
  /** Volume of each host, in the order of the subnets. */
  readonly volumeIds: readonly string[];
  /** Networks of the enclave that the hosts talk to and are talked to by. */
  readonly peers: readonly Cidr[];
  /** Services that they use. */
  readonly endpoints: Endpoints;
  /** What they may do, in IAM's words; the statements have no principal. */
  readonly permissions: readonly Statement[];
}

/** Ports that services of the enclave listen on: HTTPS and PostgreSQL. */
export const servicePorts = [443, 5432] as const;

/** What every machine of the enclave is: private, watched, not ended by accident, its credentials its own. */
export const privateHost = {
  associatePublicIpAddress: false,
  sourceDestCheck: true,
  disableApiTermination: true,
  monitoring: true,
  metadataOptions: {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    httpProtocolIpv6: "disabled",
    instanceMetadataTags: "disabled",
  },
} as const;

/** Machines that run the enclave's services: private, without keys to log in, with a role that reaches own data only. */
export class Hosts extends Construct {
  readonly instances: readonly Instance[];
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: HostsProps) {
    super(scope, id);
    this.securityGroup = this.makeSecurityGroup(props);
    const profile = this.profile(props);
    this.instances = props.subnets.map((subnet, i) => this.host(i, subnet, profile, props));
  }

  private host(index: number, subnet: Subnet, profile: IamInstanceProfile, props: HostsProps): Instance {
    const instance = new Instance(this, `host-${index}`, {
      ...privateHost,
      ami: props.image,
      instanceType: props.instanceType ?? "m5.large",
      subnetId: subnet.id,
      ipv6AddressCount: props.ipv6 ? 1 : 0,
      vpcSecurityGroupIds: [this.securityGroup.id],
      iamInstanceProfile: profile.name,
      rootBlockDevice: { encrypted: true, kmsKeyId: props.keyArn, volumeType: "gp2", deleteOnTermination: true },
      tags: { Name: `${props.name}-${index}` },
    });
    new VolumeAttachment(this, `volume-${index}`, {
      instanceId: instance.id,
      volumeId: props.volumeIds[index],
      deviceName: "/dev/sdf",
      forceDetach: false,
    });
    return instance;
  }

  private makeSecurityGroup(props: HostsProps): SecurityGroup {
    const group = new SecurityGroup(this, "group", {
      name: `${props.name}-hosts`,
      description: "Hosts: services of the enclave, and the endpoints of AWS",
      vpcId: props.vpcId,
      tags: { Name: `${props.name}-hosts` },
    });
    props.peers.forEach((peer, i) => {
      const address = peer.version === 4 ? { cidrIpv4: peer.toString() } : { cidrIpv6: peer.toString() };
      for (const port of servicePorts) {
        const rule = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port, ...address };
        new VpcSecurityGroupEgressRule(this, `to-${i}-${port}`, { ...rule, description: "Services of the enclave" });
      }
      new VpcSecurityGroupIngressRule(this, `from-${i}`, {
        securityGroupId: group.id,
        description: "HTTPS from the enclave",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        ...address,
      });
    });
    openToGateways(this, group, props.endpoints);
    return group;
  }

  private profile(props: HostsProps): IamInstanceProfile {
    const role = new IamRole(this, "role", {
      name: `${props.name}-hosts`,
      description: "What the hosts may do",
      assumeRolePolicy: assumedBy("ec2.amazonaws.com"),
    });
    new IamRolePolicy(this, "permissions", {
      name: "own-data",
      role: role.id,
      policy: policyDocument(...props.permissions),
    });
    return new IamInstanceProfile(this, "profile", { name: `${props.name}-hosts`, role: role.name });
  }
}
