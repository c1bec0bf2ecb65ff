/** The rooms of the proof import one way: only from rooms that stand before them (policies/README.md). */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

/** For each room, the rooms it may import from, itself aside. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  configuration: [],
  geography: ["configuration"],
  flows: ["configuration", "geography"],
  services: ["configuration", "geography", "flows"],
  network: ["configuration", "geography", "flows"],
  identity: ["configuration", "geography", "flows"],
  prover: ["configuration", "geography", "flows", "services", "network", "identity"],
  waivers: ["configuration", "geography", "flows", "prover"],
  report: ["configuration", "geography", "flows", "services", "network", "identity", "prover", "waivers"],
  testing: ["index"],
  pack: ["configuration", "index"],
};

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

const roomOf = (path: string): string => {
  const [first, second] = relative(ROOT, path).split("/");
  return first === "policies" ? (second ?? "index").replace(/\.ts$/, "") : first;
};

function* imports(file: string): Generator<string> {
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|import\(|require\()\s*"(\.[^"]*)"/g)) {
    yield resolve(dirname(file), path);
  }
}

test.each(
  readdirSync(join(ROOT, "policies"), { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name),
)("policies/%s imports only what stands before it", (room) => {
  expect(Object.keys(BEFORE)).toContain(room);
  const wrong = [...sources(join(ROOT, "policies", room))].flatMap((file) =>
    [...imports(file)]
      .filter((target) => roomOf(target) !== room && !BEFORE[room].includes(roomOf(target)))
      .map((target) => `${relative(ROOT, file)} imports ${relative(ROOT, target)}`),
  );
  expect(wrong).toEqual([]);
});

/** The folders of the large rooms, in their order; `.` are the files of the room itself. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  configuration: [".", "schema", "expression", "modules", "plan", "pulumi", "input"],
  network: ["packets", "reading", "filters", "interfaces", "routing", "transit", "names", "endpoints", "escapes", "."],
  identity: ["language", "parties", "stores", "requests", "credentials", "resources", "."],
};

test.each(Object.entries(FOLDERS))("each folder of policies/%s imports only from those before it", (room, order) => {
  const root = join(ROOT, "policies", room);
  const placeOf = (path: string): number => {
    const parts = relative(root, path).split("/");
    return order.indexOf(parts.length === 1 ? "." : parts[0]);
  };
  const files = [...sources(root)];
  expect(files.filter((file) => placeOf(file) < 0)).toEqual([]);
  const wrong = files.flatMap((file) =>
    [...imports(file)]
      .filter((target) => target.startsWith(`${root}/`) && !target.endsWith(".json") && placeOf(target) > placeOf(file))
      .map((target) => `${relative(ROOT, file)} imports ${relative(ROOT, target)}`),
  );
  expect(wrong).toEqual([]);
});

/** For each room around the proof, the rooms it may import from; `rehearsal/story` tells what all of them do together. */
const AROUND: Readonly<Record<string, readonly string[]>> = {
  attestation: ["policies"],
  delivery: ["attestation", "policies"],
  rehearsal: ["policies"],
  "rehearsal/story": ["rehearsal", "delivery", "attestation", "policies"],
};

test.each(Object.entries(AROUND))("%s imports only what stands before it", (room, before) => {
  const nameOf = (path: string): string => {
    const name = relative(ROOT, path);
    return name.startsWith("rehearsal/story/") ? "rehearsal/story" : name.split("/")[0];
  };
  const wrong = [...sources(join(ROOT, room))]
    .filter((file) => nameOf(file) === room)
    .flatMap((file) =>
      [...imports(file)]
        .filter((target) => nameOf(target) !== room && !before.includes(nameOf(target)))
        .map((target) => `${relative(ROOT, file)} imports ${relative(ROOT, target)}`),
    );
  expect(wrong).toEqual([]);
});

test("every construct imports the provider by module, never by its index", () => {
  const wrong = ["constructs", "stacks"].flatMap((folder) =>
    [...sources(join(ROOT, folder))].filter((file) => /from "@cdktf\/provider-aws"/.test(readFileSync(file, "utf8"))),
  );
  expect(wrong).toEqual([]);
});

test("nothing of the proof loads Pulumi before a program of it is run", () => {
  const wrong = ["policies", "cli"].flatMap((folder) =>
    [...sources(join(ROOT, folder))].filter((file) =>
      /^import (?!type\b)[^;]*from "@pulumi\/|require\("@pulumi\//m.test(readFileSync(file, "utf8")),
    ),
  );
  expect(wrong).toEqual([]);
});
