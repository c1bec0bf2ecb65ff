/** An input that can't be read: one line that names the file and the place in it. The command exits with 3. */
export class InputError extends Error {
  constructor(
    readonly file: string,
    message: string,
    readonly place?: string,
  ) {
    super(`${file}${place ? `: ${place}` : ""}: ${message}`);
    this.name = "InputError";
  }
}
