/** Where the jobs of AWS Glue run: in the VPC of a connection, or in Glue's own network. */
import { attribute, type Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import type { Context } from "../flows/context";
import type { Finding } from "../flows/vocabulary";

const hasSubnet = (connection: Resource): boolean =>
  find(connection.values, "physical_connection_requirements.subnet_id").length > 0;

/**
 * A job runs in a network of Glue's own, with internet access, unless one of its connections has a subnet: then Glue gives
 * it an interface there, and the VPC needs a way out of its own for the internet
 * (https://docs.aws.amazon.com/glue/latest/dg/start-connecting.html).
 */
export function* jobNetwork(job: Resource, context: Context): Iterable<Finding> {
  const names = find(job.values, "connections");
  const connections = names.map(({ value }) => {
    const denoted = context.denoted(value).find(({ mode }) => mode === "managed");
    return (
      denoted ??
      context.ofType("aws_glue_connection").find((one) => attribute(one, "name") === value && one.stack === job.stack)
    );
  });
  if (connections.some((connection) => connection && hasSubnet(connection))) return;
  const unseen = names.find((_, i) => connections[i] === undefined);
  if (unseen) {
    const [reference] = isUnknown(unseen.value) ? unseen.value.references : [];
    const why = isUnknown(unseen.value)
      ? (reference && `${reference.address} is looked up`) || unseen.value.why
      : `the connection ${String(unseen.value)} is not in this configuration`;
    yield { finding: "undecided", attribute: unseen.at, why: `in which network the job runs can't be seen: ${why}` };
    return;
  }
  yield {
    finding: "flow",
    channel: "glue.internet",
    attribute: "connections",
    to: { to: "internet" },
    why: "without a connection that has a subnet the job runs in a network of Glue's own, which reaches the internet",
  };
}
