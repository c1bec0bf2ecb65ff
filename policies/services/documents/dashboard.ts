/** The body of an Amazon CloudWatch dashboard. */
import { find, isObject, isUnknown, Unknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";

/**
 * Yields the functions that custom widgets call; all other widgets only show what is read from accounts and Regions
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
 */
export const dashboardBody: DocumentReader = function* (document) {
  const role = sends("cloudwatch.custom-widget", "arn");
  const body = json(document);
  if (!isObject(body)) {
    yield { at: "", value: isUnknown(body) ? body : new Unknown("the body is no object"), role };
    return;
  }
  for (const found of find(body, "widgets")) {
    if (isUnknown(found.value)) yield { at: `.${found.at}`, value: found.value, role };
  }
  for (const found of find(body, "widgets.properties.endpoint")) {
    yield { at: `.${found.at}`, value: found.value, role };
  }
};
