/**
 * An answer for programs: what was found, with what was asked and how.
 *
 * @module
 */
import {
  type AskFindings,
  askFindingsSchema,
  type FoundSupport,
} from "../../stats/asked/ask_findings_schemas.ts";
import { areContradicted } from "../../stats/asked/contradicted.ts";
import type { AskPageOptions } from "./ask_options.ts";

/** Name of its file. */
export const ANSWER_FILE = "answer.json";

/** The findings, and what was done, as `ask --json` prints them. */
export function answerJson(
  findings: AskFindings,
  { pictures: _, examples: __, done, ...asked }: AskPageOptions,
): string {
  const { outOfSupport, trainedSupport } = findings;
  const answer = {
    ...findings,
    outOfSupport: toldSupport(outOfSupport),
    ...trainedSupport === undefined
      ? {}
      : { trainedSupport: toldSupport(trainedSupport) },
    asked: { ...asked, done: done.map(({ text }) => text) },
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** A share with its interval, or null for all three where two ways to look contradict each other. */
function toldSupport(found: FoundSupport | null): unknown {
  if (found === null || !areContradicted(found)) return found;
  const { others: _, ...support } = found;
  return { ...support, share: null, low: null, high: null, sweep: [] };
}

/**
 * The findings in such a file; shares that it does not tell are 0 to 1, and
 * nobody may tell them.
 *
 * @throws {Error} if it is none
 */
export function readAnswer(text: string): AskFindings {
  const { asked: _, ...findings } = JSON.parse(text);
  for (const name of ["outOfSupport", "trainedSupport"]) {
    if (findings[name]?.share !== null) continue;
    findings[name] = { ...findings[name], share: 0, low: 0, high: 1 };
  }
  return askFindingsSchema.parse(findings);
}
