import {
  at,
  type Entry,
  grants,
  harmless,
  holds,
  inert,
  moves,
  opens,
  receives,
  service,
  shares,
  stands,
  uses,
} from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/lightsail/latest/userguide/${page}.html`;

/** Amazon Lightsail has networks of its own, in which everything has public addresses unless it says otherwise. */
const onTheInternet = (attribute: string, why: string) => opens("lightsail.internet", at(attribute).isNot(""), { why });
const names = worldwide("Lightsail keeps its DNS zones in us-east-1; they hold names and addresses, and no payload");
const helper = (what: string, name: string, attributes: Entry["attributes"] = {}): Entry =>
  inert(what, resourcePage(name), attributes);

export default service("Amazon Lightsail", {
  aws_lightsail_instance: moves("runs a machine with a public address", {
    docs: guide("understanding-public-ip-and-private-ip-addresses-in-amazon-lightsail"),
    attributes: {
      availability_zone: stands("zone"),
      bundle_id: onTheInternet(
        "bundle_id",
        "the machine stands in a network of Lightsail's own, with a public address, and reaches the internet",
      ),
      ip_address_type: harmless("the family of its addresses"),
      blueprint_id: receives("the machine's image comes from AWS"),
      user_data: harmless("commands that it runs at start"),
      add_on: harmless("snapshots in the same Region"),
    },
  }),
  aws_lightsail_instance_public_ports: grants("says from where a machine's ports are reached", {
    docs: guide("understanding-firewall-and-port-mappings-in-amazon-lightsail"),
    data: "instance_name",
    attributes: {
      // Addresses are optional; the pages do not say what holds without them: all, as on a port that the console opens.
      "port_info.protocol": opens("lightsail.ports", at("port_info.protocol").isNot(""), {
        when: ["cidrs", "ipv6_cidrs", "cidr_list_aliases"].map((list) => at(`port_info.${list}`).isNotSet()),
        why: "the ports are open to every address",
      }),
      "port_info.cidrs": shares("lightsail.ports", "cidr"),
      "port_info.ipv6_cidrs": shares("lightsail.ports", "cidr"),
      "port_info.cidr_list_aliases": harmless("addresses of Lightsail's own, for sessions in the browser"),
    },
  }),
  aws_lightsail_container_service: holds("capacity for containers, which deployments use", {
    docs: guide("amazon-lightsail-container-services"),
    attributes: {
      // Names are of use only to a deployment with a public endpoint, whichever configuration makes it.
      public_domain_names: opens("lightsail.public-endpoint", at("public_domain_names").isSet(), {
        why: "the containers answer on the internet under these names",
      }),
      "private_registry_access.ecr_image_puller_role": uses("the role that fetches images"),
    },
  }),
  aws_lightsail_container_service_deployment_version: moves("runs containers", {
    docs: guide("amazon-lightsail-container-services-deployments"),
    data: "service_name",
    attributes: {
      service_name: onTheInternet(
        "service_name",
        "the containers run in a network of Lightsail's own, which reaches the internet",
      ),
      "container.image": receives("the image comes from there"),
      "container.environment": harmless("read by the code"),
      public_endpoint: harmless("which container answers on the internet"),
    },
  }),
  aws_lightsail_database: holds("keeps a database in a network of Lightsail's own", {
    docs: guide("amazon-lightsail-configuring-database-public-mode"),
    attributes: {
      availability_zone: stands("zone"),
      publicly_accessible: opens("lightsail.public-database", at("publicly_accessible", false).is(true), {
        why: "the database answers on the internet",
      }),
      master_database_name: harmless("its own name"),
    },
  }),
  aws_lightsail_bucket: holds("keeps objects, which nobody may read without keys or access for machines", {
    docs: guide("amazon-lightsail-understanding-bucket-permissions"),
  }),
  aws_lightsail_bucket_access_key: grants("makes a key that reads a bucket", {
    docs: guide("amazon-lightsail-creating-bucket-access-keys"),
    data: "bucket_name",
    attributes: {
      bucket_name: opens("lightsail.bucket-key", at("bucket_name").isNot(""), {
        why: "whoever has the key reads the bucket, from anywhere, until it is deleted",
      }),
    },
  }),
  aws_lightsail_bucket_resource_access: grants("lets a machine or container service of the account read a bucket", {
    docs: guide("amazon-lightsail-configuring-bucket-resource-access"),
    data: "bucket_name",
    attributes: { bucket_name: uses("the bucket"), resource_name: uses("the machine, where it is judged") },
  }),
  aws_lightsail_disk: holds("keeps a machine's data", {
    docs: guide("elastic-block-storage-and-ssd-disks-in-amazon-lightsail"),
    attributes: { availability_zone: stands("zone") },
  }),
  aws_lightsail_distribution: moves("serves an origin's answers from edge locations", {
    docs: guide("amazon-lightsail-content-delivery-network-distributions"),
    attributes: {
      is_enabled: opens("lightsail.distribution", at("is_enabled", true).isNot(false), {
        why: "answers are kept at and served from edge locations all over the world",
      }),
      "origin.region_name": receives("answers come from there"),
      "origin.name": receives("answers come from there"),
      "origin.protocol_policy": harmless("whether the origin is asked with TLS"),
      ip_address_type: harmless("the family of its addresses"),
      cache_behavior_settings: harmless("which requests are told apart"),
      cache_behavior: harmless("which answers are kept"),
    },
  }),
  aws_lightsail_lb: moves("hands requests from the internet to machines", {
    docs: guide("understanding-lightsail-load-balancers"),
    attributes: {
      name: onTheInternet("name", "the load balancer answers on the internet"),
      ip_address_type: harmless("the family of its addresses"),
      health_check_path: harmless("a path of the application"),
    },
  }),

  aws_lightsail_lb_attachment: helper("puts a machine behind a load balancer", "lightsail_lb_attachment"),
  aws_lightsail_lb_certificate: helper("a certificate for a load balancer", "lightsail_lb_certificate", {
    domain_name: harmless("the name in it"),
    subject_alternative_names: harmless("names in it"),
  }),
  aws_lightsail_lb_certificate_attachment: helper(
    "gives a load balancer a certificate",
    "lightsail_lb_certificate_attachment",
  ),
  aws_lightsail_lb_https_redirection_policy: helper(
    "sends browsers from HTTP to HTTPS",
    "lightsail_lb_https_redirection_policy",
  ),
  aws_lightsail_lb_stickiness_policy: helper("keeps a visitor at the same machine", "lightsail_lb_stickiness_policy"),
  aws_lightsail_certificate: helper("a certificate", "lightsail_certificate", {
    domain_name: harmless("the name in it"),
    subject_alternative_names: harmless("names in it"),
  }),
  aws_lightsail_disk_attachment: helper("gives a machine a disk", "lightsail_disk_attachment"),
  // "Domain and distribution APIs are only available in the N. Virginia (us-east-1) AWS Region" (CreateDomain, "Errors").
  aws_lightsail_domain: names("a zone of names that everybody can ask for", resourcePage("lightsail_domain"), {
    domain_name: harmless("the name"),
  }),
  aws_lightsail_domain_entry: names("a name and what it stands for", resourcePage("lightsail_domain_entry"), {
    domain_name: harmless("the zone"),
    target: harmless("what the name stands for; it leads clients there, no data of the zone's owner"),
  }),
  aws_lightsail_key_pair: helper("a key that admits administrators", "lightsail_key_pair"),
  aws_lightsail_static_ip: helper("an address that a machine can be given", "lightsail_static_ip"),
  aws_lightsail_static_ip_attachment: helper(
    "gives a machine, which has a public address anyway, a lasting one",
    "lightsail_static_ip_attachment",
    { static_ip_name: harmless("the address, by name") },
  ),
});
