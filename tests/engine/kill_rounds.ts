/**
 * Kills a run of several stages at once at random moments, over and over, and
 * compares what is left with an undisturbed run.
 *
 * @module
 */
import assert from "node:assert/strict";
import { garbageIn, removeGarbage } from "../../engine/store/garbage.ts";
import { pause } from "../../engine/store/pause.ts";
import { stream } from "../../engine/define/random.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { filesBelow } from "../files_below.ts";
import { lastStages } from "./last_stages.ts";
import { newRig, type Rig } from "./rig.ts";

const SMALL = 30;
const TRAININGS = 3;

/** A chain of small stages beside trainings in workers, which go on from their checkpoint. */
const MANY = {
  "tasks.ts": `
import { bytes } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
export const make = defineTask({
  module: import.meta.url, name: "make", result: bytes,
  async run({ n }: { n: number }, { scratch }) {
    await scratch.save(new Uint8Array(1000).fill(n));
    return new Uint8Array(65537).fill(n);
  },
});
export const add = defineTask({
  module: import.meta.url, name: "add", result: { sum: bytes, other: bytes },
  async run({ parts }: { parts: readonly Uint8Array[] }, { scratch }) {
    await scratch.save(new Uint8Array(1000));
    const sum = parts.reduce((total, part) => total + (part[0] ?? 0), 0);
    return { sum: new Uint8Array(65537).fill(sum), other: Uint8Array.of(sum) };
  },
});
`,
  "train.ts": `
import { bytes } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
export const train = defineTask({
  module: import.meta.url, name: "train", result: bytes,
  async run({ seed, steps }: { seed: number; steps: number }, { scratch, progress }) {
    const weights = new Uint32Array(5000).fill(seed);
    const kept = await scratch.load();
    if (kept !== undefined) new Uint8Array(weights.buffer).set(kept);
    if (weights[0] !== seed) count("resumed");
    for (let step = (weights[0] ?? 0) - seed; step < steps; step++) {
      weights.forEach((w, i) => weights[i] = i === 0 ? w + 1 : Math.imul(w, 1664525) + i);
      await scratch.save(new Uint8Array(weights.buffer));
      progress({ unit: "step", done: step + 1, total: steps });
    }
    return new Uint8Array(weights.buffer);
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import type { Ref } from "@engine/define/ref.ts";
import { add, make } from "./tasks.ts";
import { train } from "./train.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "many", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    let last: Ref<Uint8Array> = make({ n: 1 }, "first");
    const others: Ref<Uint8Array>[] = [];
    for (let n = 2; n <= ${SMALL}; n++) {
      const { sum, other } = add({ parts: [last, make({ n }, \`\${n}\`)] }, \`\${n}\`);
      last = sum;
      others.push(other);
    }
    const trained = Array.from({ length: ${TRAININGS} }, (_, seed) =>
      train({ seed, steps: 40 }, \`\${seed}\`));
    return { last, others, trained: add({ parts: trained }, "trained") };
  },
});
`,
};

/** What so many kills came to. */
export interface Killed {
  readonly kills: number;
  /** How often a whole run was made, from an empty store to the end. */
  readonly rounds: number;
  /** How often a training went on from its checkpoint. */
  readonly resumed: number;
}

/**
 * Kills runs so many times, each until it gets through, and checks after each
 * kill that no stage starts again whose record was in the store, and after each
 * round that the store is, file by file, that of an undisturbed run.
 */
export async function killRuns(
  { times, seed, onKill = () => {} }: {
    readonly times: number;
    readonly seed: number;
    readonly onKill?: (kills: number) => void;
  },
): Promise<Killed> {
  await using rig = await newRig(MANY);
  await rig.reproduce();
  const expected = await finalFiles(rig);
  const random = stream(seed, "kill");
  let [kills, rounds, resumed] = [0, 0, 0];
  while (kills < times) {
    await Deno.remove(rig.store, { recursive: true });
    rounds++;
    for (let isOver = false; !isOver;) {
      const kept = recordedStages(rig);
      const child = rig.spawn();
      if (kills < times) {
        // Some stages or checkpoints further, and then at any point: reading, computing, writing, renaming.
        await (random.uniform() < 0.6
          ? child.until("stage-finished", random.integer(6))
          : child.until("stage-progress", 1 + random.integer(20)));
        await pause(random.uniform() * 30);
        kill(child.process);
      }
      const { code, output, error } = await child.end();
      assert.ok(code === 137 || code === 0, error);
      const again = output.split("\n")
        .filter((line) => line.startsWith("stage-started "))
        .map((line) => line.slice("stage-started ".length))
        .filter((stage) => kept.has(stage));
      assert.deepEqual(again, [], "no stage that was recorded starts again");
      assert.doesNotMatch(output, /^artifact-damaged/m);
      isOver = code === 0;
      if (code === 137) onKill(++kills);
    }
    resumed += rig.counted().filter((line) => line === "resumed").length;
    assert.deepEqual(await finalFiles(rig), expected);
    assert.deepEqual((await rig.reproduce()).runs, []);
  }
  return { kills, rounds, resumed };
}

/** Names of the stages that have a whole record. */
function recordedStages({ store }: Rig): ReadonlySet<string> {
  return new Set(
    [...contentsOf(store).records.values()]
      .flatMap(({ record }) => record?.stage ?? []),
  );
}

/** What is in the store once garbage is collected: orphans would show here. */
async function finalFiles({ store }: Rig): Promise<readonly string[]> {
  const contents = contentsOf(store);
  const garbage = garbageIn(contents, {
    stages: lastStages(contents),
    published: new Set(),
    unfinished: false,
  });
  await removeGarbage(store, garbage);
  // The rest is what a process knows of files, or says of itself.
  return filesBelow(store).filter((path) =>
    /^(objects|records|stages|scratch|tmp)\//.test(path)
  );
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended already
  }
}
