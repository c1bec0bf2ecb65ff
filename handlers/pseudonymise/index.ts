/** A step of the transfer gateway: puts an object of the site into the outbox with tokens for its identifiers. */
import { S3Client } from "@aws-sdk/client-s3";
import { record } from "../common/evidence";
import { purposeKey } from "../common/purpose-key";
import { Refusal } from "../common/refusal";
import { type ClassSetting, jsonSetting, setting } from "../common/settings";
import { pseudonymiseCsv } from "./csv";
import { pseudonymiseJsonLines } from "./json-lines";
import type { Outcome } from "./outcome";
import { pseudonymiseParquet } from "./parquet";
import { defaultRecordLimit, type Rule } from "./rule";
import { newestVersion, randomAccess, type Source, streamOf } from "./source";
import { tokenizer } from "./tokens";
import { Upload } from "./upload";

export interface PseudonymiseEvent {
  readonly id: string;
  /** Declared class of the data. */
  readonly dataClass: string;
  /** Key of the object in the site's bucket. */
  readonly object: string;
}

/** What came of it; both objects stand in the outbox. */
export interface Pseudonymised {
  readonly key: string;
  readonly version: string | undefined;
  readonly bytes: number;
  readonly records: number;
  readonly setAside: number;
  /** JSON lines that say where each record stands that was set aside, and why. */
  readonly asideKey: string;
}

const client = new S3Client({});

/** @throws Refusal if nothing of the object can be passed on; it is recorded, and the outbox stays as it was */
export async function handler(event: PseudonymiseEvent): Promise<Pseudonymised> {
  const step = { request: event.id, kind: "transfers" } as const;
  try {
    const { result, ...how } = await pseudonymise(event);
    await record({ ...step, event: "pseudonymised", details: { ...how, ...result } }, new Date());
    return result;
  } catch (error) {
    if (error instanceof Refusal) {
      await record({ ...step, event: "refused", details: { ...event, reason: error.message } }, new Date());
    }
    throw error;
  }
}

async function pseudonymise({ id, dataClass, object }: PseudonymiseEvent) {
  const { identifiers, purpose } = classNamed(dataClass);
  const generation = Number(setting("GENERATION"));
  const token = tokenizer(await purposeKey(purpose, generation), generation);
  const source = await newestVersion(client, setting("SOURCE_BUCKET"), object);
  const all = outcomes(source, { identifiers, token, recordLimit: defaultRecordLimit });
  return { dataClass, purpose, generation, source, result: await write(all, id, dataClass, object) };
}

function classNamed(name: string): ClassSetting {
  const classes = jsonSetting<Record<string, ClassSetting>>("CLASSES");
  if (!Object.hasOwn(classes, name)) throw new Refusal(`${name} is no declared class of data`);
  return classes[name];
}

async function* outcomes(source: Source, rule: Rule): AsyncGenerator<Outcome> {
  const kind = /\.(jsonl|ndjson|csv|parquet)$/.exec(source.Key)?.[1];
  if (kind === undefined) throw new Refusal("the object is neither JSON lines (.jsonl) nor .csv nor .parquet");
  if (kind === "parquet") yield* pseudonymiseParquet(await randomAccess(client, source), rule);
  else if (kind === "csv") yield* pseudonymiseCsv(await streamOf(client, source), rule);
  else yield* pseudonymiseJsonLines(await streamOf(client, source), rule);
}

/** Writes what is kept and what is set aside; both objects appear only when everything has been read. */
async function write(
  all: AsyncIterable<Outcome>,
  id: string,
  dataClass: string,
  object: string,
): Promise<Pseudonymised> {
  const bucket = setting("OUTBOX_BUCKET");
  const key = `ready/${id}/${object.slice(object.lastIndexOf("/") + 1)}`;
  const asideKey = `aside/${id}.jsonl`;
  const kept = await Upload.begin(client, {
    bucket,
    key,
    tags: { Class: dataClass, Pseudonymised: "yes", Request: id },
  });
  const aside = await Upload.begin(client, { bucket, key: asideKey, tags: { Request: id } });
  let records = 0;
  let setAside = 0;
  try {
    for await (const outcome of all) {
      if ("kept" in outcome) {
        records += outcome.records;
        await kept.write(outcome.kept);
      } else {
        setAside++;
        await aside.write(Buffer.from(`${JSON.stringify(outcome.aside)}\n`));
      }
    }
    await aside.finish();
    const version = await kept.finish();
    return { key, version, bytes: kept.bytes, records, setAside, asideKey };
  } catch (error) {
    await Promise.allSettled([kept.abort(), aside.abort()]);
    throw error;
  }
}
