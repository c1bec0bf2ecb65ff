import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { pseudonymiseCsv } from "../../../handlers/pseudonymise/csv";
import { pseudonymiseJsonLines } from "../../../handlers/pseudonymise/json-lines";
import fc from "../../properties";
import { collect, pieces, ruleFor } from "./run";

const run = (text: string, rule = ruleFor(["mail"])) => collect(pseudonymiseCsv(pieces(text), rule));

describe("CSV", () => {
  it("has tokens in the place of identifiers, also in a second column of that name", async () => {
    const result = await run(
      '\ufeffmail,"text, quoted",mail\r\nanna@example.eu,"line\none ""x""",bert@example.eu\r\n,,\r\n',
    );
    const [header, anna, nobody] = parse(result.text) as string[][];
    expect(header).toEqual(["mail", "text, quoted", "mail"]);
    expect(anna).toEqual([expect.stringMatching(/^t1_/), 'line\none "x"', expect.stringMatching(/^t1_/)]);
    expect(nobody).toEqual(["", "", ""]);
    expect(result).toMatchObject({ records: 2, aside: [] });
  });

  it("has the tokens that JSON lines have", async () => {
    const csv = await run("mail\nanna@example.eu\n");
    const json = await collect(pseudonymiseJsonLines(pieces('{"mail":"anna@example.eu"}'), ruleFor(["mail"])));
    expect(csv.text.split("\n")[1]).toBe(JSON.parse(json.text).mail);
  });

  it.each([
    ["too few fields", "anna@example.eu", "has 1 fields, the header 2"],
    ["too many fields", "anna@example.eu,1,2", "has 3 fields, the header 2"],
    ["a stray quote", 'anna"x"@example.eu,1', "is no CSV record"],
    [
      "an identifier in another field",
      "anna@example.eu,to anna@example.eu",
      "an identifier also stands in another field",
    ],
    ["too many bytes", `a@example.eu,${"x".repeat(300)}`, "is longer than 200 bytes"],
  ])("sets aside a record with %s", async (_, line, reason) => {
    const rule = ruleFor(["mail"], "research", 200);
    const result = await run(`mail,likes\nbert@example.eu,1\n${line}\ncleo@example.eu,2\n`, rule);
    expect(result.aside).toEqual([{ record: 2, offset: 29, bytes: Buffer.byteLength(line), reason }]);
    expect(result.records).toBe(2);
    expect(result.text).not.toContain("example.eu");
  });

  it("sets aside everything after a quote that never ends, and passes nothing of it", async () => {
    const result = await run('mail,likes\nbert@example.eu,1\n"anna@example.eu,2\ncleo@example.eu,3\n');
    expect(result).toMatchObject({ records: 1, aside: [{ record: 2, reason: "is no CSV record" }] });
    expect(result.text).not.toMatch(/anna|cleo/);
  });

  it.each([
    ["the identifier", "id,likes\n1,2\n", "the file has no column mail"],
    ["a header", "", "the file has no header that can be read"],
    ["a header that can be read", 'mail"x",likes\n', "the file has no header that can be read"],
  ])("is refused as a whole without %s", async (_, text, message) => {
    await expect(run(text)).rejects.toThrow(message);
  });

  it("keeps every record that is well-formed, and no identifier survives", async () => {
    const cell = fc.string({ maxLength: 8, unit: fc.constantFrom(..."xyz,\"\n'; ") });
    const person = fc.string({ minLength: 8, maxLength: 12, unit: fc.constantFrom(...'abcde,"\n') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, person), { minLength: 1, maxLength: 15 }), async (rows) => {
        const result = await run(stringify([["text", "mail"], ...rows]));
        expect(result).toMatchObject({ records: rows.length, aside: [] });
        const written = (parse(result.text) as string[][]).slice(1);
        expect(written.map(([text]) => text)).toEqual(rows.map(([text]) => text));
        for (const [, mail] of written) expect(mail).toMatch(/^t1_[\w-]{43}$/);
      }),
      { numRuns: 60 },
    );
  });
});
