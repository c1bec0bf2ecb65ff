/** The example workflows: each synthesizes, verifies, and keeps SARIF and report even if the verdict stops the job. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const folder = resolve(__dirname, "../../docs/ci");

/** Every text of a workflow, comments left out. */
function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object") for (const inner of Object.values(value)) yield* texts(inner);
}

it.each(readdirSync(folder))("%s", (name) => {
  const all = [...texts(parse(readFileSync(join(folder, name), "utf8")))];
  const at = (part: string | RegExp) =>
    all.findIndex((text) => (typeof part === "string" ? text.includes(part) : part.test(text)));
  expect(at(/^npm ci/)).toBeGreaterThanOrEqual(0);
  expect(at("enclave synth")).toBeGreaterThan(at(/^npm ci/));
  const verify = all.filter((text) => text.includes("enclave verify --format sarif"));
  expect(verify).toEqual(["npx enclave verify --format sarif --output enclave.sarif --html enclave.html"]);
  for (const file of ["enclave.sarif", "enclave.html"]) {
    expect(all.filter((text) => text.includes(file)).length).toBeGreaterThan(1);
  }
  expect(at(/always/)).toBeGreaterThanOrEqual(0);
  // Nothing that would hold plans or states outside.
  expect(all.filter((text) => /terraform|tofu|enclave (plan|apply)/.test(text))).toEqual([]);
});
