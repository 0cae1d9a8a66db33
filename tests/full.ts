/**
 * What takes so long that `deno task test:full` alone tries it: tests of a file
 * `*_full.ts`, and what a test leaves to that.
 *
 * @module
 */

/** Whether all is tried: `deno task test:full` says so. */
export const isFull = Deno.args.includes("--full");

/** Cases, devices or tests that only `test:full` tries; else there are none of them. */
export function inFull<const T>(...all: readonly T[]): readonly T[] {
  return isFull ? all : [];
}

/** All cases in `test:full`; else those that are chosen. */
export function fewOf<T>(
  all: readonly T[],
  isChosen: (one: T) => boolean,
): readonly T[] {
  return isFull ? all : all.filter(isChosen);
}

/** `test.inFull()` is `Deno.test()` in `test:full`, and else nothing. */
export const test = {
  inFull: (isFull ? Deno.test : () => {}) as typeof Deno.test,
};
