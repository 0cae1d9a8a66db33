/** What a stage may load of the code of its run: the code in its own key. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { newRig } from "../../../rig.ts";
import { inFull } from "../../../../full.ts";

/** Two stages of other modules; `ATTEMPT` is tried in one of them on a module of the other. */
const MODULES = {
  "mine.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import type { Definition } from "@engine/define/definition.ts";
import { importDefinition } from "@engine/run/workers/import_export.ts";
interface Attempt extends Definition { on(own: string): Promise<unknown> }
export const mine = defineTask({
  module: import.meta.url, name: "mine", result: json(z.string()),
  async run(_: { after: string }) {
    const { on } = await importDefinition<Attempt>({ module: "ATTEMPT", name: "attempt" });
    return String(await on(String(new URL("./helper.txt", import.meta.url))));
  },
});
`,
  "helper.txt": "of its own",
  "other.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
export const secret = "of another stage";
export const other = defineTask({
  module: import.meta.url, name: "other", result: json(z.string()),
  run: (_: { n: number }) => "made",
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { mine } from "./mine.ts";
import { other } from "./other.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "two", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => mine({ after: other({ n: 1 }) }),
});
`,
};

/** What comes of an attempt on the copy of `other.ts` or `helper.txt`, by code that no key refuses. */
async function attempt(code: string): Promise<string> {
  await using rig = await newRig(MODULES);
  const module = rig.path("1/node_modules/attempt.mjs");
  rig.edit("mine.ts", ["ATTEMPT", pathToFileURL(module).href]);
  await Deno.writeTextFile(
    module,
    `import * as fs from "node:fs";
const on = async (own) => {
  const url = own.replace("helper.txt", "other.ts");
  const path = decodeURIComponent(new URL(url).pathname);
  return ${code};
};
export const attempt = Object.defineProperty({ on }, Symbol.for("shiftline.definition"), { value: {} });\n`,
  );
  const { result, value } = await rig.reproduce({ jobs: 1 });
  return result.failures[0]?.message ?? String(value);
}

for (
  const code of [
    "await Deno.readTextFile(path)",
    "(await import(url)).secret",
    "await (await fetch(url)).text()",
    ...inFull(
      "await (await fetch(new URL(url))).text()",
      "await (await fetch(new Request(url))).text()",
      "await (await fetch(url.replace('file:', 'FILE:') + '?a#b')).text()",
      "await (await fetch(path)).text()",
      "Deno.readTextFileSync(new URL(url))",
      "(await Deno.readFile(path)).length",
      "fs.readFileSync(path, 'utf8')",
      "await fs.promises.readFile(path, 'utf8')",
      "fs.readFileSync(path.replace('other', '../1/other'), 'utf8')",
      "(await import(url + '?again')).secret",
    ),
  ]
) {
  Deno.test(`a stage cannot read the code of another with ${code}`, async () => {
    assert.match(
      await attempt(code),
      /^Cannot complete stage "mine": (Error: )?it reached for read access to ".*other\.ts"/,
    );
  });
}

for (
  const code of [
    "await Deno.readTextFile(new URL(own))",
    "await (await fetch(new Request(own))).text()",
    "fs.readFileSync(new URL(own), 'utf8')",
  ]
) {
  Deno.test(`a stage can read its own code with ${code}`, async () => {
    assert.equal(await attempt(code), "of its own");
  });
}
