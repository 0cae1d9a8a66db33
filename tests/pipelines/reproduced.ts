/** Pipelines as they are, run at the scale of a smoke run in a store of their own, all in this isolate. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import { openProject } from "../../engine/run/project.ts";
import { workersHere } from "../engine/workers_here.ts";

/** What a pipeline returns; `mirror` is a folder with copies of published files. */
export async function reproduced<Output>(
  pipeline: AnyPipeline<Output>,
  mirror?: string,
): Promise<Output> {
  const store = await Deno.makeTempDir();
  try {
    const project = await openProject({
      root: fileURLToPath(new URL("../..", import.meta.url)),
      store,
      environments: [],
      workers: workersHere,
      ...(mirror === undefined ? {} : { mirror }),
    });
    const { output } = await project.open(pipeline, "smoke").reproduce({
      force: new Set(),
      jobs: 2,
      signal: new AbortController().signal,
      emit: () => {},
      ifLocked: "refuse",
      clock: () => 0,
    });
    assert.equal(output.kind, "value");
    return output.value;
  } finally {
    await Deno.remove(store, { recursive: true });
  }
}
