/**
 * What takes so long that `deno task test:full` alone tries it: tests of a file
 * `*_full.ts`, and what a test leaves to a neighbour of that name, which is one
 * line that imports it.
 *
 * @module
 */

/** Whether a `*_full.ts` runs. */
export const isFull = Deno.mainModule.endsWith("_full.ts");

/** Cases, devices or tests that only a `*_full.ts` tries; else there are none of them. */
export function inFull<const T>(...all: readonly T[]): readonly T[] {
  return isFull ? all : [];
}

/** All cases where a `*_full.ts` runs; else those that are chosen. */
export function fewOf<T>(
  all: readonly T[],
  isChosen: (one: T) => boolean,
): readonly T[] {
  return isFull ? all : all.filter(isChosen);
}

/** `test.inFull()` is `Deno.test()` where a `*_full.ts` runs, and else nothing. */
export const test = {
  inFull: (isFull ? Deno.test : () => {}) as typeof Deno.test,
};
