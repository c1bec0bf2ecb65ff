/** An expression that Terraform would refuse: at parsing, or with the values it has. */

/** A place in the text of an expression; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The message says what was expected or what is wrong; `at` says where, counted from the start of the text given. */
export class ExpressionError extends Error {
  constructor(
    readonly reason: string,
    readonly at: Place = { line: 1, column: 1 },
  ) {
    super(`line ${at.line}, column ${at.column}: ${reason}`);
    this.name = "ExpressionError";
  }
}

/** A failure that does not know its place yet: the evaluator gives it that of the expression it was met in. */
export class Failure extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "Failure";
  }
}

/** More work than is worth doing. No `try` may catch it: Terraform would go on. */
export class Exhausted extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "Exhausted";
  }
}

export function fail(reason: string): never {
  throw new Failure(reason);
}

/** Types that don't fit. Where a type is not told it might fit after all. */
export class Mismatch extends Failure {}

export function mismatch(reason: string): never {
  throw new Mismatch(reason);
}

/** Text from a configuration as it may stand in a message: short, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** The results of the attempts that don't fail; if all do, it fails as the last one does or gives `otherwise`. */
export function attemptAll<T, R>(choices: readonly T[], attempt: (choice: T) => R, otherwise?: R[]): R[] {
  const results: R[] = [];
  let failure: Failure | ExpressionError | undefined;
  for (const choice of choices) {
    try {
      results.push(attempt(choice));
    } catch (error) {
      if (!(error instanceof Failure || error instanceof ExpressionError)) throw error;
      failure = error;
    }
  }
  if (results.length > 0 || !failure) return results;
  if (otherwise) return otherwise;
  throw failure;
}
