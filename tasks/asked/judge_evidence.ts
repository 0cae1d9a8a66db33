import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  type AskFindings,
  askFindingsSchema,
} from "../../stats/asked/ask_findings.ts";
import { judge } from "../../stats/asked/judge.ts";

/** All that was found, without the answer. */
export type JudgeEvidenceArgs = Omit<
  AskFindings,
  "answer" | "why" | "needs" | "rule" | "trial"
>;

/** The answer, by the rule, with all that it rests on. */
export const judgeEvidence = defineTask({
  module: import.meta.url,
  name: "judgeEvidence",
  result: json(askFindingsSchema),
  run: (evidence: JudgeEvidenceArgs) => ({
    ...evidence,
    ...judge(evidence),
    trial: null,
  }),
});
