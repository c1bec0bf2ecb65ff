/** The way in for copies leads inwards: each edit that turns a part of it round is an escape, with its path. */
import type { Report } from "../../policies";
import { type Edit, SynthesizedEnclave } from "./enclave";

let enclave: SynthesizedEnclave;
beforeAll(() => {
  enclave = new SynthesizedEnclave();
});
afterAll(() => enclave.dispose());

const paths = (report: Report): string[] =>
  report.escapes.map(({ resource, channel, destination, path }) =>
    [resource, channel, destination.place, ...path.map(({ by, attribute }) => `${by}: ${attribute ?? ""}`)].join(" "),
  );

const landing = (edit: Edit) => edit.one("migration-dublin", "aws_s3_bucket_policy");

/** In the policy of the landing bucket, every right to put objects becomes one to get them. */
function getForPut(edit: Edit): void {
  landing(edit).policy = landing(edit).policy.replaceAll("s3:PutObject", "s3:GetObject");
}

type Case = readonly [name: string, edit: (edit: Edit) => void, verdict: string, path: readonly string[]];

const cases: readonly Case[] = [
  ["Get for Put is stopped by the organization's policy", getForPut, "contained", []],
  [
    "Get for Put without that policy lets the source's account read",
    (edit) => {
      getForPut(edit);
      edit.removeGuardrail("LandingInwards");
    },
    "escapes",
    ["aws_s3_bucket.landing_", "s3.bucket-policy", "aws_s3_bucket_policy.landing_", ": policy"],
  ],
  [
    "a fetch that is turned round",
    (edit) => {
      const task = edit.one("migration-dublin", "aws_datasync_task", "fetch-virginia");
      const { source_location_arn: from, destination_location_arn: to } = task;
      Object.assign(task, { source_location_arn: to, destination_location_arn: from });
    },
    "escapes",
    ["aws_datasync_task.fetch-virginia", "datasync.task"],
  ],
  [
    "a fetch that starts from the enclave's own objects and ends where copies stood",
    (edit) => {
      const home = edit.one("migration-dublin", "aws_datasync_task", "home_task");
      home.destination_location_arn = edit.one(
        "migration-dublin",
        "aws_datasync_task",
        "fetch-virginia",
      ).source_location_arn;
    },
    "escapes",
    ["aws_datasync_task.home_task", "datasync.task", "destination_location_arn"],
  ],
  [
    "what has landed replicated back",
    (edit) => {
      edit.add("migration-dublin", "aws_s3_bucket_replication_configuration", "back", {
        bucket: edit.ref("migration-dublin", "aws_s3_bucket", "id", "landing"),
        role: "arn:aws:iam::111111111111:role/replication",
        rule: [
          {
            status: "Enabled",
            destination: { bucket: "arn:aws:s3:::copies-of-europe-sg", account: "777777777777" },
          },
        ],
      });
    },
    "escapes",
    ["s3.replication", "777777777777", "aws_s3_bucket_replication_configuration.back"],
  ],
  [
    "inventories of what has landed delivered to the source's account",
    (edit) => {
      const [{ bucket }] = [edit.one("migration-dublin", "aws_s3_bucket_inventory").destination].flat();
      Object.assign([bucket].flat()[0], { bucket_arn: "arn:aws:s3:::lists-sg", account_id: "777777777777" });
    },
    "escapes",
    ["s3.inventory", "aws_s3_bucket_inventory."],
  ],
];

test.each(cases)("%s", async (_name, edit, verdict, parts) => {
  const report = await enclave.judge(edit);
  const shown = paths(report);
  const hit = parts.length === 0 || shown.some((line) => parts.every((part) => line.includes(part)));
  expect({ verdict: report.verdict, hit, shown: hit ? [] : shown }).toEqual({ verdict, hit: true, shown: [] });
});
