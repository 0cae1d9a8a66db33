import assert from "node:assert/strict";
import { json } from "../../../../engine/define/codec.ts";
import { defineTask } from "../../../../engine/define/task.ts";
import { targetOf } from "../../../../engine/define/ref.ts";
import { type Key, STORE_FORMAT } from "../../../../engine/keys/key.ts";
import { queueFiles } from "../../../../engine/run/queue/queue_files.ts";
import { openStageQueue } from "../../../../engine/run/queue/stage_queue.ts";
import { useStore } from "../../../../engine/store/use_store.ts";
import { withFolder } from "../../store/other_machine.ts";

const task = defineTask({
  module: import.meta.url,
  name: "task",
  result: json({ parse: Number }),
  run: ({ n }: { readonly n: number }) => n,
});

/** So many stages in a queue that no worker sees, all with one signal. */
function withStages(
  count: number,
  act: (rig: {
    readonly ends: AbortController;
    readonly made: readonly Promise<unknown>[];
    readonly queued: () => number;
  }) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/tmp`);
    using use = await useStore(folder);
    const ends = new AbortController();
    const queue = openStageQueue(folder, {
      root: folder,
      use,
      code: () => Promise.resolve({ files: {}, own: [] }),
    });
    const made = Array.from({ length: count }, (_, n) => {
      const key: Key = {
        format: STORE_FORMAT,
        task: "a.ts#task",
        result: { value: "json" },
        code: {},
        packages: {},
        params: { n },
        inputs: {},
        environment: {},
      };
      return queue.make({
        stage: targetOf(task({ n }, `${n}`)).stage,
        key,
        height: 1,
        seconds: undefined,
        replace: false,
        made: () => undefined,
        onStart: () => assert.fail(),
        onProgress: () => assert.fail(),
        signal: ends.signal,
      });
    });
    const { jobs } = queueFiles(folder);
    await act({ ends, made, queued: () => jobs().length });
  });
}

const stop = new Error("stop");
const REFUSED = { status: "rejected", reason: stop };

Deno.test({
  name: "make() takes back all that waits when the signal of the run is raised",
  // Its last wait for news goes on for a moment.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withStages(5, async ({ ends, made, queued }) => {
      const all = Promise.allSettled(made);
      while (queued() < 5) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      ends.abort(stop);
      assert.deepEqual(await all, Array(5).fill(REFUSED));
      assert.equal(queued(), 0);
    }),
});

Deno.test("make() leaves no job when the signal is raised before it is written", () =>
  withStages(5, async ({ ends, made, queued }) => {
    ends.abort(stop);
    assert.deepEqual(await Promise.allSettled(made), Array(5).fill(REFUSED));
    assert.equal(queued(), 0);
  }));
