/** A Pulumi program: run, and read as what it registers. */
import { join, relative } from "node:path";
import { InputError } from "../errors";
import { sha256OfFiles } from "../files";
import { readProject } from "./project";
import { evaluated, type PulumiOptions, type PulumiReading } from "./reading";
import { runProgram } from "./run";
import { type Declarations, providerSettings } from "./terraform";

export interface ProgramOptions extends PulumiOptions {
  /** Which stack's configuration the program is given. */
  readonly pulumiStack?: string;
  /** How long the program may take, in milliseconds. */
  readonly programTimeLimit?: number;
}

/** Runs the program in a folder. The digest is over the project's files and everything that is registered. */
export async function readProgram(
  folder: string,
  stack: string,
  options: ProgramOptions,
): Promise<PulumiReading & { readonly sha256: string }> {
  const project = readProject(folder, options.pulumiStack);
  const { graph, nonce } = await runProgram(project, options.programTimeLimit);
  const seen = new Set<string>();
  for (const { urn } of graph.resources) {
    if (seen.has(urn)) throw new InputError(folder, `the program registers ${urn} twice`);
    seen.add(urn);
  }
  const declarations: Declarations = {
    ...graph,
    resources: graph.resources.map((one) => ({ ...one, component: !one.custom && !one.remote })),
    nonce,
    defaultProvider: providerSettings(project.config),
    ...(project.backend !== undefined && { backend: project.backend }),
  };
  const registered = JSON.stringify(graph).replaceAll(nonce, "");
  return {
    ...evaluated(declarations, join(folder, relative(folder, project.main)), stack, options),
    sha256: sha256OfFiles(new Map([...project.files, ["program", registered]])),
  };
}
