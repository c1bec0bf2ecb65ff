/**
 * Directories of users of AWS Transfer Family: `/bucket/path`, or `/fs-…/path` of an EFS file system (AWS Transfer Family
 * API Reference, CreateUser, "HomeDirectory", and HomeDirectoryMapEntry).
 */
import { isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { bucketOf } from "./s3-uri";

/** Yields the bucket or file system that what is uploaded to a directory comes into. */
export const homeDirectory: DocumentReader = function* (directory) {
  const value = bucketOf(withoutSlash(directory));
  const files = typeof value === "string" && value.startsWith("fs-");
  const why = "files that are uploaded are written there";
  yield { at: "", value, role: sends("transfer.directory", files ? "id" : "bucket", { why }) };
};

function withoutSlash(path: Value): Value {
  if (typeof path === "string") return path.replace(/^\/+/, "");
  const [first, ...rest] = isUnknown(path) ? (path.parts ?? []) : [];
  if (!isUnknown(path) || typeof first !== "string") return path;
  return new Unknown(path.why, { parts: [first.replace(/^\/+/, ""), ...rest], references: path.references });
}
