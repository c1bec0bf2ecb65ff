/** AWS Elemental MediaLive: encodes live video and sends it on. */
import { isUnknown } from "../configuration/value";
import {
  at,
  type DocumentReader,
  document,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  network,
  opens,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { bucketOf } from "./documents/s3-uri";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/medialive/latest/ug/${page}.html`;

/** `s3://` and `s3ssl://` name a bucket, any other URL a host (User Guide, "Specify the destination for the output"). */
const destination: DocumentReader = function* (url) {
  const text = isUnknown(url) ? url.parts?.[0] : url;
  const inBucket = typeof text === "string" && /^s3(?:ssl)?:\/\//.test(text);
  if (inBucket && typeof url === "string") {
    yield { at: "", value: bucketOf(url.replace(/^s3ssl:/, "s3:")), role: sends("medialive.output", "bucket") };
  } else if (inBucket) {
    yield { at: "", value: bucketOf(url), role: sends("medialive.output", "bucket") };
  } else {
    yield { at: "", value: url, role: sends("medialive.output", "url", { why: "video is sent there" }) };
  }
};

/** Interfaces of AWS's own encoders, which push to the named destinations and pull from the named sources. */
const encoders = (addresses?: string): InterfaceRule => ({
  subnets: "vpc.subnet_ids",
  groups: "vpc.security_group_ids",
  publicIpv4: "never",
  ...(addresses && { elasticIps: addresses }),
  initiates: false,
  without: "nothing",
});
const groups = "encoder_settings.output_groups.output_group_settings";
const acl = (path: string) =>
  opens("medialive.s3-acl", at(path).is("PUBLIC_READ", "AUTHENTICATED_READ"), {
    why: "anybody, or whoever has an AWS account, may read the objects that are written",
  });

const acls = Object.fromEntries(
  [
    `${groups}.archive_group_settings.archive_cdn_settings.archive_s3_settings.canned_acl`,
    `${groups}.frame_capture_group_settings.frame_capture_cdn_settings.frame_capture_s3_settings.canned_acl`,
    `${groups}.hls_group_settings.hls_cdn_settings.hls_s3_settings.canned_acl`,
  ].map((path) => [path, acl(path)]),
);

export default service("AWS Elemental MediaLive", {
  aws_medialive_channel: moves("encodes live video and sends it to destinations", {
    docs: guide("feature-destinations"),
    attributes: {
      role_arn: uses("the role that reads and writes"),
      "destinations.settings.url": document(destination),
      "destinations.media_package_settings.channel_id": uses("a channel of the same account and Region"),
      "destinations.multiplex_settings.multiplex_id": uses("a multiplex of the same account and Region"),
      ...acls,
      // Pictures, fonts and keys are fetched; base addresses are written into playlists; references name destinations.
      encoder_settings: receives("pictures, fonts and keys come from what it names; outputs refer to the destinations"),
      input_attachments: uses("inputs, judged by themselves"),
      "vpc.subnet_ids": network,
      "vpc.security_group_ids": network,
      "vpc.public_address_allocation_ids": network,
    },
    interfaces: [encoders("vpc.public_address_allocation_ids")],
  }),
  aws_medialive_input: moves("takes in live video", {
    docs: guide("creating-input"),
    attributes: {
      "sources.url": receives("video comes from there"),
      "media_connect_flows.flow_arn": receives("video comes from there"),
      role_arn: uses("the role that fetches"),
      "vpc.subnet_ids": network,
      "vpc.security_group_ids": network,
    },
    interfaces: [encoders()],
  }),
  aws_medialive_input_security_group: inert(
    "from where video may be pushed",
    resourcePage("medialive_input_security_group"),
    { "whitelist_rules.cidr": receives("video may come from there") },
  ),
  aws_medialive_multiplex: holds("combines programmes into one stream", {
    docs: guide("multiplex-overview"),
    attributes: { availability_zones: stands("zone") },
  }),
  aws_medialive_multiplex_program: inert("a programme of a stream", resourcePage("medialive_multiplex_program"), {
    multiplex_program_settings: harmless("numbers and names of the programme"),
  }),
});
