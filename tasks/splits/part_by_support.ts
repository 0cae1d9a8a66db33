import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { parts, partsOf, sizeOf } from "../../shifts/measure/parts.ts";
import type { SupportSplit } from "../../shifts/measure/support_split.ts";
import { isInSupport } from "../../stats/splits/density_ratio.ts";

/** Density ratios, and where to cut. */
export interface PartBySupportArgs {
  readonly split: SupportSplit;
  /** The least density ratio of an example in support. */
  readonly epsilon: number;
}

/** The shifted examples in support and out of it, by their density ratio. */
export const partBySupport = defineTask({
  module: import.meta.url,
  name: "partBySupport",
  result: {
    parts,
    inSupport: json(z.int()),
    outOfSupport: json(z.int()),
  },
  run({ split: { ratio }, epsilon }: PartBySupportArgs) {
    const found = partsOf(
      Array.from(ratio, (value) => isInSupport(value, epsilon)),
    );
    return {
      parts: found,
      inSupport: sizeOf(found, "in support"),
      outOfSupport: sizeOf(found, "out of support"),
    };
  },
});
