/**
 * Compares a page and a figure with the files in tests/golden/. After a wanted
 * change: `deno task test tests/reports/golden_test.ts -- --update`, then look at
 * the difference before keeping it.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { site } from "../../reports/site/site.ts";
import { report, run } from "./example.ts";

const files = site({ reports: [report], run });

for (
  const [path, name] of [
    ["spurious-tint/index.html", "spurious_tint.html"],
    ["spurious-tint/index.md", "spurious_tint.md"],
    ["spurious-tint/spurious-tint.svg", "spurious_tint.svg"],
    ["index.md", "front.md"],
    ["method/index.md", "method.md"],
  ] as const
) {
  Deno.test(`site() still writes ${path} as in tests/golden/${name}`, () => {
    const file = new URL(`../golden/${name}`, import.meta.url);
    const text = String(files.get(path));
    if (Deno.args.includes("--update")) writeFileSync(file, text);
    assert.equal(text, readFileSync(file, "utf8"));
  });
}
