/**
 * Counts workers: Deno's sanitizers do not notice one that goes on.
 *
 * @module
 */

/** The workers that were started while this was not disposed of. */
export interface CountedWorkers extends Disposable {
  readonly started: readonly Worker[];
  /** How many of them were not ended. */
  running(): number;
}

/** Starts to count. */
export function countWorkers(): CountedWorkers {
  const Original = globalThis.Worker;
  const started: Worker[] = [];
  const ended = new Set<Worker>();
  globalThis.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }

    override terminate(): void {
      ended.add(this);
      super.terminate();
    }
  };
  return {
    started,
    running: () => started.filter((worker) => !ended.has(worker)).length,
    [Symbol.dispose]() {
      globalThis.Worker = Original;
    },
  };
}
