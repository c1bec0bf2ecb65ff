/** Why a plan or an apply stopped: one line that says what to do. */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Failure";
  }
}

/** What was thrown; if a file could not be written or read, in words. */
export const asFailure = (path: string, error: unknown): unknown =>
  (error as NodeJS.ErrnoException).syscall ? fileFailure((error as NodeJS.ErrnoException).path ?? path, error) : error;

/** The reason that a file could not be written or read, in words. */
export function fileFailure(path: string, error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: "there is no space left on the disk; free some, then go on",
    EACCES: "permission is denied",
    EROFS: "the file system is read-only",
    ENOENT: "it is not there",
    EISDIR: "it is a folder",
  };
  return new Failure(`${path}: ${(code && reasons[code]) ?? message}`);
}
