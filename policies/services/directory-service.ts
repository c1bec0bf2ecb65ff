import {
  at,
  carries,
  type DocumentReader,
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  network,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { servers } from "./documents/servers";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/directoryservice/latest/admin-guide/${page}.html`;
const queries = servers("directory.dns-forwarding", "questions for names are forwarded there");

/** A directory of this configuration is judged where it stands; any other is the one that its name says. */
const remoteDirectory: DocumentReader = function* (name, _trust, context) {
  const own = context.ofType("aws_directory_service_directory").some((one) => one.values.name === name);
  if (own || context.denoted(name).some(({ type }) => type === "aws_directory_service_directory")) return;
  const role = shares("directory.trust", "host", {
    when: at("trust_direction").isNot("One-Way: Incoming"),
    why: "users of the other directory are let in",
  });
  yield { at: "", value: name, role };
};

export default service("AWS Directory Service", {
  aws_directory_service_directory: holds("keeps users, groups and machines, in two subnets", {
    docs: guide("what_is"),
    attributes: {
      "vpc_settings.subnet_ids": network,
      "vpc_settings.vpc_id": network,
      "connect_settings.subnet_ids": network,
      "connect_settings.vpc_id": network,
      "connect_settings.customer_dns_ips": servers(
        "directory.connector",
        "sign-ins are checked by the directory there",
      ),
      alias: harmless("a name"),
    },
    interfaces: [
      { subnets: "vpc_settings.subnet_ids", publicIpv4: "never", initiates: false, without: "nothing" },
      { subnets: "connect_settings.subnet_ids", publicIpv4: "never", initiates: false, without: "nothing" },
    ],
  }),
  aws_directory_service_region: moves("copies a directory into another Region", {
    docs: guide("ms_ad_configure_multi_region_replication"),
    data: "directory_id",
    attributes: {
      region_name: sends("directory.replication", "region", { why: "the whole directory is copied there" }),
      "vpc_settings.subnet_ids": uses("subnets in that Region"),
      "vpc_settings.vpc_id": uses("a VPC in that Region"),
    },
  }),
  aws_directory_service_shared_directory: grants("lets another account use a directory", {
    docs: guide("ms_ad_directory_sharing"),
    data: "directory_id",
    attributes: {
      "target.id": shares("directory.sharing", "account"),
      notes: harmless("text for people"),
    },
  }),
  aws_directory_service_shared_directory_accepter: inert(
    "accepts a directory that another account shares",
    resourcePage("directory_service_shared_directory_accepter"),
  ),
  // "One-Way: Incoming" lets the users of this directory into the other; any other direction lets others in.
  aws_directory_service_trust: grants("trusts, or is trusted by, another directory", {
    docs: guide("ms_ad_setup_trust"),
    data: "directory_id",
    attributes: {
      remote_domain_name: document(remoteDirectory),
      conditional_forwarder_ip_addrs: queries,
    },
  }),
  aws_directory_service_conditional_forwarder: carries("forwards questions for names of another domain", {
    docs: guide("ms_ad_conditional_forwarders"),
    data: "directory_id",
    attributes: {
      dns_ips: queries,
      remote_domain_name: harmless("for which names it is"),
    },
  }),
  aws_directory_service_radius_settings: moves("has second factors checked by RADIUS servers", {
    docs: guide("ms_ad_mfa"),
    data: "directory_id",
    attributes: {
      radius_servers: servers("directory.radius", "names and second factors are sent there"),
    },
  }),
  aws_directory_service_log_subscription: inert(
    "writes security events into a log group of the same account and Region",
    resourcePage("directory_service_log_subscription"),
    { log_group_name: uses("the log group") },
  ),
});
