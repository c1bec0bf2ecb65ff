import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { dataCentresOf, regionsOf, sizingPage, trustOf } from "../../constructs";
import { enclave } from "../../enclave";
import { synthesize } from "../../stacks";
import {
  type Attributes,
  addressOf,
  ofType,
  resourcesIn,
  type Synthesized,
  statementsOf,
} from "../constructs/synthesis";
import { synthesizedEnclave } from "../synthesized";

type Placed = Synthesized & { readonly stack: string };

let folder: string;
let stacks: Map<string, Attributes>;
let resources: Placed[];

beforeAll(() => {
  folder = synthesizedEnclave();
  const names = readdirSync(join(folder, "stacks"));
  stacks = new Map(names.map((name) => [name, JSON.parse(readFileSync(fileOf(folder, name), "utf8"))]));
  resources = [...stacks].flatMap(([stack, json]) => resourcesIn(json).map((resource) => ({ ...resource, stack })));
});

const fileOf = (outdir: string, stack: string) => join(outdir, "stacks", stack, "cdk.tf.json");
const of = (type: string) => ofType(resources, type);
const inDataCentre = (type: string, name: string) => of(type).filter(({ stack }) => stack === name);
const siteRegions = () => regionsOf(enclave);

/** Every text in the values of a resource. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(texts) : [];
}

describe("the stacks", () => {
  it("are the sites, the data centres, what joins them, and who watches them", () => {
    expect([...stacks.keys()].sort()).toEqual([
      "access-dublin-1",
      "access-dublin-2",
      "access-hamar",
      "copies",
      "delegation",
      "dublin-1",
      "dublin-2",
      "evidence-eu-north-1",
      "evidence-eu-west-1",
      "fabric",
      "guardrails",
      "hamar",
      "migration-dublin",
      "migration-hamar",
      "organization",
      "oversight",
      "pipeline",
      "placement",
      "site-dublin",
      "site-hamar",
      "transfers-dublin-1",
      "transfers-dublin-2",
      "transfers-hamar",
      "watch-dublin",
      "watch-hamar",
    ]);
  });

  it("come in an order in which AWS takes them: trusted services, their administration, evidence, the rest, guardrails", () => {
    const { stacks: all } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    const needs = (name: string): string[] => all[name].dependencies;
    expect(needs("organization")).toEqual([]);
    expect(needs("delegation")).toEqual(["organization"]);
    for (const region of siteRegions()) expect(needs(`evidence-${region}`)).toContain("delegation");
    for (const { name, region } of enclave.sites) expect(needs(`site-${name}`)).toContain(`evidence-${region}`);
    expect([...needs("guardrails"), "guardrails"].sort()).toEqual([...stacks.keys()].sort());
  });

  it("lie beside the trust file and the sizing that the declaration implies", () => {
    expect(readFileSync(join(folder, "sizing.md"), "utf8")).toBe(sizingPage(enclave));
    expect(JSON.parse(readFileSync(join(folder, "trust.json"), "utf8"))).toEqual(trustOf(enclave));
  });

  it("are the same to the byte when they are synthesized again", () => {
    // Paths of states are relative to the folder.
    const again = mkdtempSync(join(dirname(folder), "again-"));
    synthesize(enclave, again);
    for (const stack of stacks.keys()) {
      expect(readFileSync(fileOf(again, stack), "utf8")).toBe(readFileSync(fileOf(folder, stack), "utf8"));
    }
    rmSync(again, { recursive: true, force: true });
  });

  it("name region and account in every provider, and only AWS", () => {
    const accounts = enclave.accounts.map(({ id }) => id);
    for (const { provider, terraform } of stacks.values()) {
      expect(Object.keys(provider)).toEqual(["aws"]);
      expect(Object.keys(terraform.backend)).toEqual(["local"]);
      for (const aws of provider.aws) {
        expect(siteRegions()).toContain(aws.region);
        expect(aws.allowed_account_ids).toHaveLength(1);
        expect(accounts).toContain(aws.allowed_account_ids[0]);
      }
    }
  });

  it("look nothing up but each other's outputs", () => {
    for (const json of stacks.values())
      expect(["", "terraform_remote_state"]).toContain(Object.keys(json.data ?? { "": 0 })[0]);
  });
});

describe("over all resources", () => {
  it("there is no gateway, peering of VPCs, VPN, address or service by which anything leaves a network", () => {
    const waysOut =
      /internet_gateway|egress_only|nat_gateway|^aws_eip|peering_connection|vpn|customer_gateway|^aws_dx|local_gateway|carrier_gateway|resolver_endpoint|ram_|globalaccelerator|cloudfront/;
    expect(resources.map(({ type }) => type).filter((type) => waysOut.test(type))).toEqual([]);
  });

  it("nothing stands in or names a region that is none of the sites'", () => {
    const named = resources.flatMap(({ values }) => {
      const { "//": _, ...own } = values;
      return texts(own).flatMap(
        (text) => text.match(/\b[a-z]{2}-(?:gov-)?(?:north|south|east|west|central)\w*-\d\b/g) ?? [],
      );
    });
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].sort()).toEqual([...siteRegions()].sort());
  });

  it("nothing names an account that is none of the owner's, but the landing buckets those that bring copies", () => {
    const own = enclave.accounts.map(({ id }) => id);
    const named = resources.flatMap(({ stack, type, values }) =>
      texts(values)
        .flatMap((text) => text.match(/\b\d{12}\b/g) ?? [])
        .filter((account) => !own.includes(account))
        .map((account) => [stack, type, account].join(" ")),
    );
    expect([...new Set(named)].sort()).toEqual([
      "migration-dublin aws_s3_bucket_policy 777777777777",
      "migration-hamar aws_s3_bucket_policy 777777777777",
    ]);
  });

  it("every route leads to a data centre, over the hub or through a firewall", () => {
    const networks = dataCentresOf(enclave).flatMap(({ network }) => [String(network.ipv4), String(network.ipv6)]);
    const routes = of("aws_route");
    expect(routes.length).toBeGreaterThan(0);
    for (const { values } of routes) {
      expect(networks).toContain(values.destination_cidr_block ?? values.destination_ipv6_cidr_block);
      expect([values.transit_gateway_id, values.vpc_endpoint_id].filter(Boolean)).toHaveLength(1);
    }
    for (const { values } of of("aws_ec2_transit_gateway_route")) {
      expect(networks).toContain(values.destination_cidr_block);
    }
  });

  it("no interface and no subnet has or gives a public address", () => {
    for (const { values } of of("aws_subnet")) expect(values.map_public_ip_on_launch).toBe(false);
    for (const { values } of of("aws_instance")) expect(values.associate_public_ip_address).toBe(false);
    for (const { values } of of("aws_db_instance")) expect(values.publicly_accessible).toBe(false);
  });

  it("no security group opens itself to or reaches beyond the enclave's networks", () => {
    const networks = [...dataCentresOf(enclave), enclave.oversight!, enclave.pipeline!].flatMap(({ network }) => [
      String(network.ipv4),
      String(network.ipv6),
    ]);
    for (const { values } of of("aws_vpc_security_group_*")) {
      const peer = values.cidr_ipv4 ?? values.cidr_ipv6;
      if (peer === undefined) expect(values.prefix_list_id).toMatch(/^\$\{.*aws_vpc_endpoint/);
      else expect(networks).toContain(peer);
    }
    for (const { values } of of("aws_security_group"))
      expect([values.ingress, values.egress]).toEqual([undefined, undefined]);
  });

  it("every bucket has its companions", () => {
    const buckets = of("aws_s3_bucket");
    expect(buckets.length).toBeGreaterThanOrEqual(11);
    const companions = [
      "versioning",
      "server_side_encryption_configuration",
      "public_access_block",
      "ownership_controls",
      "policy",
      "lifecycle_configuration",
    ];
    for (const bucket of buckets) {
      for (const companion of companions) {
        const own = inDataCentre(`aws_s3_bucket_${companion}`, bucket.stack).filter(
          ({ values }) => values.bucket === `\${${addressOf(bucket)}.id}`,
        );
        expect([addressOf(bucket), companion, own.length]).toEqual([addressOf(bucket), companion, 1]);
      }
    }
  });

  it("every key rotates, and copies of keys stand at sites", () => {
    // KMS rotates no HMAC keys: those of tokens have generations.
    for (const { values } of of("aws_kms_key"))
      expect(values.key_usage === "GENERATE_VERIFY_MAC" || values.enable_key_rotation).toBe(true);
    const replicas = of("aws_kms_replica_key");
    expect(replicas).toHaveLength(4);
    for (const { values } of replicas) expect(siteRegions()).toContain(values.region);
  });

  it("every copy of a table stands at another site", () => {
    // The requests of a gateway are its own.
    const tables = of("aws_dynamodb_table").filter(({ stack }) => !stack.startsWith("access-"));
    expect(tables).toHaveLength(4);
    for (const { stack, values } of tables) {
      const [{ region: home }] = stacks.get(stack)!.provider.aws;
      const copies = values.replica.map((replica: Attributes) => replica.region_name);
      expect(copies).toEqual(siteRegions().filter((region) => region !== home));
    }
  });

  it("every policy of an endpoint keeps strangers from it and it from strangers' resources", () => {
    for (const { values } of of("aws_vpc_endpoint")) {
      for (const { Condition } of statementsOf(values.policy)) {
        expect(Condition.StringEquals).toMatchObject({
          "aws:PrincipalOrgID": enclave.organization,
          "aws:ResourceOrgID": enclave.organization,
        });
      }
    }
  });

  it("every statement that allows anybody anything says under which condition", () => {
    const policies = resources.flatMap(({ values }) =>
      Object.values(values).filter(
        (value): value is string => typeof value === "string" && value.includes('"Statement"'),
      ),
    );
    expect(policies.length).toBeGreaterThan(50);
    for (const { Effect, Principal, Condition } of policies.flatMap(statementsOf)) {
      if (Effect === "Allow" && Principal === "*") expect(Condition).toBeDefined();
    }
  });

  it("everything that stores is encrypted", () => {
    for (const { values } of of("aws_ebs_volume")) expect(values.encrypted).toBe(true);
    for (const { values } of of("aws_db_instance")) expect(values.storage_encrypted).toBe(true);
    for (const { values } of of("aws_dynamodb_table")) expect(values.server_side_encryption.enabled).toBe(true);
    for (const { values } of of("aws_cloudwatch_log_group")) expect(values.kms_key_id).toBeDefined();
  });
});

describe("each data centre", () => {
  const dataCentres = dataCentresOf(enclave).map((dataCentre) => [dataCentre.name, dataCentre] as const);

  it.each(dataCentres)("%s has one network, sealed, filtered, watched and joined to its hub", (name, { network }) => {
    const [vpc, ...more] = inDataCentre("aws_vpc", name);
    expect(more).toEqual([]);
    expect(vpc.values).toMatchObject({ cidr_block: String(network.ipv4), ipv6_cidr_block: String(network.ipv6) });
    for (const type of [
      "aws_default_security_group",
      "aws_default_network_acl",
      "aws_default_route_table",
      "aws_route53_resolver_firewall_config",
      "aws_route53_resolver_firewall_rule_group_association",
      "aws_ec2_transit_gateway_vpc_attachment",
    ]) {
      expect([type, inDataCentre(type, name).length]).toEqual([type, 1]);
    }
    // For the site, and for the partner.
    expect(inDataCentre("aws_flow_log", name)).toHaveLength(2);
  });

  it.each(dataCentres)("%s stands in its zones and on its racks", (name, { zones, outposts }) => {
    const subnets = inDataCentre("aws_subnet", name).map(({ values }) => values);
    expect([...new Set(subnets.map((subnet) => subnet.availability_zone_id))].sort()).toEqual([...zones].sort());
    const racks = [...new Set(subnets.flatMap((subnet) => subnet.outpost_arn ?? []))];
    expect(racks).toEqual(outposts.map(({ arn }) => arn));
  });

  it("in Hamar keeps its hosts, volumes, snapshots, database, backups and objects on the rack", () => {
    const rack = dataCentresOf(enclave).find(({ name }) => name === "hamar")!.outposts[0];
    const one = (type: string) => inDataCentre(type, "hamar").map(({ values }) => values)[0];
    const onRack = inDataCentre("aws_subnet", "hamar")
      .filter(({ values }) => values.outpost_arn === rack.arn)
      .map((subnet) => `\${${addressOf(subnet)}.id}`);
    for (const { values } of inDataCentre("aws_instance", "hamar")) expect(onRack).toContain(values.subnet_id);
    for (const subnet of one("aws_db_subnet_group").subnet_ids) expect(onRack).toContain(subnet);
    expect(one("aws_db_instance").backup_target).toBe("outposts");
    for (const { values } of inDataCentre("aws_ebs_volume", "hamar")) expect(values.outpost_arn).toBe(rack.arn);
    expect(one("aws_dlm_lifecycle_policy").policy_details.schedule[0].create_rule.location).toBe("OUTPOST_LOCAL");
    expect(one("aws_s3control_bucket").outpost_id).toBe(rack.id);
    expect(onRack).toContain(one("aws_s3outposts_endpoint").subnet_id);
  });

  it("with one zone has no database, which AWS would refuse", () => {
    expect(inDataCentre("aws_db_instance", "dublin-2")).toEqual([]);
    expect(inDataCentre("aws_db_instance", "dublin-1")).toHaveLength(1);
  });
});

describe("what joins them", () => {
  it("copies objects to the declared data centres, and backups to the declared sites", () => {
    const replications = of("aws_s3_bucket_replication_configuration").filter(({ stack }) => stack === "copies");
    expect(replications.map(({ values }) => values.rule.map((rule: Attributes) => rule.id))).toEqual([
      ["to-dublin-2", "to-hamar"],
      ["to-dublin-1", "to-hamar"],
      ["to-dublin-1"],
    ]);
    const plans = of("aws_backup_plan").map(({ values }) => [values.name, values.rule[0].copy_action.length]);
    expect(plans).toEqual([
      ["clover-dublin-1", 1],
      ["clover-dublin-2", 1],
      ["clover-hamar", 1],
    ]);
  });

  it("carries nothing that stands on a rack into the region by a backup", () => {
    const selection = of("aws_backup_selection").find(({ values }) => values.name === "clover-hamar")!;
    expect(selection.values.resources).toHaveLength(1);
    expect(selection.values.resources[0]).toContain("aws_dynamodb_table");
  });

  it("peers the hubs of the two sites once", () => {
    expect(of("aws_ec2_transit_gateway_peering_attachment").map(({ values }) => values.peer_region)).toEqual([
      "eu-north-1",
    ]);
  });

  it("inspects with firewalls in the declared zones", () => {
    const firewalls = of("aws_networkfirewall_firewall").map(({ values }) => values.name);
    expect(firewalls.sort()).toEqual([
      "clover-dublin-inspection-euw1-az1",
      "clover-dublin-inspection-euw1-az3",
      "clover-hamar-inspection-eun1-az1",
    ]);
  });
});

describe("the partner", () => {
  const partner = enclave.oversight!.account.id;
  const named = (type: string, attribute: string) => of(type).map(({ values }) => values[attribute]);

  it("is given the organization's trail once, and the findings in every region", () => {
    expect(named("aws_cloudtrail_organization_delegated_admin_account", "account_id")).toEqual([partner]);
    for (const service of ["guardduty", "securityhub", "macie2"]) {
      const given = named(`aws_${service}_organization_admin_account`, "admin_account_id");
      expect(given).toEqual(siteRegions().map(() => partner));
    }
  });

  it("takes in the findings and configurations of the sites' regions, and of no others", () => {
    expect(of("aws_guardduty_organization_configuration")).toHaveLength(siteRegions().length);
    expect(of("aws_macie2_organization_configuration")).toHaveLength(siteRegions().length);
    expect(named("aws_securityhub_finding_aggregator", "specified_regions")).toEqual([["eu-north-1"]]);
    const [{ account_aggregation_source: gathered }] = of("aws_config_configuration_aggregator").map(
      (one) => one.values,
    );
    expect(gathered).toEqual({
      account_ids: enclave.sites.map(({ account }) => account.id),
      regions: siteRegions(),
      all_regions: false,
    });
  });

  it("gets the traffic, the queries and the alerts of every network", () => {
    const evidence = (text: string) => text.includes("clover-evidence-");
    const flows = named("aws_flow_log", "log_destination").filter(evidence);
    // Data centres, hubs, networks of inspection, and the partner's own.
    expect(flows).toHaveLength(dataCentresOf(enclave).length + 2 * enclave.sites.length);
    expect(named("aws_route53_resolver_query_log_config", "destination_arn").filter(evidence)).toHaveLength(
      dataCentresOf(enclave).length,
    );
    for (const { values } of of("aws_networkfirewall_logging_configuration")) {
      const [alerts] = values.logging_configuration.log_destination_config;
      expect([alerts.log_type, evidence(alerts.log_destination.bucketName)]).toEqual(["ALERT", true]);
    }
  });

  it("takes sightings from the reporting roles only, and loses none", () => {
    const [bus] = of("aws_cloudwatch_event_bus_policy").map(({ values }) => statementsOf(values.policy));
    expect(bus).toEqual([
      expect.objectContaining({
        Effect: "Allow",
        Action: "events:PutEvents",
        Condition: {
          ArnEquals: {
            "aws:PrincipalArn": [
              "arn:aws:iam::111111111111:role/clover-dublin-reporter",
              "arn:aws:iam::222222222222:role/clover-hamar-reporter",
            ],
          },
        },
      }),
    ]);
    const queues = inDataCentre("aws_sqs_queue", "oversight").map(({ values }) => values);
    for (const { kms_master_key_id: key } of queues) expect(key).toContain("aws_kms_key.keys_incidents");
    const sightings = queues.find(({ name }) => name === "clover-oversight-sightings")!;
    expect(sightings.redrive_policy).toContain("maxReceiveCount");
    expect(inDataCentre("aws_lambda_event_source_mapping", "oversight")[0].values).toMatchObject({
      event_source_arn: expect.stringContaining("queues_sightings"),
      function_response_types: ["ReportBatchItemFailures"],
    });
  });
});
