/** The command in this process, which has loaded already what every process would load again: what a shell would see of it. */
import { run as program } from "../../cli/program";

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(...words: readonly string[]): Promise<Ran> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) => {
    const written: string[] = [];
    const spy = jest.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0);
    return { spy, written };
  });
  try {
    process.exitCode = undefined;
    await program(["node", "enclave", ...words]);
    return {
      status: Number(process.exitCode ?? 0),
      stdout: stdout.written.join(""),
      stderr: stderr.written.join(""),
    };
  } finally {
    for (const { spy } of [stdout, stderr]) spy.mockRestore();
    process.exitCode = undefined;
  }
}
