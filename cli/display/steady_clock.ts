/**
 * A clock for what is shown.
 *
 * @module
 */

/**
 * A clock that goes on where another is set back, so that what is said every few
 * seconds is said, and what is left of a run is not less than nothing.
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
