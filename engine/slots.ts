/** A fixed number of slots, given to the waiter of highest priority first. */
export interface Slots {
  /** Waits for a slot; disposing of it frees it. */
  take(priority: number): Promise<Disposable>;
}

/** Makes `count` slots. */
export function slots(count: number): Slots {
  let free = count;
  const waiting: { priority: number; resume: () => void }[] = [];

  function release(): void {
    free++;
    const next = waiting.shift();
    if (next !== undefined) {
      free--;
      next.resume();
    }
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
      return { [Symbol.dispose]: release };
    },
  };
}
