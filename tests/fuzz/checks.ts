/** What must hold of whatever is said. */
import assert from "node:assert/strict";
import type { Outcome } from "../cli/rig.ts";

/** Makes sure that something is an error of ours, in one line. */
export function checkClear(
  error: unknown,
  kind: new (...args: never) => Error,
  start = "Cannot ",
): void {
  if (!(error instanceof kind)) throw error;
  assert.ok(error.message.startsWith(start), error.message);
  assert.doesNotMatch(error.message, /undefined|\[object |\bNaN\b/);
}

/** Makes sure that a command said what it had to say. */
export function checkSaid({ code, stdout, stderr }: Outcome): void {
  assert.ok(code === 0 || code === 1 || code === 2, `code ${code}`);
  for (const text of [stdout, stderr]) {
    assert.doesNotMatch(
      text,
      /(?!\n)\p{Cc}|Invalid |\bNaN\b|undefined|\[object |(Type|Range|Syntax)Error|Cannot read properties|is not a function|is not iterable|\n +at /u,
    );
  }
  if (code !== 0 && stdout === "") assert.match(stderr, /^(Cannot|No|Not) /);
}
