/**
 * Compares a drawing with a file in tests/golden/. After a wanted change run
 * the test with `-- --update`, then look at the difference before keeping it.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

export function assertGolden(text: string, name: string): void {
  const file = new URL(`../../golden/${name}`, import.meta.url);
  if (Deno.args.includes("--update")) writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}
