/** The manifest of an AWS Control Tower landing zone (AWS Control Tower User Guide, "Landing zone schemas"). */
import { find, isObject, isUnknown } from "../../configuration/value";
import { type DocumentReader, shares } from "../../flows/vocabulary";
import { json } from "./json";

/** Accounts that logs and findings of the whole organization are kept in. */
const ACCOUNTS = [
  "centralizedLogging.accountId",
  "securityRoles.accountId",
  "backup.configurations.centralBackup.accountId",
];

/** Yields the accounts that take in the organization's logs. */
export const landingZone: DocumentReader = function* (document) {
  const manifest = json(document);
  if (isUnknown(manifest)) yield { at: "", value: manifest, role: shares("controltower.log-archive", "account") };
  if (!isObject(manifest)) return;
  for (const path of ACCOUNTS) {
    for (const { value, at } of find(manifest, path)) {
      yield { at: `.${at}`, value, role: shares("controltower.log-archive", "account") };
    }
  }
};
