/**
 * A clock for what lasts, not for when it was.
 *
 * @module
 */

/**
 * A clock that goes on where another is set back, so that nothing waits until
 * that has caught up.
 *
 * @param clock milliseconds since 1970
 */
export function steadyClock(clock: () => number): () => number {
  let last = clock();
  let setBack = 0;
  return () => {
    const now = clock();
    setBack += Math.max(0, last - now);
    last = now;
    return now + setBack;
  };
}
