/** What a task in a worker may reach: its store and code, and nothing else. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { newRig } from "./rig.ts";

/** A worker task that reaches for something; `ATTEMPT` stands for it. */
const REACHES = {
  "reach.ts": `
import { z } from "zod";
import { json } from "@engine/codec.ts";
import { defineTask } from "@engine/task.ts";
export const reach = defineTask({
  module: import.meta.url,
  name: "reach",
  runsIn: "worker",
  result: json(z.unknown()),
  async run({ path }: { path: string }, context) {
    await context.scratch.load();
    return await ATTEMPT;
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/pipeline.ts";
import { reach } from "./reach.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "reaches", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => reach({ path: PATH }),
});
`,
};

/** What becomes of a task that reaches for something. */
async function attempt(
  code: string,
  { path = "" }: { readonly path?: string } = {},
): Promise<unknown> {
  await using rig = await newRig(REACHES);
  rig.edit("reach.ts", ["ATTEMPT", code]);
  rig.edit("pipeline.ts", ["PATH", JSON.stringify(path)]);
  const { result, value } = await rig.reproduce();
  return result.failures[0]?.message ?? value;
}

Deno.test("a task in a worker cannot read outside of project and store", async () => {
  const outside = await Deno.makeTempDir({ prefix: "home-" });
  const path = join(outside, "secret.txt");
  await Deno.writeTextFile(path, "secret");
  assert.equal(await Deno.readTextFile(path), "secret"); // the main isolate can
  assert.equal(
    await attempt("Deno.readTextFile(path)", { path }),
    `Cannot complete stage "reach": Requires read access to "${path}", run again with the --allow-read flag`,
  );
  assert.match(
    String(
      await attempt("Array.fromAsync(Deno.readDir(path))", { path: outside }),
    ),
    /^Cannot complete stage "reach": Requires read access to /,
  );
  await Deno.remove(outside, { recursive: true });
});

Deno.test("a task in a worker cannot write to the code of its project", async () => {
  assert.match(
    String(
      await attempt(
        'Deno.writeTextFile(new URL("./reach.ts", import.meta.url), "")',
      ),
    ),
    /^Cannot complete stage "reach": Requires write access to /,
  );
});

Deno.test("a task in a worker has no network", async () => {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("out"),
  );
  const path = `http://127.0.0.1:${server.addr.port}/`;
  assert.equal(await (await fetch(path)).text(), "out"); // the main isolate has
  assert.match(
    String(await attempt("fetch(path).then((r) => r.text())", { path })),
    /^Cannot complete stage "reach": Requires net access to "127\.0\.0\.1:\d+"/,
  );
  await server.shutdown();
});

Deno.test("a task in a worker cannot run programs, nor see variables", async () => {
  assert.match(
    String(await attempt('new Deno.Command("ls").output()')),
    /^Cannot complete stage "reach": Requires run access to "ls"/,
  );
  // The tests' own permissions, which workers inherit, hide what they deny.
  assert.equal(await attempt('Deno.env.get("HOME") ?? "nothing"'), "nothing");
});

Deno.test("a task in a worker cannot fetch a source", async () => {
  assert.equal(
    await attempt(
      'context.fetch({ url: "https://example.org/a", sha256: "", title: "A table" })',
    ),
    'Cannot complete stage "reach": Cannot fetch "A table" in a worker: workers have no network; take the bytes as an argument, from a stage of fetchSource',
  );
});

Deno.test("a task in a worker can read its project", async () => {
  assert.match(
    String(
      await attempt(
        'Deno.readTextFile(new URL("./reach.ts", import.meta.url))',
      ),
    ),
    /name: "reach"/,
  );
});
