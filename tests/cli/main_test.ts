import type * as registry from "../../pipelines/registry.ts";
import type { site } from "../../reports/site/site.ts";
import type { Registry } from "../../cli/arguments/shell.ts";
import type { RenderSite } from "../../publishing/site_sources.ts";
import assert from "node:assert/strict";

// main.ts imports both by names that the compiler does not follow.
const fitsRegistry = (it: typeof registry): Registry => it;
const fitsSite = (it: typeof site): RenderSite => it;

Deno.test("main() imports a registry and a site of the shapes it expects", () => {
  assert.equal(fitsRegistry.length + fitsSite.length, 2); // checked by the compiler
});
