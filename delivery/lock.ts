/**
 * One plan or apply at a time: a file that says who is at it. That of a process that is gone does not count. (What keeps
 * states from two writers, on whatever machines, is Terraform's own lock.)
 */
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, fileFailure } from "./failure";

/** @throws Failure if another process holds the lock of the folder */
export async function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, "enclave.lock");
  take(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): void {
  // Linked when it is complete, so that nobody reads a lock without its holder.
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid), { mode: 0o600 });
    if (linked(own, path)) return;
    const holder = Number(readFileSync(path, "utf8"));
    if (!isAlive(holder)) rmSync(path, { force: true });
    if (isAlive(holder) || !linked(own, path)) {
      throw new Failure(`${path}: another plan or apply is running (process ${holder}); wait for it to end`);
    }
  } catch (error) {
    throw error instanceof Failure ? error : fileFailure(path, error);
  } finally {
    rmSync(own, { force: true });
  }
}

function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
