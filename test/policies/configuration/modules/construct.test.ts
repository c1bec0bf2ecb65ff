import type { Json } from "../../../../policies/configuration/json";
import { constructOf } from "../../../../policies/configuration/modules/construct";

const traced = (...stackTrace: Json[]) => constructOf({ "//": { metadata: { path: "app/a", stackTrace } } });

test("the innermost frame of the project's own is the place in the program", () => {
  const frames = [
    "new TerraformElement (/app/node_modules/cdktf/lib/terraform-element.js:25:9)",
    "node:internal/main:1:1",
    "new Store (/app/my stacks/store.ts:12:5)",
    "/app/main.ts:3:1",
  ];
  expect(traced(...frames)).toEqual({
    construct: "app/a",
    program: { file: "/app/my stacks/store.ts", line: 12, column: 5 },
  });
});

test.each([
  ["/app/main.ts:3:1", "/app/main.ts"],
  ["Object.<anonymous> (file:///app/main.ts:3:1)", "/app/main.ts"],
  ["C:\\app\\main.ts:3:1", "C:\\app\\main.ts"],
])("%s", (frame, file) => {
  expect(traced(frame).program).toEqual({ file, line: 3, column: 1 });
});

test.each([[[]], [["trace"]], [[null, 1, {}]], [["x".repeat(10_000)]], [["(((((:1:1"]]])("no frame in %j", (frames) => {
  expect(traced(...frames).program).toBeUndefined();
});

test.each([[{}], [{ "//": "text" }], [{ "//": { metadata: { path: 1, stackTrace: "x" } } }]])(
  "nothing in %j",
  (body) => {
    expect(constructOf(body)).toEqual({});
  },
);
