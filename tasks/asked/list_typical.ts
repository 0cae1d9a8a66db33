import { z } from "zod";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { AskedExample } from "../../reports/value/asked_answer.ts";
import type { Parts } from "../../shifts/measure/parts.ts";

/** Shifted examples, and how shifted those look. */
export interface ListTypicalArgs {
  readonly shifted: AskedSet;
  /** How shifted each looks, the most with the highest. */
  readonly typicality: Float64Array;
  /** Which part each is in. */
  readonly parts: Parts;
  /** Place of each in its set as it was given. */
  readonly places: readonly number[];
}

/** The shifted examples by their names, those first that look least like reference ones; none where nothing tells them apart. */
export const listTypical = defineTask({
  module: import.meta.url,
  name: "listTypical",
  result: json(
    z.array(z.strictObject({
      name: z.string(),
      score: z.number(),
      inSupport: z.boolean(),
    })).readonly(),
  ),
  run(
    { shifted, typicality, parts, places }: ListTypicalArgs,
  ): readonly AskedExample[] {
    if (typicality.every((score) => score === typicality[0])) return [];
    return [...typicality.keys()]
      .sort((a, b) =>
        (typicality[b] as number) - (typicality[a] as number) || a - b
      )
      .map((i) => ({
        name: shifted.names?.[i] ?? `${(places[i] as number) + 1}`,
        score: typicality[i] as number,
        inSupport: parts.inSupport[i] === 1,
      }));
  },
});
