/** A fixed number of slots, given to the waiter of highest priority first. */
export interface Slots {
  /** Waits for a slot; disposing of it frees it, once. */
  take(priority: number): Promise<Disposable>;
}

/**
 * Makes `count` slots. Among equal priorities the first to come is the first
 * to be served.
 *
 * @throws {RangeError} if the count is not a positive integer
 */
export function slots(count: number): Slots {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(
      `Cannot run ${count} stages at once: jobs must be a positive integer`,
    );
  }
  let free = count;
  const waiting: { priority: number; resume: () => void }[] = [];

  /**
   * Who waits is served a turn later: what can run only now that the slot is
   * free, because its inputs have just been made, may come before it. Not by a
   * timer: one that is set in another waits for milliseconds, which is longer
   * than a short stage takes.
   */
  function release(): void {
    if (waiting.length === 0) free++;
    else setImmediate(handOver);
  }

  function handOver(): void {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next.resume();
  }

  return {
    async take(priority) {
      if (free > 0) free--;
      else {
        const { promise, resolve } = Promise.withResolvers<void>();
        const place = waiting.findIndex((other) => other.priority < priority);
        waiting.splice(place === -1 ? waiting.length : place, 0, {
          priority,
          resume: resolve,
        });
        await promise;
      }
      let taken = true;
      return {
        [Symbol.dispose]() {
          if (taken) release();
          taken = false;
        },
      };
    },
  };
}
