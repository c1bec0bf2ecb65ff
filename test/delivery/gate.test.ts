/** What comes between a plan and its apply: with the real binary, against the rehearsal's provider. */
import fs, { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { envelopeOf, renderEnvelope } from "../../attestation/envelope";
import { type ApplyingOptions, applyEnclave } from "../../delivery/applying";
import { driftInStates, driftOf } from "../../delivery/drift";
import { locked } from "../../delivery/lock";
import { type PlanningOptions, planEnclave } from "../../delivery/planning";
import { readAttestation } from "../../delivery/plans-folder";
import { recheck } from "../../delivery/recheck";
import type { Terraform } from "../../delivery/terraform";
import { readProof } from "../../handlers/incident/proof";
import type { Rehearsal } from "../../rehearsal/server";
import { hasTerraform } from "../terraform";
import { addresses, attachedTerraform, bucketPolicy, environment, Project, script, startProvider } from "./project";

jest.setTimeout(120_000);

(hasTerraform("planning and applying") ? describe : describe.skip)("an enclave", () => {
  const project = new Project();
  const { folder } = project;
  let provider: Rehearsal;
  let terraform: Terraform;

  const plan = (options: Partial<PlanningOptions> = {}) => planEnclave(terraform, { folder, ...options });
  const apply = (options: Partial<ApplyingOptions> = {}, binary = terraform) =>
    applyEnclave(binary, { folder, signers: project.signers, ...options });
  const statement = () => JSON.parse(Buffer.from(readAttestation(folder).envelope.payload, "base64").toString("utf8"));
  /** A `terraform` that does something else for a subcommand, in one stack or in all, and is the real one otherwise. */
  const broken = (label: string, subcommand: string, text: string) =>
    attachedTerraform(
      provider,
      script(
        join(project.root, label),
        "terraform",
        `if [ "$1" = ${subcommand} ]; then ${text}; fi; PATH='${process.env.PATH}' exec terraform "$@"`,
      ),
    );

  beforeAll(async () => {
    provider = await startProvider();
    terraform = await attachedTerraform(provider);
  });

  afterAll(async () => {
    await provider.stop();
    project.remove();
  });

  describe("before anything stands", () => {
    let restore: () => void;

    beforeAll(async () => {
      await plan();
      project.sign();
      restore = project.keepPlans();
    });

    afterEach(() => restore());

    test("is planned as far as it can be, judged, and attested", () => {
      const { predicate, subject } = statement();
      expect(predicate).toMatchObject({
        verdict: "contained",
        boundary: { name: "EEA" },
        standing: [],
        waiting: ["reader"],
        destroys: false,
        terraform: { name: "terraform" },
      });
      expect(subject.map(({ name }: { name: string }) => name)).toEqual(["apart/plan.bin", "store/plan.bin"]);
      expect(predicate.stacks[1].changes).toEqual({ create: 2, update: 0, replace: 0, delete: 0, outputs: true });
      expect(predicate.assumptions).toContainEqual(
        expect.objectContaining({ subject: "account 111111111111", source: "trust.json" }),
      );
    });

    test("lets what depends on a stack that waits wait as well", async () => {
      const path = "cdktf.out/manifest.json";
      const manifest = project.read(path);
      const changed = JSON.parse(manifest);
      changed.stacks.apart.dependencies = ["reader"];
      project.write(path, JSON.stringify(changed));
      const { planned, waiting } = await plan();
      project.write(path, manifest);
      expect(planned.map(({ stack }) => stack.name)).toEqual(["store"]);
      expect(waiting.map(({ stack, until }) => [stack.name, until])).toEqual([
        ["reader", "store"],
        ["apart", "reader"],
      ]);
    });

    test("is proved again from the plans themselves, to the byte", async () => {
      const { envelope } = readAttestation(folder);
      const attested = JSON.parse(Buffer.from(envelope.payload, "base64").toString("utf8"));
      expect(await recheck(terraform, attested, { folder })).toEqual([]);
      const otherModels = { ...attested.predicate, report: { sha256: "0".repeat(64) } };
      expect(await recheck(terraform, { ...attested, predicate: otherModels }, { folder })).toEqual([
        expect.stringMatching(/the report is not the one attested/),
      ]);
      const lied = { ...attested.predicate, stacks: [{ ...attested.predicate.stacks[0], json: { sha256: "0" } }] };
      expect(await recheck(terraform, { ...attested, predicate: lied }, { folder })).toEqual([
        "apart: its plan says something else than the JSON that was judged",
      ]);
    });

    test("says in a dry run what it would do, and does nothing", async () => {
      expect(await apply({ dryRun: true })).toMatchObject({ left: ["apart", "store"], applied: [], refusals: [] });
      expect(provider.cloud.all()).toEqual([]);
    });

    const flipped = (path: string): void => {
      const bytes = Buffer.from(project.read(path), "latin1");
      bytes[bytes.length >> 1] ^= 1;
      project.write(path, bytes);
    };
    const attestation = "cdktf.out/plans/attestation.json";
    const signedAs = (change: (payload: ReturnType<typeof statement>) => unknown): void => {
      project.write(attestation, renderEnvelope(envelopeOf(JSON.stringify(change(statement())))));
      project.sign();
    };

    test.each<[string, () => void, (string | RegExp)[]]>([
      [
        "a plan of which one bit is changed",
        () => {
          const path = join(folder, "plans/store/plan.bin");
          const bytes = readFileSync(path);
          bytes[bytes.length >> 1] ^= 1;
          writeFileSync(path, bytes);
        },
        ["store: its plan is not the one attested (its bytes differ)"],
      ],
      [
        "the plan of another stack",
        () => {
          rmSync(join(folder, "plans/store/plan.bin"));
          symlinkSync("../apart/plan.bin", join(folder, "plans/store/plan.bin"));
        },
        [/^store: its plan is not the one attested/],
      ],
      [
        "a plan that is gone",
        () => rmSync(join(folder, "plans/store/plan.bin")),
        ["store: its plan store/plan.bin is not there"],
      ],
      [
        "an envelope whose payload was swapped",
        () => {
          const { envelope } = readAttestation(folder);
          const payload = Buffer.from(JSON.stringify({ ...statement(), subject: statement().subject }));
          const text = payload.toString("utf8").replace('"destroys":false', '"destroys":true');
          project.write(attestation, renderEnvelope({ ...envelope, payload: Buffer.from(text).toString("base64") }));
        },
        [
          "the signature of ci is missing",
          "the signature of oversight partner is missing",
          /^2 signatures are by nobody/,
        ],
      ],
      [
        "the signatures of another plan",
        () => {
          const { signatures } = readAttestation(folder).envelope;
          signedAs((one) => ({ ...one, predicate: { ...one.predicate, time: "2026-01-01T00:00:00Z" } }));
          const others = readAttestation(folder).envelope.signatures;
          restore();
          const { envelope } = readAttestation(folder);
          expect(others.map(({ keyid }) => keyid)).toEqual(signatures.map(({ keyid }) => keyid));
          project.write(attestation, renderEnvelope({ ...envelope, signatures: others }));
        },
        [
          "the signature of ci is missing",
          "the signature of oversight partner is missing",
          /^2 signatures are by nobody who must sign, or not of this statement$/,
        ],
      ],
      [
        "no signature",
        () => project.write(attestation, renderEnvelope({ ...readAttestation(folder).envelope, signatures: [] })),
        ["the signature of ci is missing", "the signature of oversight partner is missing"],
      ],
      [
        "the signature of ci alone",
        () => {
          project.write(attestation, renderEnvelope({ ...readAttestation(folder).envelope, signatures: [] }));
          project.sign(["ci"]);
        },
        ["the signature of oversight partner is missing"],
      ],
      [
        "a verdict other than contained, whoever signs it",
        () => signedAs((one) => ({ ...one, predicate: { ...one.predicate, verdict: "undecided" } })),
        ["the verdict is undecided, not contained"],
      ],
    ])("is not applied with %s", async (_, change, lines) => {
      change();
      const { refusals, applied, left } = await apply();
      expect(refusals).toEqual(lines.map((line) => (typeof line === "string" ? line : expect.stringMatching(line))));
      expect([applied, left]).toEqual([[], ["apart", "store"]]);
      expect(provider.cloud.all()).toEqual([]);
    });

    test.each<[string, Partial<ApplyingOptions>, RegExp]>([
      [
        "a day later",
        { now: new Date(Date.now() + 25.5 * 3_600_000) },
        /^it is 25 hours old, more than 24; plan again$/,
      ],
      ["for another boundary", { boundary: "EU" }, /^it was proved for another boundary \(EEA\)$/],
    ])("is not applied %s", async (_, options, line) => {
      expect((await apply(options)).refusals).toEqual([expect.stringMatching(line)]);
    });

    test("is not applied once the trust file has changed", async () => {
      const trust = project.read("cdktf.out/trust.json");
      project.write("cdktf.out/trust.json", JSON.stringify({ accounts: { "222222222222": { name: "else" } } }));
      expect((await apply()).refusals).toEqual(["the proof rests on another trust file; plan again"]);
      project.write("cdktf.out/trust.json", trust);
    });

    test("is not read when its attestation is torn", async () => {
      project.write(attestation, project.read(attestation).slice(0, 200));
      await expect(apply()).rejects.toThrow(/attestation\.json: .*not valid JSON/);
      rmSync(join(folder, "plans"), { recursive: true });
      await expect(apply()).rejects.toThrow(/there is no attestation; run `enclave plan` first/);
    });

    test("has one plan or apply at a time; the lock of one that was killed does not count", async () => {
      await locked(folder, async () => {
        await expect(apply()).rejects.toThrow(/another plan or apply is running \(process \d+\); wait for it to end/);
        await expect(plan()).rejects.toThrow(/another plan or apply is running/);
      });
      project.write("cdktf.out/enclave.lock", "4194304999");
      expect(await apply({ dryRun: true })).toMatchObject({ refusals: [] });
      expect(existsSync(join(folder, "enclave.lock"))).toBe(false);
    });

    test("keeps the plans it has when new ones can't be made", async () => {
      const before = project.read(attestation);
      const dying = await broken("dying", "show", "kill -9 $$");
      await expect(planEnclave(dying, { folder })).rejects.toThrow(/can't be shown as JSON: Terraform was ended by/);
      const full = await broken("full", "show", "exec head -c 100000 /dev/zero > /dev/full");
      await expect(planEnclave(full, { folder })).rejects.toThrow(/can't be shown as JSON/);
      // The plan itself goes where there is no room; the binary is the real one.
      const unwritten = await broken(
        "unwritten",
        "plan",
        `PATH='${process.env.PATH}' exec terraform plan -input=false -no-color -out=/dev/full`,
      );
      await expect(planEnclave(unwritten, { folder })).rejects.toThrow(
        /plan\.bin: can't be shown as JSON: .*; it was not written whole: see whether the disk has space left$/,
      );
      expect(project.read(attestation)).toBe(before);
      expect(existsSync(join(folder, "plans.new"))).toBe(false);
      flipped("cdktf.out/stacks/apart/cdk.tf.json");
      await expect(plan()).rejects.toThrow();
      project.reset("apart");
      expect(project.read(attestation)).toBe(before);
    });

    test("is not touched when the disk has no room to note what is done", async () => {
      const full = jest.spyOn(fs, "fsyncSync").mockImplementationOnce(() => {
        throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      });
      const { failed, applied } = await apply();
      expect(full).toHaveBeenCalledTimes(1);
      full.mockRestore();
      expect(failed?.reason).toMatch(/applied\.jsonl: there is no space left on the disk; free some, then go on$/);
      expect([applied, provider.cloud.all()]).toEqual([[], []]);
    });
  });

  describe("being applied", () => {
    test("stops where AWS refuses, says what is left, and goes on from there", async () => {
      await plan();
      project.sign();
      provider.order([{ kind: "refuse", type: "aws_s3_bucket_policy", times: 1 }]);
      const stopped = await apply();
      expect(stopped).toMatchObject({ applied: ["apart"], failed: { stack: "store" }, left: [], waiting: ["reader"] });
      expect(stopped.failed?.reason).toMatch(/UnauthorizedOperation.*\(with aws_s3_bucket_policy\.users\)$/);
      expect((await apply()).refusals).toEqual([
        "store: its apply failed or was cut off, and its state has moved on since the plan (none → serial 3); plan again",
      ]);
      const { planned } = await plan();
      expect(planned.map(({ stack, changes }) => [stack.name, changes.resources.length])).toEqual([
        ["apart", 0],
        ["store", 1],
        ["reader", 1],
      ]);
    });

    test("goes on where Terraform was killed before it began, under the same attestation, once", async () => {
      project.configure("apart", { resource: { aws_sns_topic: { news: { name: "news", display_name: "News" } } } });
      await plan();
      project.sign();
      const killed = await broken("killed", "apply", '[ "$(basename "$PWD")" = store ] && kill -9 $$');
      expect(await apply({}, killed)).toMatchObject({
        applied: ["apart"],
        failed: { stack: "store", reason: expect.stringMatching(/^Terraform was ended by SIGKILL; /) },
      });
      const [first, second] = await Promise.allSettled([apply(), apply()]);
      expect(first).toMatchObject({ value: { before: ["apart"], applied: ["store", "reader"], refusals: [] } });
      expect(second).toMatchObject({ reason: { message: expect.stringMatching(/another plan or apply is running/) } });
      expect(await apply()).toMatchObject({ before: ["apart", "store", "reader"], applied: [], refusals: [] });
    });

    test("does not follow an old attestation", async () => {
      const old = project.keepPlans();
      project.configure("apart", { resource: { aws_sns_topic: { news: { name: "news", display_name: "Old" } } } });
      await plan();
      project.sign();
      const replayed = project.keepPlans();
      expect(await apply()).toMatchObject({ refusals: [], applied: ["apart", "store", "reader"], left: [] });
      replayed();
      rmSync(join(folder, "plans/applied.jsonl"), { force: true });
      const serial = /^apart: its state has moved on since the plan \(serial \d+ → serial \d+\); plan again$/;
      expect((await apply()).refusals).toContainEqual(expect.stringMatching(serial));
      old();
      rmSync(join(folder, "plans/applied.jsonl"), { force: true });
      expect((await apply()).refusals).toContainEqual(expect.stringMatching(serial));
      project.reset("apart");
    });

    test("judges what is not planned as it stands", async () => {
      const { standing, planned, verdict } = await plan({ names: ["apart"] });
      expect(planned.map(({ stack }) => stack.name)).toEqual(["apart"]);
      expect([standing.map(({ name }) => name), verdict]).toEqual([["reader", "store"], "contained"]);
      const policy = provider.cloud.ofType("aws_s3_bucket_policy")[0];
      const state = project.read("states/store.tfstate");
      project.write("states/store.tfstate", state.replace("111111111111:root", "999999999999:root"));
      const { report } = await plan({ names: ["apart"] });
      expect([report.verdict, report.escapes[0].destination.place]).toEqual(["escapes", "account 999999999999"]);
      project.write("states/store.tfstate", state);
      await plan({ names: ["apart"] });
      project.sign();
      const moved = JSON.parse(state);
      project.write("states/store.tfstate", JSON.stringify({ ...moved, serial: moved.serial + 1 }));
      expect((await apply()).refusals).toEqual([
        expect.stringMatching(/^store: its state has moved on since the plan/),
      ]);
      project.write("states/store.tfstate", state);
      expect(policy.id).toBe("enclave-users");
    });

    test("is refused when what escapes is planned", async () => {
      const store = JSON.parse(project.read("cdktf.out/stacks/store/cdk.tf.json"));
      store.resource.aws_s3_bucket_policy.users = bucketPolicy("999999999999");
      project.write("cdktf.out/stacks/store/cdk.tf.json", JSON.stringify(store));
      const { verdict, report } = await plan();
      expect([verdict, report.escapes[0].resource]).toEqual(["escapes", "aws_s3_bucket.users"]);
      project.sign();
      expect((await apply()).refusals).toEqual(["the verdict is escapes, not contained"]);
      project.reset("store");
    });

    test("is planned no more while a state lies about that could not be saved", async () => {
      project.write("cdktf.out/stacks/store/errored.tfstate", "{}");
      await expect(plan()).rejects.toThrow(
        /errored\.tfstate: holds a state that could not be saved; `terraform state push`/,
      );
      rmSync(join(folder, "stacks/store/errored.tfstate"));
    });

    const deaths: Readonly<Record<string, () => Promise<Terraform>>> = {
      Terraform: async () => {
        const pid = join(project.root, "pid");
        const { cloud } = provider;
        const real = cloud.put.bind(cloud);
        const put = jest.spyOn(cloud, "put").mockImplementation((resource) => {
          real(resource);
          if (resource.values.name !== "last") return;
          put.mockRestore();
          process.kill(Number(readFileSync(pid, "utf8")), "SIGKILL");
        });
        return broken("dies", "apply", `echo $$ > ${pid}`);
      },
      "the provider": async () => {
        provider.order([{ kind: "crash", type: "aws_sns_topic", like: { name: "last" }, times: 1 }]);
        return terraform;
      },
    };

    test.each([
      ["Terraform", /^Terraform was ended by SIGKILL; what it was making may stand .* imported or deleted by hand$/],
      ["the provider", /the provider has died: what it was making may stand .* to be imported or deleted by hand$/],
    ])("loses no state when %s dies in the middle", async (who, message) => {
      const topics = { news: { name: "news" }, more: { name: "more" } };
      const last = { name: "last", depends_on: ["aws_sns_topic.more"] };
      project.configure("apart", { resource: { aws_sns_topic: { ...topics, last } } });
      await plan();
      project.sign();
      const { failed, applied } = await apply({}, await deaths[who]());
      expect([applied, failed]).toEqual([[], { stack: "apart", reason: expect.stringMatching(message) }]);
      const resources = project.state("apart").resources as { name: string; instances: object[] }[];
      expect(resources.flatMap(({ name, instances }) => instances.map(() => name))).toEqual(["more", "news"]);
      const { planned } = await plan();
      expect(planned[0].changes.resources).toEqual([{ address: "aws_sns_topic.last", action: "create" }]);
      const orphan = provider.cloud.ofType("aws_sns_topic").find(({ values }) => values.name === "last")!;
      provider.cloud.delete(orphan);
      project.reset("apart");
    });
  });

  describe("standing", () => {
    test("has not drifted while nobody touches it", async () => {
      await plan();
      project.sign();
      expect((await apply()).refusals).toEqual([]);
      const { report, drifted, comparison } = await driftOf(terraform, { folder });
      expect([report.verdict, drifted, comparison?.opened]).toEqual(["contained", [], []]);
    });

    test("has a report in which the partner's desk finds what is touched", () => {
      const proof = readProof(readFileSync(join(folder, "plans", "apart", "report.json"), "utf8"), {});
      expect(proof.summary).toEqual({ verdict: "contained" });
      for (const [name, address] of Object.entries({
        "arn:aws:s3:::enclave-users": "store:aws_s3_bucket.users",
        [String(provider.cloud.ofType("aws_sqs_queue")[0].values.arn)]: "reader:aws_sqs_queue.work",
      })) {
        expect([name, proof.of(name)]).toEqual([name, { standing: "contained", address }]);
      }
      expect(proof.of("arn:aws:s3:::somebody-elses")).toEqual({ standing: "not proved" });
    });

    test("tells who opened it since the last proof, asked by refresh and by state", async () => {
      const [policy] = provider.cloud.ofType("aws_s3_bucket_policy");
      const opened = String(policy.values.policy).replace("111111111111", "999999999999");
      provider.cloud.put({ ...policy, values: { ...policy.values, policy: opened } });
      const { planned } = await plan({ refresh: false });
      expect(planned.flatMap(({ changes }) => changes.resources)).toEqual([]);
      const { report, drifted, comparison } = await driftOf(terraform, { folder });
      expect([report.verdict, drifted]).toEqual(["escapes", [`store:${addresses.store[1]}`]]);
      expect(comparison?.opened).toContain("aws_s3_bucket_policy.users → account 999999999999 by s3.bucket-policy");
      const state = project.read("states/store.tfstate").replace("111111111111:root", "999999999999:root");
      project.write("opened.tfstate", state);
      const found = await driftInStates([join(project.root, "opened.tfstate")], { folder });
      expect([found.report.verdict, found.comparison?.opened]).toEqual(["escapes", comparison?.opened]);
      provider.cloud.put(policy);
    });

    test("is destroyed behind the same gate, in the opposite order, until nothing is left", async () => {
      const { planned, statement: made } = await plan({ destroy: true });
      expect(planned.map(({ stack }) => stack.name)).toEqual(["reader", "store", "apart"]);
      expect(made.predicate.destroys).toBe(true);
      expect((await apply()).refusals[0]).toBe("the signature of ci is missing");
      expect(provider.cloud.all()).toHaveLength(4);
      project.sign();
      expect(await apply()).toMatchObject({ applied: ["reader", "store", "apart"], refusals: [] });
      expect(provider.cloud.all()).toEqual([]);
    });

    test("is planned by tofu where that is on the PATH", async () => {
      const bin = join(project.root, "tofu");
      mkdirSync(bin);
      const real = (process.env.PATH ?? "")
        .split(":")
        .map((one) => join(one, "terraform"))
        .find(existsSync)!;
      symlinkSync(real, join(bin, "tofu"));
      const { Terraform: Found } = await import("../../delivery/terraform");
      const tofu = await Found.find({ ...environment, ...provider.environment, PATH: bin });
      const { statement: made } = await planEnclave(tofu, { folder, names: ["apart"] });
      expect([tofu.name, made.predicate.verdict, made.predicate.terraform.name]).toEqual(["tofu", "contained", "tofu"]);
    });
  });
});
