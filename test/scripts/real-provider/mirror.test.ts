import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProvider, nowhere, variable } from "../../../scripts/real-provider/mirror";

const root = mkdtempSync(join(tmpdir(), "mirror-"));
const home = join(root, "home");
const system = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
// Beyond every version that a machine may have.
const place = (mirror: string, version: string): string => {
  const file = join(
    root,
    mirror,
    "registry.terraform.io/hashicorp/aws",
    version,
    system,
    `terraform-provider-aws_v${version}_x5`,
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return join(root, mirror);
};
const settings = (text: string): string => {
  const file = join(mkdtempSync(join(root, "settings-")), "terraform.rc");
  writeFileSync(file, text);
  return file;
};
afterAll(() => rmSync(root, { recursive: true }));

test.each<[string, (mirror: string) => NodeJS.ProcessEnv]>([
  ["our variable", (mirror) => ({ HOME: home, [variable]: mirror })],
  [
    "a mirror in Terraform's settings",
    (mirror) => ({
      HOME: home,
      TF_CLI_CONFIG_FILE: settings(
        `provider_installation {\n  filesystem_mirror {\n    include = ["*/*/*"]\n    path = "${mirror}"\n  }\n  direct {}\n}\n`,
      ),
    }),
  ],
  [
    "the cache of plugins",
    (mirror) => ({ HOME: home, TF_CLI_CONFIG_FILE: settings(`plugin_cache_dir = "${mirror}"`) }),
  ],
  ["the cache that the environment names", (mirror) => ({ HOME: home, TF_PLUGIN_CACHE_DIR: mirror })],
  ["the data folder of somebody", () => ({ HOME: home, XDG_DATA_HOME: join(root, "data") })],
])("the newest provider is found by %s", (_, environment) => {
  place("data/terraform/plugins", "99.9.0");
  const mirror = place("data/terraform/plugins", "99.10.1");
  expect(findProvider(environment(mirror)).provider).toMatchObject({ version: "99.10.1" });
});

test("a folder that overrides the provider holds the binary itself", () => {
  const folder = join(place("built", "98.0.0"), "registry.terraform.io/hashicorp/aws/98.0.0", system);
  const file = settings(`provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = "${folder}"\n  }\n}\n`);
  expect(findProvider({ HOME: home, TF_CLI_CONFIG_FILE: file }).provider).toMatchObject({ folder, version: "98.0.0" });
});

test("where there is none, the folders are told, and those that settings only comment on are not among them", () => {
  const search = findProvider({ HOME: home, TF_CLI_CONFIG_FILE: settings('# plugin_cache_dir = "/nowhere"\n') });
  expect(search.searched).toContain(join(home, ".terraform.d/plugins"));
  expect(search.searched).not.toContain("/nowhere");
  expect(nowhere({ searched: ["/a", "/b"] })).toMatch(/^no real hashicorp\/aws provider is in \/a, \/b; /);
});
