import { readProject } from "../../../../policies/configuration/pulumi/project";
import { translate } from "../../../../policies/configuration/pulumi/terraform";
import { programFolder, removeFolders } from "./program-folder";

afterAll(removeFolders);

const read = (files: Record<string, string>, stack?: string) => readProject(programFolder("", files), stack);

test("configuration is the project's, then the stack's; secrets have names only", () => {
  const project = read({
    "Pulumi.yaml":
      "name: site\nruntime:\n  name: nodejs\nmain: src.ts\nbackend:\n  url: s3://states/site?region=us-east-1\nconfig:\n  size:\n    default: 2\n  copies: eu-west-1\n",
    "Pulumi.dev.yaml":
      "config:\n  aws:region: eu-north-1\n  site:copies: eu-central-1\n  tags:\n    team: a\n  site:token:\n    secure: v1:abc\n",
    "src.ts": "",
  });
  expect(project).toMatchObject({
    stack: "dev",
    config: {
      "aws:region": "eu-north-1",
      "site:copies": "eu-central-1",
      "site:size": "2",
      "site:tags": '{"team":"a"}',
    },
    secrets: ["site:token"],
    backend: "s3://states/site?region=us-east-1",
  });
});

test.each([
  ["s3://states/site?region=us-east-1", { s3: { bucket: "states", key: "site", region: "us-east-1" } }],
  ["file://~", { local: {} }],
  ["gs://states", { gcs: { bucket: "states", prefix: "" } }],
  ["https://api.pulumi.com", { remote: { hostname: "api.pulumi.com" } }],
  ["azblob://states", { azblob: { url: "azblob://states" } }],
])("a state that is kept at %s is that of a backend", (backend, expected) => {
  expect(translate({ resources: [], backend }, "stack").body.terraform).toEqual({ backend: expected });
});

test.each([
  [{ "Pulumi.yaml": "runtime: nodejs\n" }, undefined, /Pulumi.yaml: the project has no name$/],
  [
    { "Pulumi.yaml": "name: a\nruntime: python\n" },
    undefined,
    /its runtime is "python"; programs for nodejs can be run/,
  ],
  [{ "Pulumi.yaml": "name: [\n" }, undefined, /Pulumi.yaml: 2: can't be read as YAML/],
  [{ "Pulumi.yaml": "- a\n" }, undefined, /must be a mapping$/],
  [{ "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: gone\n" }, undefined, /its program is not there: gone$/],
  [{ "Pulumi.prod.yaml": "" }, undefined, /has the stacks dev, prod; choose one with --stack$/],
  [{}, "prod", /^--stack prod: there is no Pulumi.prod.yaml in /],
  [
    { "Pulumi.dev.yaml": "config:\n  a: [{ secure: v1 }]\n" },
    undefined,
    /config.a holds encrypted values inside of others/,
  ],
])("%j is refused", (files, stack, message) => {
  expect(() => read(files as Record<string, string>, stack)).toThrow(message);
});
