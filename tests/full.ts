/**
 * What takes so long that `deno task test:full` alone tries it. A test that
 * leaves something to it has a neighbour `*_full.ts` that imports it, and tries
 * all of it then.
 *
 * @module
 */

/** Whether a `*_full.ts` runs. */
export const isFull = Deno.mainModule.endsWith("_full.ts");

/** Cases, devices or tests that only a `*_full.ts` tries; else there are none of them. */
export function inFull<const T>(...all: readonly T[]): readonly T[] {
  return isFull ? all : [];
}
