import assert from "node:assert/strict";
import { stageNamed } from "../../../cli/named/stages.ts";
import { verticalFlip } from "../../../pipelines/vertical_flip.ts";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import { definePipeline } from "../../../engine/define/pipeline.ts";
import { load } from "../toy_tasks.ts";

const many = definePipeline({
  module: import.meta.url,
  name: "many",
  title: "Many stages",
  profiles: { smoke: { stages: 30 } },
  build: ({ stages }: { readonly stages: number }) =>
    Array.from({ length: stages }, (_, size) => load({ size }, `of-${size}`)),
});

Deno.test("stageNamed() groups the stages that contain a part of a name where they are many, and says how to see all", () => {
  assert.throws(
    () => stageNamed(["load"], { pipelines: [many], profile: "smoke" }),
    (error) =>
      error instanceof UsageError &&
      error.message.endsWith("30 of 30 stages contain it in their names") &&
      error.list.join("\n") ===
        "load/of-* (30)\ndeno task explain load many --list --profile smoke lists all 30",
  );
});

Deno.test("stageNamed() says of an inline task which stage its calls are part of", () => {
  const taken = `is part of each stage that takes its result, such as "`;
  for (const name of ["applyShift", "applyShift/flip"]) {
    assert.throws(
      () => stageNamed([name], { pipelines: [verticalFlip], profile: "smoke" }),
      (error) =>
        error instanceof UsageError &&
        error.message.includes(`a call of applyShift ${taken}evaluate/`),
    );
  }
});
