/** Runs one job per stack, each behind those it depends on, as many at once as there is room for. */

export interface Job {
  readonly name: string;
  readonly after: readonly string[];
  run(): Promise<void>;
}

/** @throws what the first job that fails throws, after those that were running have ended */
export async function runAll(jobs: readonly Job[], atOnce: number): Promise<void> {
  const names = new Set(jobs.map(({ name }) => name));
  const done = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  let pending = [...jobs];
  const free = () => pending.find(({ after }) => after.every((name) => done.has(name) || !names.has(name)));
  while (pending.length > 0 || running.size > 0) {
    for (let job = free(); job && running.size < atOnce && failures.length === 0; job = free()) {
      const { name } = job;
      pending = pending.filter((one) => one !== job);
      const work = job
        .run()
        .then(() => void done.add(name))
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(name));
      running.set(name, work);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (failures.length > 0) throw failures[0];
}

/** Lets one piece of work begin when the one before has ended. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
