/**
 * The definition of an alert manager: YAML with `alertmanager_config`, a text in YAML again, whose receivers say where
 * alerts go (Amazon Managed Service for Prometheus User Guide, "Alert manager configuration"; it takes topics and
 * PagerDuty).
 */
import { find, isObject, isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends, shares } from "../../flows/vocabulary";
import { plugged } from "./holes";
import { yaml } from "./yaml";

const alert = sends("prometheus.alert", "arn", { why: "alerts are sent there" });
const KNOWN = new Set(["name", "sns_configs", "pagerduty_configs"]);
const pagerDuty = shares("prometheus.alert", "principal", { why: "alerts are sent to PagerDuty" });

/** Yields the topics and services that alerts are sent to. */
export const alertManager: DocumentReader = function* (definition) {
  const { text, unplug } = plugged(definition);
  const outer = yaml(text);
  const inner: Value = isObject(outer) ? yaml(outer.alertmanager_config ?? null) : outer;
  if (isUnknown(inner)) yield { at: "", value: inner, role: alert };
  if (!isObject(inner)) return;
  for (const { value, at } of find(inner, "receivers.sns_configs.topic_arn")) {
    yield { at: `.${at}`, value: unplug(value), role: alert };
  }
  for (const { at } of find(inner, "receivers.pagerduty_configs")) {
    yield { at: `.${at}`, value: "PagerDuty", role: pagerDuty };
  }
  for (const { value: receiver, at } of find(inner, "receivers")) {
    if (isUnknown(receiver)) yield { at: `.${at}`, value: receiver, role: alert };
    for (const kind of isObject(receiver) ? Object.keys(receiver) : []) {
      if (KNOWN.has(kind)) continue;
      yield { at: `.${at}.${kind}`, value: new Unknown(`${kind} is not modelled`), role: alert };
    }
  }
};
