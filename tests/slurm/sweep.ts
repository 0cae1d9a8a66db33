/** A sweep of small trainings, which keep a checkpoint after each step. */
import { z } from "zod";
import { bytes, json } from "../../engine/define/codec.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Report } from "../../reports/value/report.ts";

/** Steps of a training do so much work: about two to five milliseconds each thousand. */
interface Training {
  readonly seed: number;
  readonly steps: number;
  readonly work: number;
}

export const train = defineTask({
  module: import.meta.url,
  name: "train",
  result: bytes,
  async run({ seed, steps, work }: Training, { scratch, progress }) {
    const weights = new Uint32Array(256).fill(seed + 1);
    const kept = await scratch.load();
    let step = 0;
    if (kept !== undefined) {
      const all = new Uint32Array(kept.slice().buffer);
      step = all[0] ?? 0;
      weights.set(all.subarray(1));
    }
    for (; step < steps; step++) {
      for (let round = 0; round < work; round++) {
        weights.forEach((w, i) => weights[i] = Math.imul(w, 1664525) + i);
      }
      const state = new Uint32Array(257);
      state[0] = step + 1;
      state.set(weights, 1);
      await scratch.save(new Uint8Array(state.buffer));
      progress({ unit: "step", done: step + 1, total: steps });
    }
    return new Uint8Array(weights.buffer);
  },
});

/** A training that never ends, and keeps no checkpoint; it leaves the processors to others. */
export const trainAtOnce = defineTask({
  module: import.meta.url,
  name: "trainAtOnce",
  result: bytes,
  run: (_: { readonly seed: number }) => new Promise<Uint8Array>(() => {}),
});

export const conclude = defineTask({
  module: import.meta.url,
  name: "conclude",
  result: json(z.string()),
  run({ trained }: { readonly trained: readonly Uint8Array[] }) {
    return trained.map((weights) => weights.slice(0, 4).join(" ")).join("\n");
  },
});

interface Scale extends Omit<Training, "seed"> {
  readonly trainings: number;
}

/** Trainings side by side, and what comes of all of them. */
export const sweep: AnyPipeline<Report> = definePipeline<Scale, Report>({
  module: import.meta.url,
  name: "sweep",
  title: "sweep",
  profiles: {
    // Trainings of half a second: however slowly workers start, each gets some.
    smoke: { trainings: 8, steps: 40, work: 6000 },
    // A training that takes a while, and many that take none.
    default: { trainings: 1, steps: 300, work: 2500 },
    full: { trainings: 1000, steps: 1, work: 1 },
    gpu: { trainings: 10_000, steps: 1, work: 1 },
  },
  build: sweepReport,
});

/** A report of some trainings side by side, and of what comes of all of them. */
export function sweepReport({ trainings, ...scale }: Scale): Lazy<Report> {
  const trained = Array.from(
    { length: trainings },
    (_, seed) => train({ seed, ...scale }, `${seed}`),
  );
  return {
    id: "sweep",
    title: "sweep",
    question: conclude({ trained }),
    claims: [],
    scaledDown: [],
    figures: [],
    datasets: [],
  };
}

/** One training that keeps no checkpoint. */
export const atOnce: AnyPipeline<Report> = definePipeline<object, Report>({
  module: import.meta.url,
  name: "at-once",
  title: "at once",
  profiles: { smoke: {} },
  build: () => ({
    ...sweepReport({ trainings: 0, steps: 0, work: 0 }),
    id: "at-once",
    title: "at once",
    question: conclude({ trained: [trainAtOnce({ seed: 0 })] }),
  }),
});
