import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  type AskFindings,
  askFindingsSchema,
  type Judgement,
} from "../../stats/asked/ask_findings_schemas.ts";
import { judge } from "../../stats/asked/judge.ts";
import type { JudgeOptions } from "../../stats/asked/needs_of.ts";

/** All that was found, without the answer, and what can still be done. */
export type JudgeEvidenceArgs =
  & Omit<
    AskFindings,
    keyof Judgement | "trial" | "fineTunedDrop"
  >
  & JudgeOptions;

/** The answer, by the rule, with all that it rests on. */
export const judgeEvidence = defineTask({
  module: import.meta.url,
  name: "judgeEvidence",
  result: json(askFindingsSchema),
  run: ({ canTrain, isHeldOut, ...evidence }: JudgeEvidenceArgs) => ({
    ...evidence,
    // Without labels, what is new within classes alone escapes them.
    ...evidence.trainedSupport
      ? { trainedSupport: { ...evidence.trainedSupport, atLeast: true } }
      : {},
    ...judge(evidence, { canTrain, isHeldOut }),
    trial: null,
  }),
});
