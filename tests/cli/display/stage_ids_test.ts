import assert from "node:assert/strict";
import { stageIds } from "../../../cli/display/stage_ids.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { training } from "../toy_pipelines.ts";

Deno.test("stageIds() gives one id to stages that pipelines share, and others to those of their name alone", () => {
  const idsOf = stageIds();
  const of = (...line: Parameters<typeof training>) =>
    idsOf(graphOf(training(...line).build("default")));
  const all = [
    of("toy-line"),
    of("toy-other"), // trains the same, and calls it otherwise
    of("toy-larger", { size: 4 }),
    of("toy-longer", { epochs: 13 }),
  ];
  const numbers = (prefix: string) => {
    const ids = all.map((one) =>
      [...one].find(([name]) => name.startsWith(prefix))?.[1]
    );
    return ids.map((id) => ids.indexOf(id));
  };
  assert.deepEqual(numbers("load"), [0, 0, 2, 0]);
  assert.deepEqual(numbers("train/"), [0, 0, 2, 3]);
  assert.deepEqual(numbers("conclude"), [0, 0, 2, 3]); // by what they are given
});
