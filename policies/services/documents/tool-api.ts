/** OpenAPI descriptions of tools that a gateway calls: requests go to the servers that the description names. */
import { find, isObject, isUnknown, Unknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { yaml } from "./yaml";

const role = sends("agentcore.tool", "url", { why: "the tool is called there" });

/** Yields the servers (OpenAPI Specification 3.1, "Server Object"; they may also stand at a path or an operation). */
export const toolApi: DocumentReader = function* (text) {
  const api = yaml(text);
  if (isUnknown(api)) yield { at: "", value: api, role };
  if (!isObject(api)) return;
  const servers = ["servers.url", "paths.*.servers.url", "paths.*.*.servers.url"].flatMap((path) => find(api, path));
  if (servers.length === 0) yield { at: "", value: new Unknown("the description names no server"), role };
  for (const { value, at } of servers) yield { at: `.${at}`, value, role };
};

/** A description that is kept in a bucket, or in a language that is not read here: what it names is not known. */
export const unreadTool = (what: string): DocumentReader =>
  function* () {
    yield { at: "", value: new Unknown(what), role };
  };
