/**
 * Expressions in a sealed worker, each as a package would meet it: what is in
 * node_modules is not read for keys, which refuse much of it elsewhere.
 *
 * @module
 */
import assert from "node:assert/strict";
import { stripTypeScriptTypes } from "node:module";
import { pathToFileURL } from "node:url";
import { newRig } from "../../../rig.ts";

const FOLDER = "node_modules/reached";

const REACHES = {
  "reach.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import type { Definition } from "@engine/define/definition.ts";
import { defineTask } from "@engine/define/task.ts";
import { importDefinition } from "@engine/run/workers/import_export.ts";
interface Attempts extends Definition { all: readonly (() => Promise<unknown>)[] }
export const reach = defineTask({
  module: import.meta.url, name: "reach", result: json(z.unknown()),
  async run(_: Record<string, never>) {
    const { all } = await importDefinition<Attempts>({ module: "ATTEMPTS", name: "attempts" });
    const found = [];
    for (const attempt of all) {
      found.push(await attempt().catch((error: unknown) => \`\${(error as Error).message}\`) ?? null);
    }
    return found;
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { reach } from "./reach.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "reaches", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build: () => reach({}),
});
`,
};

/** A module that exports expressions as one thing. */
function attemptsOf(expressions: readonly string[]): string {
  return `
import * as beside from "./beside.ts";
const all = [${expressions.map((one) => `async () => (${one})`).join(",\n")}];
export const attempts = Object.defineProperty({ all }, Symbol.for("shiftline.definition"), { value: {} });
`;
}

/** Modules as they lie in a package: without types. */
function inPackage(
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      `${FOLDER}/${path.replace(/\.ts$/, ".mjs")}`,
      stripTypeScriptTypes(text).replaceAll('.ts"', '.mjs"'),
    ]),
  );
}

/** Where expressions are evaluated. */
export interface Surroundings {
  /** Modules, or other files of the project, by path; `beside.ts` is imported as `beside`. */
  readonly files?: Readonly<Record<string, string>>;
  /** A command that runs the command appended to it. */
  readonly within?: readonly string[];
}

/** What each expression gives in one stage in a worker, or the message of what it throws. */
export async function reach(
  expressions: readonly string[],
  { files = {}, within }: Surroundings = {},
): Promise<readonly unknown[]> {
  await using rig = await newRig({
    ...REACHES,
    ...inPackage({
      "beside.ts": "export {};\n",
      "attempts.ts": attemptsOf(expressions),
      ...files,
    }),
  });
  const { href } = pathToFileURL(rig.path(`1/${FOLDER}/attempts.mjs`));
  rig.edit("reach.ts", ["ATTEMPTS", href]);
  if (within === undefined) {
    const { result, value } = await rig.reproduce();
    assert.deepEqual(result.failures.map(({ message }) => message), []);
    return value as unknown[];
  }
  const { output, error } = await rig.spawn({ within }).end();
  const last = output.trim().split("\n").at(-1) ?? "";
  assert.match(last, /^\{/, error);
  return JSON.parse(last).value;
}

/** Tests that each expression is refused as what it is said to reach for. */
export async function assertRefused(
  named: Readonly<Record<string, string>>,
  surroundings?: Surroundings,
): Promise<void> {
  const said = await reach(Object.keys(named), surroundings);
  const found = said.map((message) =>
    /^(?:Type)?(?:Error: )?it reached for (.*), but a stage in a worker may use only its arguments and its code/
      .exec(`${message}`)?.[1] ?? message
  );
  assert.deepEqual(
    Object.fromEntries(Object.keys(named).map((one, i) => [one, found[i]])),
    named,
  );
}
