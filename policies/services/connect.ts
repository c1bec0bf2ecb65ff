/** Amazon Connect: a contact centre that people reach by telephone and chat. */
import { attribute, type Resource } from "../configuration/resource";
import type { Context } from "../flows/context";
import {
  at,
  document,
  type Finding,
  harmless,
  holds,
  inert,
  moves,
  opens,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { contactFlow } from "./documents/contact-flow";
import { alwaysPublic } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/connect/latest/adminguide/${page}.html`;
const telephone = (name: string, why: string) => opens("connect.telephone", at(name).is(true), { why });
const words = harmless("words of the contact centre");

const analysed = mayImprove("contactlens");
/** Contact Lens analyses conversations unless it is switched off (CreateInstance; the provider's default is true). */
function* contactLens(instance: Resource, context: Context): Generator<Finding> {
  if (attribute(instance, "contact_lens_enabled") !== false) yield* analysed(instance, context);
}

/** A flow whose content stands in a file of the machine that runs Terraform has not been read. */
function* fromFile(flow: Resource): Generator<Finding> {
  if (attribute(flow, "filename") === null) return;
  yield {
    finding: "undecided",
    attribute: "filename",
    why: "the content of the flow stands in a file that was not read",
  };
}

const flow = (what: string) =>
  moves(what, {
    docs: "https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html",
    data: "instance_id",
    attributes: { content: document(contactFlow), filename: harmless("reported if it is given") },
    also: fromFile,
  });

export default service("Amazon Connect", {
  aws_connect_instance: holds("conversations with customers, and what agents write of them", {
    docs: guide("amazon-connect-instances"),
    attributes: {
      inbound_calls_enabled: telephone(
        "inbound_calls_enabled",
        "whoever calls from the telephone network hears answers",
      ),
      outbound_calls_enabled: telephone("outbound_calls_enabled", "calls leave by the telephone network"),
      directory_id: uses("the directory that agents are in"),
    },
    also: contactLens,
  }),
  aws_connect_phone_number: moves("leads calls from the telephone network to a contact centre", {
    docs: guide("contact-center-phone-number"),
    attributes: { target_arn: sends("connect.telephone", "arn", { why: "calls are led there" }) },
    also: alwaysPublic("connect.telephone", "calls with the number go through carriers of the telephone network"),
  }),
  aws_connect_instance_storage_config: moves("stores recordings, transcripts and records of contacts", {
    docs: guide("data-streaming"),
    data: "instance_id",
    attributes: {
      "storage_config.s3_config.bucket_name": sends("connect.storage", "bucket"),
      "storage_config.kinesis_firehose_config.firehose_arn": sends("connect.storage", "arn"),
      "storage_config.kinesis_stream_config.stream_arn": sends("connect.storage", "arn"),
      "storage_config.kinesis_video_stream_config": uses("video streams of the same account and Region"),
      "storage_config.s3_config.encryption_config.key_id": uses("the key that encrypts what is stored"),
    },
  }),
  aws_connect_bot_association: moves("lets flows hand conversations to a bot", {
    docs: guide("amazon-lex"),
    data: "instance_id",
    attributes: { "lex_bot.lex_region": sends("connect.bot", "region", { why: "the bot answers there" }) },
  }),
  aws_connect_lambda_function_association: moves("lets flows hand what is known of a contact to a function", {
    docs: guide("connect-lambda-functions"),
    data: "instance_id",
    attributes: { function_arn: sends("connect.function", "arn") },
  }),
  aws_connect_contact_flow: flow("what happens in a conversation"),
  aws_connect_contact_flow_module: flow("a part of what happens in a conversation"),
  aws_connect_quick_connect: moves("lets agents pass a conversation on", {
    docs: guide("quick-connects"),
    data: "instance_id",
    attributes: {
      "quick_connect_config.phone_config.phone_number": sends("connect.telephone", "phone", {
        why: "conversations are passed on to that number",
      }),
    },
  }),
  aws_connect_user: moves("an agent, who talks with customers", {
    docs: guide("user-management"),
    data: "instance_id",
    attributes: {
      "phone_config.desk_phone_number": sends("connect.telephone", "phone", {
        when: at("phone_config.phone_type").is("DESK_PHONE"),
        why: "conversations are led to that number",
      }),
      "identity_info.email": harmless("who the agent is; only a new password is sent there"),
      "identity_info.secondary_email": harmless("who the agent is; only notices about the account are sent there"),
      directory_user_id: uses("the agent in the directory"),
    },
  }),
  aws_connect_hours_of_operation: inert("when agents work", resourcePage("connect_hours_of_operation"), {
    time_zone: harmless("a time zone"),
  }),
  aws_connect_phone_number_contact_flow_association: inert(
    "which flow answers a number",
    resourcePage("connect_phone_number_contact_flow_association"),
    { phone_number_id: uses("the number, judged by itself") },
  ),
  aws_connect_queue: inert("where contacts wait", resourcePage("connect_queue")),
  aws_connect_routing_profile: inert("which queues an agent takes from", resourcePage("connect_routing_profile")),
  aws_connect_security_profile: inert("what agents may see and do", resourcePage("connect_security_profile")),
  aws_connect_user_hierarchy_group: inert("groups of agents", resourcePage("connect_user_hierarchy_group")),
  aws_connect_user_hierarchy_structure: inert("levels of groups", resourcePage("connect_user_hierarchy_structure")),
  aws_connect_vocabulary: inert("words that are to be recognized", resourcePage("connect_vocabulary"), {
    content: words,
  }),
});
