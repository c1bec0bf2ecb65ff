import { at, document, harmless, holds, moves, opens, sends, service, uses } from "../flows/vocabulary";
import { brokerConfiguration } from "./documents/broker-configuration";
import { servers } from "./documents/servers";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/${page}.html`;
const isActiveMq = at("engine_type").is("ActiveMQ", "ACTIVEMQ", "activemq");

export default service("Amazon MQ", {
  aws_mq_broker: holds("keeps messages until consumers take them", {
    docs: guide("using-amazon-mq-securely"),
    attributes: {
      // A public ActiveMQ broker has public addresses in the owner's subnets; a public RabbitMQ broker stands in a
      // network of the service's own.
      publicly_accessible: opens("mq.public-broker", at("publicly_accessible", false).is(true), {
        when: { ...isActiveMq, test: (value) => !isActiveMq.test(value), text: "engine_type is not ActiveMQ" },
        why: "the broker answers on the internet",
      }),
      // Each of the two brokers takes the other's part at a switchover, so data goes both ways.
      data_replication_primary_broker_arn: sends("mq.replication", "arn"),
      "configuration.id": uses("the broker's configuration, where it is judged"),
      "encryption_options.kms_key_id": uses("the key that encrypts messages at rest"),
      ldap_server_metadata: harmless("how users are looked up"),
      "ldap_server_metadata.hosts": servers("mq.authentication", "names and passwords of users are sent there"),
      "maintenance_window_start_time.time_zone": harmless("the time zone of the clock"),
      subnet_ids: { role: "network" },
      security_groups: { role: "network" },
      user: harmless("names and passwords of users"),
    },
    interfaces: [
      {
        subnets: "subnet_ids",
        groups: "security_groups",
        publicIpv4: { path: "publicly_accessible", absent: false },
        initiates: false,
        without: "default-vpc",
      },
    ],
  }),
  aws_mq_configuration: moves("sets up brokers, on choice as a network that passes messages on", {
    docs: guide("amazon-mq-creating-configuring-network-of-brokers"),
    attributes: { data: document(brokerConfiguration) },
  }),
  ...lookups({
    mq_broker: "a broker by name",
    mq_broker_engine_types: "engines and their versions",
    mq_broker_instance_type_offerings: "sizes of brokers",
  }),
});
