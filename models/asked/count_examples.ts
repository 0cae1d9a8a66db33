/**
 * How many examples of each set are looked at, and how many were given.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { type AskedSets, groupCount } from "./remove_duplicates.ts";

/** Counts them, before duplicates are removed and some are drawn, and after. */
export function countExamples(
  given: AskedSets,
  { reference, test, shifted }: AskedSets,
  { atMost }: Pick<AskFindings["examples"], "atMost">,
): AskFindings["examples"] {
  const hasReference = given.reference.n > 0;
  return {
    reference: hasReference ? reference.n : null,
    test: test.n,
    shifted: shifted.n,
    given: {
      reference: hasReference ? given.reference.n : null,
      test: given.test.n,
      shifted: given.shifted.n,
    },
    groups: { test: groupCount(test), shifted: groupCount(shifted) },
    atMost,
  };
}
