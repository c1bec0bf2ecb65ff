/** A small synthesized enclave to plan and apply: a bucket, a queue that reads its ARN, a topic apart. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publicBytesOf, renderEnvelope } from "../../attestation/envelope";
import { signWith } from "../../attestation/keys";
import type { Signers } from "../../attestation/signers";
import { attestationFile, readAttestation } from "../../delivery/plans-folder";
import { Terraform } from "../../delivery/terraform";
import type { JsonObject } from "../../policies/configuration/json";
import { Rehearsal, type RehearsalOptions } from "../../rehearsal/server";

const types = {
  managed: ["aws_s3_bucket", "aws_s3_bucket_policy", "aws_sns_topic", "aws_sqs_queue"],
  data: [],
};

export const bucketPolicy = (account: string): JsonObject => ({
  bucket: "${aws_s3_bucket.users.bucket}",
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::enclave-users/*",
      },
    ],
  }),
});

const stacks: Readonly<Record<string, JsonObject>> = {
  store: {
    resource: {
      aws_s3_bucket: { users: { bucket: "enclave-users" } },
      aws_s3_bucket_policy: { users: bucketPolicy("111111111111") },
    },
    output: { arn: { value: "${aws_s3_bucket.users.arn}" } },
  },
  reader: {
    data: {
      terraform_remote_state: { store: { backend: "local", config: { path: "../../../states/store.tfstate" } } },
    },
    resource: {
      aws_sqs_queue: { work: { name: "work", tags: { store: "${data.terraform_remote_state.store.outputs.arn}" } } },
    },
  },
  apart: { resource: { aws_sns_topic: { news: { name: "news" } } } },
};

export const addresses = {
  store: ["aws_s3_bucket.users", "aws_s3_bucket_policy.users"],
  reader: ["aws_sqs_queue.work"],
  apart: ["aws_sns_topic.news"],
} as const;

export class Project {
  readonly root = mkdtempSync(join(tmpdir(), "delivery-"));
  readonly folder = join(this.root, "cdktf.out");
  private readonly keys = ["ci", "oversight partner"].map((name) => ({ name, ...generateKeyPairSync("ed25519") }));

  constructor(names: readonly string[] = Object.keys(stacks)) {
    for (const name of names) this.configure(name, stacks[name]);
    const dependencies: Readonly<Record<string, readonly string[]>> = { reader: ["store"] };
    const entries = names.map((name) => [
      name,
      { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies: dependencies[name] ?? [] },
    ]);
    this.write("cdktf.out/manifest.json", JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(entries) }));
    this.write("cdktf.out/trust.json", JSON.stringify({ accounts: { "111111111111": { name: "dublin" } } }));
    this.write("cdktf.out/signers.json", JSON.stringify(this.signers));
    mkdirSync(join(this.root, "states"));
  }

  get signers(): Signers {
    const required = this.keys.map(({ name, publicKey }) => ({ name, keys: [{ ed25519: publicText(publicKey) }] }));
    return { required, validHours: 24 };
  }

  /** Writes the configuration of a stack, or changes it. */
  configure(name: string, body: JsonObject): void {
    const terraform = {
      required_providers: { aws: { source: "aws", version: "6.25.0" } },
      backend: { local: { path: `../../../states/${name}.tfstate` } },
    };
    const provider = { aws: [{ region: "eu-west-1", allowed_account_ids: ["111111111111"] }] };
    this.write(`cdktf.out/stacks/${name}/cdk.tf.json`, JSON.stringify({ terraform, provider, ...body }));
  }

  reset(name: string): void {
    this.configure(name, stacks[name]);
  }

  write(path: string, text: string | Buffer): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  state(name: string): JsonObject {
    return JSON.parse(this.read(`states/${name}.tfstate`));
  }

  /** The key of somebody who must sign, as a file holds it. */
  pem(name: string): string {
    const { privateKey } = this.keys.find((one) => one.name === name)!;
    return privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  }

  sign(names: readonly string[] = ["ci", "oversight partner"]): void {
    let { envelope } = readAttestation(this.folder);
    for (const name of names) envelope = signWith(envelope, "env:KEY", { environment: { KEY: this.pem(name) } });
    writeFileSync(attestationFile(this.folder), renderEnvelope(envelope));
  }

  /** Keeps the folder of plans as it is, and gives what puts it back. */
  keepPlans(): () => void {
    const copy = mkdtempSync(join(this.root, "kept-"));
    const plans = join(this.folder, "plans");
    cpSync(plans, copy, { recursive: true });
    return () => {
      rmSync(plans, { recursive: true, force: true });
      cpSync(copy, plans, { recursive: true });
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const publicText = (key: KeyObject): string => publicBytesOf(key).toString("base64");

/** Nothing of the user's settings; garbage is collected less often, which saves a fifth of Terraform's time. */
export const environment = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", GOGC: "400" };

export const startProvider = (options: RehearsalOptions = {}): Promise<Rehearsal> =>
  Rehearsal.start({ types, ...options });

/** @param shadow a folder before the PATH, for a `terraform` that behaves otherwise */
export const attachedTerraform = (provider: Rehearsal, shadow?: string): Promise<Terraform> => {
  const path = shadow === undefined ? process.env.PATH : `${shadow}:${process.env.PATH}`;
  return Terraform.find({ ...environment, ...provider.environment, PATH: path });
};

/** A program on a PATH of its own. */
export function script(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return folder;
}
