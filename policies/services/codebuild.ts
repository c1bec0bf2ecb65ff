import { attribute, type Resource } from "../configuration/resource";
import { find, isList, isObject, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  document,
  type Entry,
  type Finding,
  grants,
  harmless,
  holds,
  inert,
  moves,
  opens,
  places,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { s3Uri } from "./documents/s3-uri";
import { networkElsewhere } from "./joins";
import { sentToItsRegion } from "./nature";
import { actionPage, lookups, resourcePage } from "./pages";

const INTERNET = "codebuild.internet";

const source = (block: string): Entry["attributes"] => ({
  // The state of each build is written to the commit at the source's provider.
  [`${block}.location`]: sends("codebuild.build-status", "url", {
    when: at(`${block}.report_build_status`, false).is(true),
    why: "the state of each build is reported to the source's provider",
  }),
  [`${block}.auth.resource`]: uses("the credentials for the source"),
  [`${block}.buildspec`]: receives(
    "the build's commands; what they can reach is bounded by the build's network and role",
  ),
  [`${block}.build_status_config`]: harmless("label and link of the reported state"),
});

const artifacts = (block: string): Entry["attributes"] => ({
  [`${block}.location`]: document(s3Uri("codebuild.artifacts", at(`${block}.type`).is("S3"))),
  [`${block}.path`]: harmless("the beginning of object names"),
  [`${block}.bucket_owner_access`]: harmless(
    "what the owner of the bucket may do with the objects; whose it is, location says",
  ),
});

/**
 * Where a project's builds run: in its VPC; without one in a network of CodeBuild's own; on a fleet in the fleet's, but
 * when that is full and may overflow, again in the project's
 * (https://docs.aws.amazon.com/codebuild/latest/userguide/fleets.html, "Overflow behavior").
 */
function* buildNetwork(project: Resource, context: Context): Iterable<Finding> {
  // A block without subnets is no VPC: "vpcConfig" may be empty (UpdateProject).
  const networks = find(project.values, "vpc_config").filter(
    ({ value }) => !(isObject(value) && isList(value.subnets) && value.subnets.length === 0),
  );
  if (networks.some(({ value }) => !isUnknown(value))) return;
  const maybeNone = networks.map(({ value }) => (isUnknown(value) ? value.why : ""))[0];
  const fleets = find(project.values, "environment.fleet.fleet_arn");
  if (fleets.length === 0) {
    yield onTheInternet("vpc_config", NO_VPC, maybeNone);
    return;
  }
  for (const { value, at: place } of fleets) {
    const [fleet] = context.denoted(value);
    const behaviour = fleet ? (attribute(fleet, "overflow_behavior") ?? "ON_DEMAND") : null;
    if (behaviour === "QUEUE") continue;
    const unseen = fleet ? undefined : "the fleet's overflow behaviour is not in this configuration";
    const open = maybeNone ?? (isUnknown(behaviour) ? behaviour.why : unseen);
    yield onTheInternet(
      place,
      "builds that find the fleet busy run on machines with internet access, since the project names no VPC",
      open,
    );
  }
}

const NO_VPC = "without vpc_config the build runs in a network of CodeBuild's own, which reaches the internet";

const onTheInternet = (attribute: string, why: string, unless: string | undefined): Finding => ({
  finding: "flow",
  channel: INTERNET,
  attribute,
  to: { to: "internet" },
  why,
  ...(unless === undefined ? {} : { unless }),
});

export default service("AWS CodeBuild", {
  aws_codebuild_project: moves("runs commands on checked-out source", {
    docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html",
    attributes: {
      ...source("source"),
      ...source("secondary_sources"),
      ...artifacts("artifacts"),
      ...artifacts("secondary_artifacts"),
      "cache.location": document(s3Uri("codebuild.cache", at("cache.type", "NO_CACHE").is("S3"))),
      "logs_config.s3_logs.location": document(
        s3Uri("codebuild.logs", at("logs_config.s3_logs.status", "DISABLED").is("ENABLED")),
      ),
      "logs_config.s3_logs.bucket_owner_access": harmless("what the owner of the bucket may do with the objects"),
      "logs_config.cloudwatch_logs": harmless("a log group of the project's own account and Region"),
      "environment.image": receives("the image comes from there"),
      "environment.certificate": receives("a certificate that the build trusts"),
      "environment.environment_variable": harmless("read by the build's commands, which its network and role bound"),
      "environment.registry_credential": uses("the credentials for the image's registry"),
      "environment.fleet.fleet_arn": sends("codebuild.fleet", "arn", { why: "builds run on the fleet's machines" }),
      "environment.docker_server.security_group_ids": { role: "network" },
      file_system_locations: uses("a file system mounted through the build's own interfaces"),
      project_visibility: opens("codebuild.public-builds", at("project_visibility", "PRIVATE").is("PUBLIC_READ"), {
        why: "anybody may read the builds' logs and artifacts",
      }),
      badge_enabled: opens("codebuild.badge", at("badge_enabled", false).is(true), {
        why: "anybody may fetch the state of the last build",
      }),
      resource_access_role: uses("the role by which public builds show logs and artifacts"),
      service_role: uses("the role that the build acts with"),
      "build_batch_config.service_role": uses("the role that starts the builds of a batch"),
      encryption_key: uses("the key that encrypts artifacts"),
      "vpc_config.vpc_id": { role: "network" },
    },
    interfaces: [
      {
        subnets: "vpc_config.subnets",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
    *also(project, context) {
      yield* networkElsewhere(project, context, "environment.fleet.fleet_arn", "builds run on a fleet");
      yield* buildNetwork(project, context);
    },
  }),

  aws_codebuild_fleet: places("keeps machines ready on which builds run", {
    docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/fleets.html",
    attributes: {
      fleet_service_role: uses("the role that makes the machines"),
      image_id: receives("the machines' image comes from there"),
      overflow_behavior: harmless("where builds run when the fleet is full is judged at each project"),
      "vpc_config.vpc_id": { role: "network" },
    },
    interfaces: [
      {
        subnets: "vpc_config.subnets",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        without: {
          internet: INTERNET,
          why: "without vpc_config the fleet's machines stand in a network of CodeBuild's own, which reaches the internet",
        },
      },
    ],
  }),

  aws_codebuild_report_group: holds("keeps test reports, and on choice exports them", {
    docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/test-report-group-export-settings.html",
    attributes: {
      "export_config.s3_destination.bucket": sends("codebuild.report-export", "bucket"),
      "export_config.s3_destination.encryption_key": uses("the key that encrypts the reports"),
      "export_config.s3_destination.path": harmless("the beginning of object names"),
    },
  }),

  aws_codebuild_resource_policy: grants("shares a project or a report group with other accounts", {
    docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/project-sharing.html",
    data: "resource_arn",
    attributes: { policy: policy("codebuild.policy") },
  }),

  aws_codebuild_source_credential: inert(
    "keeps the credential for a source's provider",
    resourcePage("codebuild_source_credential"),
    {
      server_type: receives("source comes from there"),
      token: harmless("a credential"),
    },
  ),
  aws_codebuild_webhook: moves("lets a source's provider start builds", {
    docs: "https://docs.aws.amazon.com/codebuild/latest/userguide/webhooks.html",
    data: "project_name",
    attributes: {
      project_name: uses("the project that is built"),
      "scope_configuration.domain": receives("events come from there"),
      "scope_configuration.name": receives("events come from there"),
      "filter_group.filter.pattern": harmless("which events start a build"),
    },
  }),

  "action.aws_codebuild_start_build": moves("starts a build when Terraform applies; the project says where it runs", {
    docs: actionPage("codebuild_start_build"),
    attributes: { project_name: uses("the project that is built") },
    also: sentToItsRegion("codebuild.start", "the project is there"),
  }),

  ...lookups({ codebuild_fleet: "a fleet by name" }),
});
