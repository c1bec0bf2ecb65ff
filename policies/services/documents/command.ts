/**
 * Commands that Terraform has a shell run. What a program does can't be read off its name; the addresses on its command
 * line can: URLs, `s3://` buckets, `user@host` of scp, ssh and rsync.
 */
import { isList, isUnknown, type Value } from "../../configuration/value";
import { type DocumentPart, sends } from "../../flows/vocabulary";

const WHY = "the command names this address";

/** The addresses that the words of a command name. */
export function* commandAddresses(command: Value, channel: string, at = ""): Generator<DocumentPart> {
  if (isList(command)) {
    for (let i = 0; i < command.length; i++) yield* commandAddresses(command[i], channel, `${at}[${i}]`);
    return;
  }
  const texts = isUnknown(command) ? (command.parts ?? []) : [command];
  for (const text of texts) {
    if (typeof text !== "string") continue;
    for (const word of text.split(/[\s"'`;|&()<>=,]+/)) {
      const form = formOf(word);
      if (form) yield { at, value: form.value, role: sends(channel, form.form, { why: WHY }) };
    }
  }
}

function formOf(word: string): { value: string; form: "url" | "bucket" | "host" } | undefined {
  const bucket = /^s3:\/\/([^/]+)/i.exec(word)?.[1];
  if (bucket !== undefined) return { value: bucket, form: "bucket" };
  if (/^(?!file:)[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(word)) return { value: word, form: "url" };
  const host = /^[\w.-]+@([\w-]+(?:\.[\w-]+)+)(?::.*)?$/.exec(word)?.[1];
  return host === undefined ? undefined : { value: host, form: "host" };
}
