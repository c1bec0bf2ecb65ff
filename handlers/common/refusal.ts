/** Something asked for is not done, for a reason that who asked may read; nothing has been changed. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** HTTP status of the answer. */
    readonly status: 400 | 403 | 404 | 409 = 400,
  ) {
    super(message);
    this.name = "Refusal";
  }
}
