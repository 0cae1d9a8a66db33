import assert from "node:assert/strict";
import { stream } from "../../engine/define/random.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { WORKERS } from "./queue_rig.ts";
import { newRig, type Rig, type RigProcess } from "./rig.ts";

const KILLS = 30;

/** Chains of stages that save what they have done so far. */
const CHAINS = {
  ...WORKERS,
  "tasks.ts": `
import { bytes } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
export const step = defineTask({
  module: import.meta.url, name: "step", result: bytes,
  async run({ chain, n, before }: { chain: number; n: number; before: readonly Uint8Array[] }, { scratch }) {
    count(\`\${chain}/\${n}\`);
    const sum = before.reduce((sum, part) => sum + (part[0] ?? 0), chain + n);
    for (let i = (await scratch.load())?.[0] ?? 0; i < 5; i++) {
      await scratch.save(Uint8Array.of(i));
    }
    return new Uint8Array(70_000).fill(sum);
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import type { Ref } from "@engine/define/ref.ts";
import { step } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "chains", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    return [0, 1, 2].map((chain) => {
      let before: readonly Ref<Uint8Array>[] = [];
      for (let n = 0; n < 12; n++) before = [step({ chain, n, before }, \`\${chain}-\${n}\`)];
      return before;
    });
  },
});
`,
};

Deno.test("whichever of run and workers is killed at any moment, the results are the same, and no stage runs more often than once and once for each death", async () => {
  await using rig = await newRig(CHAINS);
  await rig.reproduce();
  const expected = artifactsIn(rig);
  const random = stream(3, "kills");
  let kills = 0;
  while (kills < KILLS) {
    await Deno.remove(rig.store, { recursive: true });
    rig.counted();
    let deaths = 0;
    let run = rig.spawn({ args: ["wait", "workers"] });
    const workers = [worker(rig), worker(rig)];
    for (let round = 0; kills < KILLS && round < 4; round++) {
      await run.until("stage-finished", 1 + random.integer(12));
      await new Promise((resolve) =>
        setTimeout(resolve, random.uniform() * 50)
      );
      const victim = random.integer(3);
      if (victim === 2) {
        if (!await kill(run)) break; // it had ended already
        run = rig.spawn({ args: ["wait", "workers"] });
      } else {
        await kill(workers[victim]);
        workers[victim] = worker(rig);
      }
      kills++;
      deaths++;
    }
    const { code, error } = await run.end();
    assert.equal(code, 0, error);
    for (const one of workers) {
      one.process.kill("SIGUSR2");
      // One that has just begun does not hear of it yet.
      assert.ok([0, 140].includes((await one.end()).code));
    }
    assert.deepEqual(artifactsIn(rig), expected);
    const counted = rig.counted();
    const again = counted.length - new Set(counted).size;
    assert.equal(new Set(counted).size, 36);
    assert.ok(again <= deaths, `${again} ran again after ${deaths} deaths`);
  }
});

function worker(rig: Rig): RigProcess {
  return rig.spawn({ module: "worker.ts", args: ['{"idle":120}'] });
}

/** @returns whether it was alive until then */
async function kill(process: RigProcess | undefined): Promise<boolean> {
  try {
    process?.process.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended already
  }
  return (await process?.end())?.code === 137;
}

/** The artifacts that records name, by stage. */
function artifactsIn({ store }: Rig): ReadonlyMap<string, unknown> {
  return new Map(
    [...contentsOf(store).records.values()].map(({ record }) =>
      [record?.stage ?? "", record?.outputs] as const
    ).sort(([a], [b]) => a < b ? -1 : 1),
  );
}
