/**
 * Takes calls that a type test wants refused, and does not make them:
 * `deno check` reads `@ts-expect-error`, which is an error itself where the
 * next line compiles. Beside each stands the like that does compile.
 */
export function notRun(_: () => unknown): void {}
