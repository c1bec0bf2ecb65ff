import { at, type Entry, harmless, inert, moves, opens, receives, sends, service, uses } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

/** What fetches by a connection does so through its own network; the connection is a credential. */
const connection = (name: string): Entry =>
  inert("a credential for a source's provider", resourcePage(name), {
    provider_type: receives("source comes from there"),
    host_arn: receives("source comes from there"),
  });

const host = (name: string): Entry =>
  inert("a source's provider that the owner runs", resourcePage(name), {
    provider_endpoint: receives("source comes from there"),
    "vpc_configuration.vpc_id": uses("the network in which the provider is reached"),
    "vpc_configuration.subnet_ids": uses("interfaces by which the provider is reached"),
    "vpc_configuration.security_group_ids": uses("interfaces by which the provider is reached"),
    "vpc_configuration.tls_certificate": harmless("the provider's certificate"),
  });

export default service("AWS Developer Tools connections and notifications", {
  aws_codeconnections_connection: connection("codeconnections_connection"),
  aws_codestarconnections_connection: connection("codestarconnections_connection"),
  aws_codeconnections_host: host("codeconnections_host"),
  aws_codestarconnections_host: host("codestarconnections_host"),
  aws_codestarnotifications_notification_rule: moves("tells of events in repositories, builds and pipelines", {
    docs: "https://docs.aws.amazon.com/dtconsole/latest/userguide/notification-target-create.html",
    data: "resource",
    attributes: {
      resource: receives("events come from there"),
      "target.address": sends("codestarnotifications.target", "arn"),
      "target.type": opens("codestarnotifications.chat", at("target.type", "SNS").isNot("SNS"), {
        why: "what happened is posted in a chat, whose provider keeps it",
      }),
      detail_type: harmless("how much is told"),
    },
  }),
  ...lookups({ codestarconnections_connection: "a connection by name" }),
});
