import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleAll, bundleOf } from "../../../constructs";

const root = resolve(__dirname, "../../..");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The sources of the functions in a folder of another name and depth. */
function copied(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  folders.push(folder);
  cpSync(join(root, "handlers"), join(folder, "handlers"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

describe("bundles", () => {
  it("have the same bytes wherever they are made", () => {
    const [one, other] = [bundleAll(copied("a-")), bundleAll(copied("another-folder-"))];
    expect([...one.keys()]).toEqual(expect.arrayContaining(["approve", "pseudonymise", "release"]));
    for (const [name, { archive, hash }] of one) {
      expect(other.get(name)!.archive.equals(archive)).toBe(true);
      expect(createHash("sha256").update(archive).digest("base64")).toBe(hash);
    }
  });

  it("are ZIP archives of one stored file, which runs and exports what Lambda calls", () => {
    const archive = readFileSync(bundleOf("reidentify").file);
    expect(archive.readUInt32LE(0)).toBe(0x04034b50);
    const length = archive.readUInt32LE(22);
    const name = archive.subarray(30, 30 + archive.readUInt16LE(26)).toString();
    expect(name).toBe("index.js");
    const code = archive.subarray(30 + name.length, 30 + name.length + length).toString();
    const end = archive.subarray(-22);
    expect(end.readUInt32LE(0)).toBe(0x06054b50);
    expect(archive.readUInt32LE(end.readUInt32LE(16))).toBe(0x02014b50);
    const module = { exports: {} as Record<string, unknown> };
    new Function("module", "require", code)(module, require);
    expect(module.exports.handler).toBeInstanceOf(Function);
  });

  it("leave the SDK to the runtime and bring everything else", () => {
    const code = readFileSync(bundleOf("pseudonymise").file, "latin1");
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(required).toContain("@aws-sdk/client-s3");
    expect(required.filter((name) => !name.startsWith("@aws-sdk/"))).toEqual(
      required.filter((name) => /^(node:)?(buffer|crypto|fs|stream|string_decoder|util|zlib)$/.test(name)),
    );
  });

  it("are of functions that exist", () => {
    expect(() => bundleOf("common")).toThrow("there is no function handlers/common");
  });
});
