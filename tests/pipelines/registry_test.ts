import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { graphOf } from "../../engine/run/graph.ts";
import { pipelines } from "../../pipelines/registry.ts";

interface Graph {
  readonly redirects: Readonly<Record<string, string>>;
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

/** Every package that Deno loads with a module, also for what stands in `import("…")`. */
async function packagesWith(module: string): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", fileURLToPath(import.meta.resolve(module))],
    stderr: "null",
  }).output();
  const { modules, redirects }: Graph = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  const byUrl = new Map(modules.map((one) => [one.specifier, one]));
  const packages = new Set<string>();
  const seen = new Set([import.meta.resolve(module)]);
  for (const url of seen) { // grows while it is walked
    for (const { specifier, code } of byUrl.get(url)?.dependencies ?? []) {
      if (code?.specifier === undefined) continue; // a type
      const next = redirects[code.specifier] ?? code.specifier;
      if (/^npm:/.test(next)) packages.add(specifier);
      else seen.add(next);
    }
  }
  assert.ok(seen.size > 100);
  return [...packages].sort();
}

Deno.test("the registry of pipelines loads no tfjs, no cephes and no Plot, for a run that changes nothing loads it", async () => {
  assert.deepEqual(await packagesWith("../../pipelines/registry.ts"), [
    "csv-parse/sync",
    "fast-png",
    "ml-matrix",
    "pure-rand/generator/xoroshiro128plus",
    "zod",
  ]);
});

Deno.test("the registry of pipelines asks for no package that is loaded when it is asked for", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "-q",
      `import { createRequire } from "node:module";
      await import("${import.meta.resolve("../../pipelines/registry.ts")}");
      console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`,
    ],
    stderr: "null",
  }).output();
  const files: readonly string[] = JSON.parse(new TextDecoder().decode(stdout));
  const packages = files.map((file) =>
    /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
  );
  assert.deepEqual([...new Set(packages)], ["ml-matrix"]);
});

Deno.test("the stages of all pipelines have names of one word, so that a line names them without quotes", () => {
  const names = pipelines.flatMap(({ profiles, build }) =>
    profiles.flatMap((profile) =>
      graphOf(build(profile)).nodes.map(({ stage }) => stage.name)
    )
  );
  assert.ok(names.length > 1000);
  assert.deepEqual(names.filter((name) => /\s/.test(name)), []);
});
