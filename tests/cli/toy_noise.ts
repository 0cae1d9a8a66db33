/** Tasks that are not what tasks should be, for what finds them out. */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { safetensors } from "../../engine/define/safetensors.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Report } from "../../reports/value/report.ts";

/** Turns of the event loop before a timer ends: what a worker cannot be kept from. */
async function turns(): Promise<number> {
  let count = 0;
  let isOver = false;
  setTimeout(() => isOver = true, 5);
  for (; !isOver; count++) await turnOfEventLoop();
  return count;
}

/** A number that is another each time: it depends on what comes first. */
async function noise(): Promise<number> {
  let counts = 0;
  for (let i = 0; i < 4; i++) counts = counts * 2 ** 12 + await turns();
  return counts;
}

/** Depends on something besides its arguments: numbers around 1. */
export const measureNoise = defineTask({
  module: import.meta.url,
  name: "measureNoise",
  result: { mean: json(z.number()), weights: safetensors },
  async run({ size }: { size: number }) {
    const value = 1 + size * (await noise() % 997) / 997;
    const data = new Float32Array(8).fill(value);
    return {
      mean: data[0] ?? 0,
      weights: { arrays: { layer: { shape: [8], data } }, metadata: {} },
    };
  },
});

/** As measureNoise, with one result. */
export const measureNoiseBeside = defineTask({
  module: import.meta.url,
  name: "measureNoiseBeside",
  result: json(z.number()),
  run: async ({ size }: { size: number }) => size + await noise(),
});

/** Counts its attempts in its unfinished work, which should have no effect. */
export const countAttempts = defineTask({
  module: import.meta.url,
  name: "countAttempts",
  result: json(z.number()),
  async run(_: Readonly<Record<string, never>>, { scratch }) {
    const attempts = (await scratch.load())?.[0] ?? 0;
    await scratch.save(Uint8Array.of(attempts + 1));
    return attempts;
  },
});

/** One stage of each. */
export function noisy({ size = 1, beside = false } = {}): AnyPipeline<Report> {
  return definePipeline<null, Report>({
    module: import.meta.url,
    name: "toy-noise",
    title: "toy-noise",
    profiles: { smoke: null, default: null, full: null },
    build(): Lazy<Report> {
      const mean = beside
        ? measureNoiseBeside({ size })
        : measureNoise({ size }).mean;
      return {
        id: "toy-noise",
        title: "toy-noise",
        question: [{ value: mean }, { value: countAttempts({}) }],
        claims: [],
        scaledDown: [],
        figures: [],
        datasets: [],
      } as unknown as Lazy<Report>;
    },
  });
}
