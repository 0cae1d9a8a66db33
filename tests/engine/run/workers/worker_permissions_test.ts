/** What a task in a worker may reach: its arguments, its scratch and its code, and nothing else. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../../engine/define/hash.ts";
import { newRig, type Rig } from "../../rig.ts";
import { test } from "../../../full.ts";

/** A worker task that reaches for something; `ATTEMPT` stands for it. */
const REACHES = {
  "words.txt": "words",
  "reach.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
export const reach = defineTask({
  module: import.meta.url,
  name: "reach",
  result: json(z.unknown()),
  async run({ path }: { path: string; other: string }, context) {
    return await ATTEMPT;
  },
});
export const other = defineTask({
  module: import.meta.url, name: "other", result: json(z.string()),
  run: () => "what another stage made",
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { other, reach } from "./reach.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "reaches", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => reach({ path: PATH, other: OTHER }),
});
`,
};

const REFUSED =
  "but a stage in a worker may use only its arguments and its code";

/** What becomes of a task that reaches for something. */
async function attempt(
  code: string,
  { path = "", alone = false }: {
    readonly path?: string | ((rig: Rig) => string);
    /** Whether it is the only stage. */
    readonly alone?: boolean;
  } = {},
): Promise<unknown> {
  await using rig = await newRig(REACHES);
  rig.edit("reach.ts", ["ATTEMPT", code]);
  const at = typeof path === "string" ? path : path(rig);
  rig.edit("pipeline.ts", ["PATH", JSON.stringify(at)]);
  rig.edit("pipeline.ts", ["OTHER", alone ? '""' : "other()"]);
  const { result, value } = await rig.reproduce();
  return result.failures[0]?.message ?? value;
}

Deno.test("a task in a worker cannot read the home folder", async () => {
  const outside = await Deno.makeTempDir({ prefix: "home-" });
  const path = join(outside, "secret.txt");
  await Deno.writeTextFile(path, "secret");
  assert.equal(await Deno.readTextFile(path), "secret"); // the main isolate can
  assert.equal(
    await attempt("Deno.readTextFile(path)", { path }),
    `Cannot complete stage "reach": it reached for read access to "${path}", ${REFUSED}`,
  );
  assert.equal(
    await attempt("Array.fromAsync(Deno.readDir(path))", { path: outside }),
    `Cannot complete stage "reach": it reached for read access to "${outside}", ${REFUSED}`,
  );
  await Deno.remove(outside, { recursive: true });
});

test.inFull("a task in a worker cannot read the artifact of another stage, nor the store", async () => {
  const digest = digestOf(
    new TextEncoder().encode('"what another stage made"'),
  );
  const object = ({ store }: Rig) =>
    join(store, "objects", digest.slice(0, 2), digest);
  assert.match(
    String(await attempt("Deno.readTextFile(path)", { path: object })),
    /^Cannot complete stage "reach": it reached for read access to ".*\/objects\/[^"]*"/,
  );
  assert.match(
    String(
      await attempt("Array.fromAsync(Deno.readDir(path))", {
        path: ({ store }) => store,
      }),
    ),
    /^Cannot complete stage "reach": it reached for read access to ".*\/store"/,
  );
});

test.inFull("a task in a worker cannot read files of its project that are not its code", async () => {
  assert.match(
    String(
      await attempt("Deno.readTextFile(path)", {
        path: (rig) => rig.path("1/deno.json"),
      }),
    ),
    /^Cannot complete stage "reach": it reached for read access to ".*deno\.json"/,
  );
});

Deno.test("a task in a worker cannot write anywhere", async () => {
  for (
    const path of [
      (rig: Rig) => rig.path("1/reach.ts"),
      ({ store }: Rig) => join(store, "scratch", "mine"),
      () => "/tmp/mine",
    ]
  ) {
    assert.match(
      String(await attempt('Deno.writeTextFile(path, "")', { path })),
      /^Cannot complete stage "reach": it reached for write access to "/,
    );
  }
});

test.inFull("a task in a worker has no network", async () => {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("out"),
  );
  const { port } = server.addr;
  const path = `http://127.0.0.1:${port}/`;
  assert.equal(await (await fetch(path)).text(), "out"); // the main isolate has
  assert.equal(
    await attempt("fetch(path).then((r) => r.text())", { path }),
    `Cannot complete stage "reach": it reached for net access to "127.0.0.1:${port}", ${REFUSED}`,
  );
  await server.shutdown();
});

test.inFull("a task in a worker cannot run programs, nor see variables", async () => {
  assert.match(
    String(await attempt('new Deno.Command("ls").output()')),
    /^Cannot complete stage "reach": it reached for run access to "ls"/,
  );
  // The tests' own permissions, which workers inherit, hide what they deny.
  assert.equal(await attempt('Deno.env.get("HOME") ?? "nothing"'), "nothing");
});

Deno.test("a task in a worker keeps its unfinished work through the engine", async () => {
  const save = "context.scratch.save(new Uint8Array([path.length, 2, 3]))";
  const load = "context.scratch.load()";
  assert.deepEqual(
    await attempt(
      `(async () => [await ${load}, await ${save}, [...await ${load} ?? []]].map((part) => part ?? null))()`,
      { path: "x" },
    ),
    [null, null, [1, 2, 3]],
  );
});

test.inFull("a task in a worker hears that its unfinished work cannot be kept", async () => {
  assert.match(
    String(
      await attempt(
        "(async () => { await context.scratch.save(new Uint8Array(3)); })()",
        { path: ({ store }) => blocked(store), alone: true },
      ),
    ),
    /^Cannot complete stage "reach": Cannot write to store ".*": /,
  );
});

/** A store whose scratch is a file, and no folder. */
function blocked(store: string): string {
  Deno.mkdirSync(store);
  Deno.writeTextFileSync(join(store, "scratch"), "");
  return store;
}

Deno.test("a task in a worker has no network but a published source, which the engine gets", async () => {
  assert.match(
    String(await attempt('fetch("https://example.org/a")')),
    /^Cannot complete stage "reach": it reached for net access to "example.org:443"/,
  );
  assert.equal(
    await attempt(
      'context.fetch({ url: "https://example.org/a", sha256: "", title: "A table" })',
    ),
    'Cannot complete stage "reach": Cannot use source "A table": its SHA-256 "" is not 64 lower-case hexadecimal characters',
  );
});

Deno.test("a task in a worker can read the files that its code names", async () => {
  assert.equal(
    await attempt(
      'Deno.readTextFile(new URL("./words.txt", import.meta.url))',
    ),
    "words",
  );
});
