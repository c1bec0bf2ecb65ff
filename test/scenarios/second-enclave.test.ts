/** Another declaration makes another enclave: the same stacks, judged by the same proof against another boundary. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthCommand } from "../../cli/commands/synth";
import { enclave as american } from "../../enclaves/us";
import { type Report, verify } from "../../policies";
import { NotContainedError, synthesizeContained } from "../../stacks/contained";

let folder: string;
let report: Report;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "enclave-us-"));
  report = await synthesizeContained(american, folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

it("stands in the United States, at two sites, and is contained there", () => {
  expect([report.verdict, report.boundary.name, report.undecided]).toEqual(["contained", "US", []]);
  expect(Object.keys(report.summary.countries)).toEqual(["US"]);
  expect(american.sites.map(({ region }) => region)).toEqual(["us-east-2", "us-west-2"]);
});

it("is outside for the boundary of the European one", async () => {
  const european = await verify([folder], { boundary: "EEA" });
  expect(european.verdict).toBe("escapes");
  expect(european.escapes.some(({ path }) => path.some(({ attribute }) => attribute === "region"))).toBe(true);
});

it("escapes when one table is copied to Dublin", async () => {
  const file = join(folder, "stacks", "columbus", "cdk.tf.json");
  const original = readFileSync(file, "utf8");
  const stack = JSON.parse(original);
  const [table] = Object.values<{ replica: { region_name: string }[] }>(stack.resource.aws_dynamodb_table);
  table.replica[0].region_name = "eu-west-1";
  writeFileSync(file, JSON.stringify(stack));
  const { verdict, escapes } = await verify([folder], { boundary: "US" });
  writeFileSync(file, original);
  expect(verdict).toBe("escapes");
  const [{ resource, destination, path }] = escapes;
  expect(resource).toMatch(/^aws_dynamodb_table\./);
  expect(destination.place).toBe("eu-west-1");
  expect(path.map(({ attribute }) => attribute)).toContain("replica[0].region_name");
});

it("does not synthesize if its declaration contradicts its boundary", async () => {
  const wrong = { ...american, boundary: { name: "CA", countries: ["CA"] } };
  await expect(synthesizeContained(wrong, mkdtempSync(join(folder, "wrong-")))).rejects.toThrow(NotContainedError);
});

it("shares no state with another enclave", () => {
  const paths = (text: string) => JSON.parse(text).terraform.backend.local.path as string;
  const here = paths(readFileSync(join(folder, "stacks", "organization", "cdk.tf.json"), "utf8"));
  expect(here).toMatch(/terraform\.lone-star\.organization\.tfstate$/);
});

it("is chosen by a file that has to be there", async () => {
  await expect(synthCommand().parseAsync(["--declaration", "none.ts"], { from: "user" })).rejects.toThrow(
    "none.ts: there is no such file",
  );
});
