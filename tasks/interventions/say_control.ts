import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Intervals of a control, and where those of its claim must lie. */
export interface SayControlArgs {
  readonly intervals: readonly {
    readonly low: number;
    readonly high: number;
  }[];
  /** Like the rule of the claim. */
  readonly rule: {
    readonly kind: "above" | "below";
    readonly bound: number;
  };
  /** What the claim is about: "refitting". */
  readonly subject: string;
}

/** Whether the control of a claim meets its rule, too, as the begin of a sentence: "The control meets the rule, too, so that the verdict does not tell of refitting". */
export const sayControl = defineTask({
  module: import.meta.url,
  name: "sayControl",
  result: json(z.string()),
  run({ intervals, rule: { kind, bound }, subject }: SayControlArgs) {
    const isMet = intervals.every(({ low, high }) =>
      kind === "above" ? low > bound : high < bound
    );
    return isMet
      ? `The control meets the rule, too, so that the verdict does not tell of ${subject}`
      : "The control does not meet the rule";
  },
});
