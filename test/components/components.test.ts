/** The components for Pulumi and the constructs of cdktf: the same resources, attribute by attribute, and the same verdict. */
import { resolve } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  Cidr,
  DnsFirewall,
  Endpoints,
  Estate,
  NetworkAcls,
  ObjectStore,
  PrivateNetwork,
  SealedDefaults,
} from "../../constructs";
import { reportOf, verifyConfiguration } from "../../policies";
import { readConfiguration, readConfigurationText } from "../../policies/configuration/input/read";
import type { Configuration } from "../../policies/configuration/resource";
import { isUnknown, type Value } from "../../policies/configuration/value";
import { parseTrust } from "../../policies/geography/trust";
import { programFolder, removeFolders } from "../policies/configuration/pulumi/program-folder";

jest.setTimeout(120_000);
afterAll(removeFolders);

const PROGRAM = `import { Cidr, EgressDeny, Estate, SiteNetwork, SiteStorage } from ${JSON.stringify(resolve(__dirname, "../../components"))};
const estate = new Estate({ organization: "o-enclave0001", accounts: ["111111111111"], regions: ["eu-west-1"] });
const ipv4 = Cidr.parse("10.17.0.0/16");
const network = new SiteNetwork("network", {
  name: "site",
  ipv4,
  ipv6: { range: Cidr.parse("fdc1:0e40:1701::/48"), poolId: "ipam-pool-1" },
  zones: ["euw1-az1", "euw1-az2"],
});
new EgressDeny("egress", {
  network,
  name: "site",
  region: "eu-west-1",
  estate,
  enclave: [ipv4],
  names: { allowed: ["*.internal."] },
});
const store = new SiteStorage("objects", {
  bucketName: "site-objects",
  estate,
  region: "eu-west-1",
  keyArn: "arn:aws:kms:eu-west-1:111111111111:key/11111111-1111-1111-1111-111111111111",
  logBucket: "site-logs",
});
export const outputs = { vpc: network.vpcId, subnets: network.subnetIds("workload"), bucket: store.bucketArn };
`;

function synthesized(): string {
  const estate = new Estate({ organization: "o-enclave0001", accounts: ["111111111111"], regions: ["eu-west-1"] });
  const ipv4 = Cidr.parse("10.17.0.0/16");
  const stack = new TerraformStack(Testing.app(), "test");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const network = new PrivateNetwork(stack, "network", {
    name: "site",
    ipv4,
    ipv6: { range: Cidr.parse("fdc1:0e40:1701::/48"), poolId: "ipam-pool-1" },
    zones: ["euw1-az1", "euw1-az2"],
  });
  new SealedDefaults(stack, "egress-defaults", { vpc: network.vpc, name: "site" });
  new NetworkAcls(stack, "egress-acls", { network, name: "site", enclave: [ipv4] });
  new DnsFirewall(stack, "egress-names", { name: "site", vpcId: network.vpc.id, allowed: ["*.internal."] });
  new Endpoints(stack, "egress-endpoints", { network, name: "site", region: "eu-west-1", estate });
  new ObjectStore(stack, "objects", {
    bucketName: "site-objects",
    estate,
    region: "eu-west-1",
    keyArn: "arn:aws:kms:eu-west-1:111111111111:key/11111111-1111-1111-1111-111111111111",
    logBucket: "site-logs",
  });
  return Testing.synth(stack);
}

const trust = parseTrust(
  { organization: "o-enclave0001", accounts: { "111111111111": { name: "site" } } },
  "trust.json",
);

/** A value with its references as text; JSON, whether Terraform or the program put it together, as what it says. */
function shown(value: Value): unknown {
  if (isUnknown(value)) {
    if (value.json !== undefined) return shown(value.json);
    const [{ address, path }] = value.references;
    return value.parts
      ? read(value.parts.map((part) => (typeof part === "string" ? part : shown(part))).join(""))
      : `<${address}.${path}>`;
  }
  if (typeof value === "string") return read(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}

const read = (text: string): unknown => (/^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text);

const resources = ({ resources: all }: Configuration): Record<string, unknown> =>
  Object.fromEntries(
    all
      .filter(({ mode }) => mode === "managed")
      .map(({ address, values, lifecycle }) => [address, { values: shown(values), lifecycle }]),
  );

const verdict = (configuration: Configuration) => {
  const { verdict, escapes, undecided } = reportOf(verifyConfiguration(configuration, { trust }));
  return {
    verdict,
    escapes: escapes.map(({ message }) => message),
    undecided: undecided.map(({ message }) => message),
  };
};

describe("both engines", () => {
  let pulumi: Configuration;
  let cdktf: Configuration;

  beforeAll(async () => {
    pulumi = await readConfiguration([programFolder(PROGRAM)]);
    cdktf = readConfigurationText(synthesized(), "cdk.tf.json");
  });

  test("register the same resources, attribute by attribute", () => {
    expect(Object.keys(resources(pulumi)).length).toBeGreaterThan(40);
    expect(resources(pulumi)).toEqual(resources(cdktf));
  });

  test("have the same verdict", () => {
    expect(verdict(pulumi)).toEqual(verdict(cdktf));
  });
});
