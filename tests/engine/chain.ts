/** Modules of a small project: `load → train → evaluate`, the middle one in a worker. */
export const CHAIN = {
  "load.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
import { sizeOf } from "./helper.ts";

export const load = defineTask({
  module: import.meta.url,
  name: "load",
  result: json(z.array(z.number())),
  run: ({ size }: { size: number }): number[] => {
    count("load");
    return Array.from({ length: sizeOf(size) }, (_, i) => i);
  },
});
`,
  "helper.ts": `
export function sizeOf(size: number): number {
  return size;
}
`,
  "train.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";

export const train = defineTask({
  module: import.meta.url,
  name: "train",
  result: json(z.object({ epochs: z.number(), seen: z.number() })),
  run: ({ images, epochs }: { images: readonly number[]; epochs: number }) => {
    count("train");
    return { epochs, seen: images.length };
  },
});
`,
  "evaluate.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";

export const evaluate = defineTask({
  module: import.meta.url,
  name: "evaluate",
  result: json(z.string()),
  run: ({ run }: { run: { epochs: number; seen: number } }) => {
    count("evaluate");
    return \`accuracy of \${run.epochs} epochs on \${run.seen} images\`;
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { evaluate } from "./evaluate.ts";
import { load } from "./load.ts";
import { train } from "./train.ts";

const smoke = { epochs: 12, size: 3 };

export const pipeline = definePipeline({
  module: import.meta.url,
  name: "chain",
  title: "A chain",
  profiles: { smoke, default: smoke, full: smoke },
  build({ epochs, size }) {
    const images = load({ size });
    return evaluate({ run: train({ images, epochs }) });
  },
});
`,
} as const;
