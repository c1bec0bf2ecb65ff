/** Parquet: records in columns, read and written a few thousand at a time. */
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement } from "hyparquet";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { Refusal } from "../common/refusal";
import { textOf } from "./json-lines";
import { Malformed, type Outcome, type SetAside } from "./outcome";
import type { Rule } from "./rule";
import { identifierText, isTelling } from "./tokens";

/** Values as they are stored: numbers and bytes, nothing made of them. */
type Row = Record<string, unknown>;

const rowsAtOnce = 5_000;
/** Of what is read at once; larger row groups would not fit into a function's memory. */
const rowGroupLimit = 512 * 2 ** 20;

/** Beside Snappy, which the reader brings itself. */
const compressors: Compressors = {
  GZIP: (input, outputLength) => gunzipSync(input, { maxOutputLength: outputLength }),
  BROTLI: (input, outputLength) => brotliDecompressSync(input, { maxOutputLength: outputLength }),
};

/** @throws Refusal if the file can't be read, lacks an identifier, or has columns that can't be written again as they were */
export async function* pseudonymiseParquet(file: AsyncBuffer, rule: Rule): AsyncGenerator<Outcome> {
  const metadata = await metadataOf(file);
  const columns = columnsOf(metadata, rule.identifiers);
  const writer = new Output(columns, rule.identifiers);
  const total = Number(metadata.num_rows);
  for (let start = 0; start < total; start += rowsAtOnce) {
    const end = Math.min(start + rowsAtOnce, total);
    const { kept, aside } = sorted(await rowsOf(file, asStored(metadata), start, end), start, columns, rule);
    for (const one of aside) yield { aside: one };
    if (kept.length > 0) yield { kept: writer.write(kept), records: kept.length };
  }
  yield { kept: writer.finish(), records: 0 };
}

async function metadataOf(file: AsyncBuffer): Promise<FileMetaData> {
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch {
    throw new Refusal("the file is no Parquet file that can be read");
  }
  const tooLarge = metadata.row_groups.find(({ total_byte_size }) => total_byte_size > rowGroupLimit);
  if (tooLarge) throw new Refusal(`the file has a row group of more than ${rowGroupLimit} bytes`);
  return metadata;
}

async function rowsOf(file: AsyncBuffer, metadata: FileMetaData, rowStart: number, rowEnd: number): Promise<Row[]> {
  try {
    return await parquetReadObjects({ file, metadata, rowStart, rowEnd, utf8: false, compressors });
  } catch {
    throw new Refusal(`records ${rowStart + 1} to ${rowEnd} of the file can't be read`);
  }
}

/** The columns below the root. */
function columnsOf({ schema }: FileMetaData, identifiers: readonly string[]): SchemaElement[] {
  const columns = schema.slice(1);
  if (new Set(columns.map(({ name }) => name)).size < columns.length) throw new Refusal("two columns have one name");
  for (const { name, num_children, repetition_type, type } of columns) {
    if (num_children || repetition_type === "REPEATED") throw new Refusal(`column ${name} is nested`);
    if (name === "__proto__") throw new Refusal("a column has a name that can't be kept");
    if (type === "INT96") throw new Refusal(`column ${name} is of the outdated type INT96`);
  }
  for (const field of identifiers) {
    const column = columns.find(({ name }) => name === field);
    if (!column) throw new Refusal(`the file has no column ${field}`);
    if (!isText(column) && !isWholeNumber(column)) {
      throw new Refusal(`column ${field} holds no texts and no whole numbers`);
    }
  }
  return columns;
}

const isText = ({ type, converted_type = "UTF8" }: SchemaElement): boolean =>
  type === "BYTE_ARRAY" && ["UTF8", "ENUM"].includes(converted_type);

const isWholeNumber = ({ type, converted_type = "INT_64" }: SchemaElement): boolean =>
  (type === "INT32" || type === "INT64") && /^U?INT_/.test(converted_type);

/** Without what values mean, so that they are carried as they are. */
const asStored = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map(stored),
});

const stored = ({ converted_type: _, logical_type: __, ...element }: SchemaElement): SchemaElement => element;

/** Identifiers replaced in those that can be kept. */
function sorted(rows: readonly Row[], start: number, columns: readonly SchemaElement[], rule: Rule) {
  const kept: Row[] = [];
  const aside: SetAside[] = [];
  rows.forEach((row, i) => {
    try {
      kept.push(replaced(row, columns, rule));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      aside.push({ record: start + i + 1, reason: error.message });
    }
  });
  return { kept, aside };
}

function replaced(row: Row, columns: readonly SchemaElement[], { identifiers, token, recordLimit }: Rule): Row {
  const bytes = Object.values(row).reduce<number>(
    (sum, value) => sum + (value instanceof Uint8Array ? value.length : 8),
    0,
  );
  if (bytes > recordLimit) throw new Malformed(`is longer than ${recordLimit} bytes`);
  const result: Row = { ...row };
  const found: Buffer[] = [];
  for (const field of identifiers) {
    const value = row[field];
    if (value === null || value === undefined) continue;
    const text = value instanceof Uint8Array ? textOf(value) : identifierText(unsigned(value, field, columns), field);
    if (isTelling(text)) found.push(Buffer.from(text));
    result[field] = token(text);
  }
  for (const [name, value] of Object.entries(row)) {
    if (identifiers.includes(name) || !(value instanceof Uint8Array)) continue;
    if (found.some((identifier) => Buffer.from(value.buffer, value.byteOffset, value.length).includes(identifier))) {
      throw new Malformed("an identifier also stands in another field");
    }
  }
  return result;
}

/** Unsigned numbers are stored as signed ones of the same bits. */
function unsigned(value: unknown, field: string, columns: readonly SchemaElement[]): unknown {
  const { converted_type = "", logical_type } = columns.find(({ name }) => name === field)!;
  const isUnsigned = converted_type.startsWith("UINT") || (logical_type?.type === "INTEGER" && !logical_type.isSigned);
  if (!isUnsigned) return value;
  return typeof value === "bigint" ? BigInt.asUintN(64, value) : (value as number) >>> 0;
}

/** Writes rows as they were stored, tokens as texts. Nothing of the old file's own metadata is carried on. */
class Output {
  private readonly bytes = new ByteWriter();
  private readonly writer: ParquetWriter;
  private readonly meant: SchemaElement[];

  constructor(
    private readonly columns: readonly SchemaElement[],
    identifiers: readonly string[],
  ) {
    const meant = columns.map((column) => (identifiers.includes(column.name) ? tokenColumn(column) : column));
    const root = { name: "root", num_children: columns.length };
    this.meant = [root, ...meant];
    this.writer = new ParquetWriter({ writer: this.bytes, schema: this.meant.map(stored), statistics: false });
  }

  write(rows: readonly Row[]): Uint8Array {
    const columnData = this.columns.map(({ name }) => ({
      name,
      data: rows.map((row) => bytesOfText(row[name])),
      offsetIndex: false,
    }));
    this.writer.write({ columnData, rowGroupSize: rows.length });
    return this.taken();
  }

  finish(): Uint8Array {
    // Values were written as they are stored; from here on the file says what they mean.
    this.writer.schema = this.meant;
    this.writer.finish();
    return this.taken();
  }

  /** What has been written since, to make room for what comes. */
  private taken(): Uint8Array {
    const taken = Uint8Array.from(this.bytes.getBytes());
    this.bytes.index = 0;
    return taken;
  }
}

const bytesOfText = (value: unknown): unknown => (typeof value === "string" ? Buffer.from(value) : (value ?? null));

const tokenColumn = ({ name, repetition_type }: SchemaElement): SchemaElement => ({
  name,
  repetition_type,
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  logical_type: { type: "STRING" },
});
