import { type AsyncBuffer, parquetMetadata, parquetReadObjects } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { pseudonymiseJsonLines } from "../../../handlers/pseudonymise/json-lines";
import { pseudonymiseParquet } from "../../../handlers/pseudonymise/parquet";
import fc from "../../properties";
import { collect, pieces, ruleFor } from "./run";

const fileOf = (columnData: ColumnSource[]): ArrayBuffer => parquetWriteBuffer({ columnData, rowGroupSize: 3 });

const asFile = (buffer: ArrayBuffer): AsyncBuffer => ({
  byteLength: buffer.byteLength,
  slice: (start, end) => buffer.slice(start, end),
});

const run = (buffer: ArrayBuffer, rule = ruleFor(["mail"])) => collect(pseudonymiseParquet(asFile(buffer), rule));

const read = (bytes: Buffer): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: asFile(Uint8Array.from(bytes).buffer) });

describe("Parquet", () => {
  const kinds: ColumnSource[] = [
    { name: "mail", data: ["anna@example.eu", null, "bert@example.eu", "anna@example.eu"], type: "STRING" },
    { name: "number", data: [1, 2, null, -4], type: "INT32" },
    { name: "long", data: [2n ** 60n, 1n, null, -(2n ** 62n)], type: "INT64" },
    { name: "fraction", data: [0.1, null, 1e300, -0], type: "DOUBLE" },
    { name: "yes", data: [true, false, null, true], type: "BOOLEAN" },
    { name: "text", data: ["ä", "", null, "z"], type: "STRING" },
    { name: "document", data: [{ a: [1] }, null, "x", 2], type: "JSON" },
    { name: "time", data: [new Date(0), new Date(1), null, new Date(2)], type: "TIMESTAMP" },
  ];

  it("has tokens in the place of identifiers, and columns of all kinds as they were", async () => {
    const original = fileOf(kinds);
    const result = await run(original);
    expect(result).toMatchObject({ records: 4, aside: [] });
    const before = await parquetReadObjects({ file: asFile(original) });
    const after = await read(result.bytes);
    const [anna, nobody, bert, again] = after.map(({ mail }) => mail);
    expect(anna).toMatch(/^t1_[\w-]{43}$/);
    expect(nobody).toBeNull();
    expect(again).toBe(anna);
    expect(bert).not.toBe(anna);
    expect(after.map(({ mail: _, ...rest }) => rest)).toEqual(before.map(({ mail: _, ...rest }) => rest));
    expect(result.bytes.includes("example.eu")).toBe(false);
    const types = (bytes: ArrayBuffer) =>
      parquetMetadata(bytes).schema.map(({ name, type, converted_type }) => ({ name, type, converted_type }));
    expect(types(Uint8Array.from(result.bytes).buffer)).toEqual(types(original));
  });

  it("has the tokens that JSON lines have, for numbers as well", async () => {
    const ids = [7n, 2n ** 40n];
    const result = await run(fileOf([{ name: "id", data: ids, type: "INT64" }]), ruleFor(["id"]));
    const text = ids.map((id) => `{"id":${id}}`).join("\n");
    const json = await collect(pseudonymiseJsonLines(pieces(text), ruleFor(["id"])));
    const expected = json.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(await read(result.bytes)).toEqual(expected);
  });

  it("sets aside records that give an identifier away or are too long", async () => {
    const file = fileOf([
      { name: "mail", data: ["anna@example.eu", "bert@example.eu", "cleo@example.eu"], type: "STRING" },
      { name: "text", data: ["ask anna@example.eu", "fine", "x".repeat(500)], type: "STRING" },
    ]);
    const result = await run(file, ruleFor(["mail"], "research", 400));
    expect(result.aside).toEqual([
      { record: 1, reason: "an identifier also stands in another field" },
      { record: 3, reason: "is longer than 400 bytes" },
    ]);
    expect(await read(result.bytes)).toMatchObject([{ text: "fine" }]);
  });

  const nested = parquetWriteBuffer({
    columnData: [{ name: "mail", data: [{ work: "a" }] }],
    schema: [
      { name: "root", num_children: 1 },
      { name: "mail", repetition_type: "OPTIONAL", num_children: 1 },
      { name: "work", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    ],
  });
  const texts: ColumnSource = { name: "text", data: ["a"], type: "STRING" };
  it.each([
    ["no Parquet", Buffer.from("PAR1 or not"), "the file is no Parquet file that can be read"],
    ["without the identifier", fileOf([texts]), "the file has no column mail"],
    [
      "with an identifier of another kind",
      fileOf([{ name: "mail", data: [1.5], type: "DOUBLE" }]),
      "column mail holds no texts and no whole numbers",
    ],
    ["with a nested column", nested, "column mail is nested"],
    [
      "with an identifier in documents",
      fileOf([{ name: "mail", data: ["a"], type: "JSON" }]),
      "column mail holds no texts and no whole numbers",
    ],
  ])("is refused as a whole if it is %s", async (_, file, message) => {
    await expect(run(Uint8Array.from(Buffer.from(file as ArrayBuffer)).buffer)).rejects.toThrow(message);
  });

  it("is refused if its middle is broken, and says which records", async () => {
    const broken = Buffer.from(fileOf([{ name: "mail", data: ["anna@example.eu"], type: "STRING", codec: "SNAPPY" }]));
    broken.fill(0xff, 4, 40);
    await expect(run(Uint8Array.from(broken).buffer)).rejects.toThrow("records 1 to 1 of the file can't be read");
  });

  it("keeps its count, and no identifier survives", async () => {
    const identifier = fc.string({ minLength: 8, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(identifier, fc.lorem()), { minLength: 1, maxLength: 12 }), async (rows) => {
        const file = fileOf([
          { name: "mail", data: rows.map(([mail]) => mail), type: "STRING" },
          { name: "text", data: rows.map(([, text]) => text), type: "STRING" },
        ]);
        const result = await run(file);
        expect(result.records + result.aside.length).toBe(rows.length);
        for (const { mail } of await read(result.bytes)) expect(mail).toMatch(/^t1_[\w-]{43}$/);
      }),
      { numRuns: 40 },
    );
  });
});
