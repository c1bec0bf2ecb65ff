/** The data protection policy of Amazon SNS and Amazon CloudWatch Logs, as far as it names places. */
import { find, isObject, isUnknown } from "../../configuration/value";
import { type DocumentReader, harmless, sends } from "../../flows/vocabulary";
import { json } from "./json";

/**
 * Yields where the findings of an audit go. The log group and the delivery stream are names of the same account and
 * Region; the bucket is a name alone
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html).
 */
export const dataProtectionPolicy = (channel: string): DocumentReader =>
  function* (document) {
    const policy = json(document);
    if (!isObject(policy)) {
      yield { at: "", value: policy, role: sends(channel, "any") };
      return;
    }
    const destination = "Statement.Operation.Audit.FindingsDestination";
    for (const found of find(policy, `${destination}.S3.Bucket`)) {
      yield { at: `.${found.at}`, value: found.value, role: sends(channel, "bucket") };
    }
    for (const kind of ["CloudWatchLogs.LogGroup", "Firehose.DeliveryStream"]) {
      for (const found of find(policy, `${destination}.${kind}`)) {
        const elsewhere = isUnknown(found.value) || (typeof found.value === "string" && found.value.startsWith("arn:"));
        const role = elsewhere ? sends(channel, "arn") : harmless("a name of the same account and Region");
        yield { at: `.${found.at}`, value: found.value, role };
      }
    }
  };
