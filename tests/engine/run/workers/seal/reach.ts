/**
 * Expressions in a sealed worker, each as the whole of a stage would meet it.
 *
 * @module
 */
import assert from "node:assert/strict";
import { newRig } from "../../../rig.ts";

const REACHES = {
  "reach.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import * as beside from "./beside.ts";
const attempts = [ATTEMPTS];
export const reach = defineTask({
  module: import.meta.url, name: "reach", result: json(z.unknown()),
  async run(_: Record<string, never>) {
    const found = [];
    for (const attempt of attempts) {
      found.push(await attempt().catch((error: unknown) => \`\${(error as Error).message}\`) ?? null);
    }
    return found;
  },
});
`,
  "beside.ts": "export {};\n",
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
  await using rig = await newRig({ ...REACHES, ...files });
  rig.edit("reach.ts", [
    "ATTEMPTS",
    expressions.map((one) => `async () => (${one})`).join(",\n"),
  ]);
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
    /^(?:Type)?(?:Error: )?it reached for (.*), and a stage in a worker may use its arguments and its code, nothing else/
      .exec(`${message}`)?.[1] ?? message
  );
  assert.deepEqual(
    Object.fromEntries(Object.keys(named).map((one, i) => [one, found[i]])),
    named,
  );
}
