/** `enclave attest sign|verify|show`: who says that the plans were proved contained. */
import { Command } from "commander";
import type { Statement } from "../../attestation/statement";
import { printable } from "../../policies/report/escape";
import { type FolderArguments, inFolder, type SignedArguments, signed, signersOf } from "../delivering";
import { writeFiles } from "../output";

export function attestCommand(): Command {
  const command = new Command("attest").description(
    "sign, check or show the attestation over the plans of `enclave plan`",
  );
  for (const sub of [signCommand(), verifyCommand(), showCommand()]) command.addCommand(sub);
  return command;
}

interface SignArguments extends FolderArguments {
  readonly key: string;
  readonly publicKey?: string;
}

function signCommand(): Command {
  return inFolder(new Command("sign"))
    .description("add a signature")
    .requiredOption("--key <source>", "a private key: FILE in PEM, env:NAME, or command:PROGRAM (a KMS)")
    .option("--public-key <file>", "for a command: the public key in PEM that its signatures are checked with")
    .action(async ({ key, publicKey, folder }: SignArguments) => {
      const { readAttestation } = await import("../../delivery/plans-folder");
      const { publicKeyIn, signWith } = await import("../../attestation/keys");
      const { renderEnvelope } = await import("../../attestation/envelope");
      const { envelope, path } = readAttestation(folder);
      const named = publicKey === undefined ? {} : { publicKey: publicKeyIn(publicKey) };
      const result = signWith(envelope, key, named);
      writeFiles([{ path, text: renderEnvelope(result) }]);
      const { keyid } = result.signatures[result.signatures.length - 1];
      process.stdout.write(`signed ${path} with key ${keyid}\n`);
    });
}

interface VerifyArguments extends SignedArguments {
  readonly recheck?: true;
  readonly unsigned?: true;
}

function verifyCommand(): Command {
  return signed(new Command("verify"))
    .description("check the attestation: its plans, what has run out, who signed")
    .option("--recheck", "run the whole proof again from the plan files")
    .option("--unsigned", "ask for no signature yet: for who checks before signing")
    .addHelpText(
      "after",
      "\nBoundary and trust file are those that must have been proved.\n\nExit codes: 0 all is as attested and signed, 1 something is not, 3 unreadable input.",
    )
    .action(async (options: VerifyArguments) => {
      const refusals = await wrongWith(options);
      for (const line of refusals) process.stdout.write(`${printable(line)}\n`);
      if (refusals.length === 0) {
        process.stdout.write(
          options.unsigned ? "as attested; not asked for signatures\n" : "as attested, and signed by all who must\n",
        );
      }
      process.exitCode = refusals.length === 0 ? 0 : 1;
    });
}

async function wrongWith(options: VerifyArguments): Promise<string[]> {
  const { planFile, readAttestation } = await import("../../delivery/plans-folder");
  const { demandsOf } = await import("../../delivery/judging");
  const refusing = await import("../../attestation/refusals");
  const { envelope, path } = readAttestation(options.folder);
  const { statement } = refusing.attestedIn(path, envelope);
  const signers = await signersOf(options);
  const now = new Date();
  const refusals = [
    ...(options.unsigned ? [] : refusing.signatureRefusals(envelope, signers, now)),
    ...refusing.contentRefusals(statement, { ...demandsOf(options), validHours: signers.validHours, now }),
    ...refusing.planRefusals(statement, (name) => planFile(options.folder, name)),
  ];
  if (!options.recheck || refusals.length > 0) return refusals;
  const { recheck } = await import("../../delivery/recheck");
  const { Terraform } = await import("../../delivery/terraform");
  return recheck(await Terraform.find(), statement, options);
}

function showCommand(): Command {
  return inFolder(new Command("show"))
    .description("show what is attested, and by whom")
    .action(async ({ folder }: FolderArguments) => {
      const { readAttestation } = await import("../../delivery/plans-folder");
      const { attestedIn } = await import("../../attestation/refusals");
      const { envelope, path } = readAttestation(folder);
      const { statement, digest } = attestedIn(path, envelope);
      const keys = envelope.signatures.map(({ keyid }) => `  key ${keyid}`);
      const lines = [...shown(statement, digest), keys.length > 0 ? "signatures:" : "no signatures", ...keys];
      process.stdout.write(`${lines.map(printable).join("\n")}\n`);
    });
}

function shown({ predicate, subject }: Statement, digest: string): string[] {
  const { verdict, boundary, stacks, standing, waiting, assumptions, models, terraform, time, report } = predicate;
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(", ");
  const providers = new Set(stacks.flatMap((stack) => Object.entries(stack.providers).map((one) => one.join(" "))));
  return [
    `${verdict}: ${predicate.destroys ? "destroying " : ""}${names(stacks)}`,
    `boundary ${boundary.name} (${boundary.countries.join(" ")}), proved ${time}`,
    `statement ${digest}`,
    `report ${report.sha256}`,
    `models ${models.version} (${models.sha256}) of hashicorp/aws ${models.provider}`,
    `planned by ${[`${terraform.name} ${terraform.version}`, ...providers].join(", ")}`,
    "plans:",
    ...subject.map(({ name, digest: { sha256 } }) => `  ${sha256}  ${name}`),
    ...(standing.length > 0 ? [`judged as it stands: ${names(standing)}`] : []),
    ...(waiting.length > 0 ? [`not planned yet: ${waiting.join(", ")}`] : []),
    "assumptions:",
    ...assumptions.map(
      ({ subject: about, statement, source, until }) =>
        `  ${about}: ${statement} [${source}]${until ? ` until ${until}` : ""}`,
    ),
  ];
}
