/** What an Amazon CloudWatch alarm does when its state changes. */
import { type DocumentReader, harmless, sends } from "../../flows/vocabulary";

/** Stops, reboots, recovers or terminates the instance that the metric is about: `arn:aws:automate:eu-west-1:ec2:stop`. */
const ON_INSTANCE = /^arn:[^:]+:automate:[^:]*:ec2:[a-z]+$/;

/**
 * Yields the thing that is told of the alarm (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html,
 * "AlarmActions").
 */
export const alarmAction: DocumentReader = function* (action) {
  const onInstance = typeof action === "string" && ON_INSTANCE.test(action);
  yield {
    at: "",
    value: action,
    role: onInstance ? harmless("acts on the alarm's own instance") : sends("cloudwatch.alarm-action", "arn"),
  };
};
