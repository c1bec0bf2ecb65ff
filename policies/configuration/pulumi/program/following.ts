/**
 * Makes the runtime follow values that only apply will tell: they are texts with markers inside of outputs, and a
 * function that is applied to one is run only if it can't draw a conclusion from the stand-in.
 */
import type * as Pulumi from "@pulumi/pulumi";
import type { Callbacks } from "./callbacks";
import type { Markers } from "./markers";

type Callback = (value: never) => unknown;
type Apply = (this: unknown, callback: Callback, withUnknowns?: boolean) => Pulumi.Output<unknown>;

export class Following {
  /** Functions of our own, which know what they are given. */
  private readonly trusted = new WeakSet<Callback>();

  constructor(
    private readonly markers: Markers,
    private readonly callbacks: Callbacks,
    /** The folder of the installed `@pulumi/pulumi`. */
    private readonly runtime: string,
  ) {}

  trust<T extends Callback>(callback: T): T {
    this.trusted.add(callback);
    return callback;
  }

  /** Follows every `apply` of the package's outputs. */
  patch(prototype: { apply: Apply }): void {
    const original = prototype.apply;
    const { guarded, isInternal } = this;
    prototype.apply = function apply(callback, withUnknowns) {
      const internal = isInternal(callback, 3);
      const lifting = internal && withUnknowns === true;
      return original.call(this, (value: never) => guarded(callback, value, internal, lifting), withUnknowns);
    };
  }

  private readonly isInternal = (callback: Callback, depth: number): boolean =>
    this.trusted.has(callback) || this.isCalledByRuntime(depth);

  /** Whether the function so many calls up is the runtime's own; JavaScript's own functions in between don't count. */
  isCalledByRuntime(depth: number): boolean {
    return this.callerFile(depth + 1)?.startsWith(this.runtime) === true;
  }

  callerFile(depth: number): string | undefined {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const holder: { stack?: NodeJS.CallSite[] } = {};
    Error.stackTraceLimit = depth + 3;
    Error.prepareStackTrace = (_, frames) => frames;
    Error.captureStackTrace(holder);
    const frames = holder.stack;
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
    return (
      frames
        ?.slice(depth)
        .find((frame) => frame.getFileName())
        ?.getFileName() ?? undefined
    );
  }

  /** What a function makes of a value, as far as it can be known. */
  private readonly guarded = (callback: Callback, value: never, internal: boolean, lifting: boolean): unknown => {
    if (!this.markers.has(value)) return callback(value);
    if (internal) {
      const lifted = lifting && typeof value === "string" ? this.lifted(callback, value) : undefined;
      return lifted ?? this.attempt(callback, value, value);
    }
    const kind = this.callbacks.kindOf(callback);
    if (kind === "template") return this.attempt(callback, this.markers.symbolic(value) as never, value);
    if (kind === "other") {
      this.markers.note(
        value,
        "the program applies a function to it that may register resources, depending on its value",
      );
    }
    return this.markers.computed(value);
  };

  private attempt(callback: Callback, given: never, value: unknown): unknown {
    try {
      return this.markers.plain(callback(given));
    } catch {
      return this.markers.computed(value);
    }
  }

  /** `output.property`, which the runtime writes as a function that takes one property of its argument. */
  private lifted(callback: Callback, text: string): unknown {
    try {
      return this.markers.textOf(callback(this.markers.symbol(text) as never));
    } catch {
      return undefined;
    }
  }

  /** A promise of a value with markers. */
  promise(value: unknown, awaited: () => void): Promise<unknown> {
    const following = this;
    /** What each promise stands for: asking one itself for its constructor would look like an `await`. */
    const inners = new WeakMap<Promise<unknown>, Promise<unknown>>();
    const follow = (inner: Promise<unknown>): Promise<unknown> => {
      const followed = new Followed((resolve, reject) => void inner.then(resolve, reject));
      inners.set(followed, inner);
      return followed;
    };
    class Followed extends Promise<unknown> {
      // biome-ignore lint/suspicious/noThenProperty: it is a promise.
      override then<A = unknown, B = never>(
        onValue?: ((value: unknown) => A | PromiseLike<A>) | null,
        onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        const inner = inners.get(this)!;
        if (typeof onValue !== "function") return inner.then(onValue, onError) as Promise<A | B>;
        const internal = following.isInternal(onValue, 3);
        if (isNative(onValue)) {
          if (!internal) awaited();
          return inner.then(onValue, onError);
        }
        const guarded = (given: unknown) => following.guarded(onValue, given as never, internal, false);
        return follow(inner.then(guarded, onError)) as Promise<A | B>;
      }
    }
    // `await` and Promise.resolve ask for the constructor before they take the value out.
    Object.defineProperty(Followed.prototype, "constructor", {
      get: () => {
        if (!following.isCalledByRuntime(2)) awaited();
        return Promise;
      },
    });
    return follow(Promise.resolve(value));
  }
}

const isNative = (callback: (value: unknown) => unknown): boolean =>
  /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(callback));
