import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Numbers of something, each by a measure. */
export interface SayCountsArgs {
  /** What is counted: "curated examples". */
  readonly what: string;
  readonly counts: readonly {
    /** The number in words, as `measureCurve` gives it. */
    readonly words: string;
    /** "worst-group accuracy" */
    readonly measure: string;
  }[];
}

/** Numbers by several measures as part of a sentence, said once where they are the same. */
export const sayCounts = defineTask({
  module: import.meta.url,
  name: "sayCounts",
  result: json(z.string()),
  run({ what, counts }: SayCountsArgs) {
    const byWords = Map.groupBy(counts, ({ words }) => words);
    return [...byWords].map(([words, alike], i) =>
      `${words} ${i === 0 ? `${what} ` : ""}${
        alike.map(({ measure }) => `by ${measure}`).join(" and ")
      }`
    ).join(", and ");
  },
});
