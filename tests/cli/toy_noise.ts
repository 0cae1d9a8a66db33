/** Tasks that are not what tasks should be, for what finds them out. */
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

/** Numbers around 1 that are others each time. */
function noise(n: number, size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    crypto.getRandomValues(new Uint32Array(n)),
    (x) => 1 + size * x / 2 ** 32,
  );
}

/** Depends on something besides its arguments. */
export const measureNoise = defineTask({
  module: import.meta.url,
  name: "measureNoise",
  result: { mean: json(z.number()), weights: safetensors },
  run({ size }: { size: number }) {
    const data = noise(8, size);
    return {
      mean: data[0] ?? 0,
      weights: { arrays: { layer: { shape: [8], data } }, metadata: {} },
    };
  },
});

/** As measureNoise, in a worker. */
export const measureNoiseBeside = defineTask({
  module: import.meta.url,
  name: "measureNoiseBeside",
  result: json(z.number()),
  run: ({ size }: { size: number }) => noise(1, size)[0] ?? 0,
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
