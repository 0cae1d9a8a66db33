/**
 * What the run history keeps of a report: its claims with their verdicts and
 * estimates, so that runs can be compared long after the code has changed.
 *
 * @module
 */
import { z } from "zod";
import type { Json } from "../engine/hash.ts";
import { estimatesOf, judge } from "../reports/claim.ts";
import type { Report } from "../reports/report.ts";

const summarySchema = z.object({
  claims: z.record(
    z.string(),
    z.object({
      verdict: z.string(),
      estimates: z.array(z.object({
        title: z.string().optional(),
        value: z.number(),
        low: z.number(),
        high: z.number(),
        unit: z.enum(["percent", "points", "count", "plain", "scientific"]),
      })),
    }),
  ),
});

/** The claims of a report in one run, by id. */
export type ClaimSummary = z.infer<typeof summarySchema>;

/** The summary of a report. */
export function summaryOf({ claims }: Report): Json {
  const summary: ClaimSummary = {
    claims: Object.fromEntries(claims.map((claim) => [claim.id, {
      verdict: judge(claim),
      estimates: estimatesOf(claim)
        .map(({ title, value, low, high, unit }) => ({
          ...(title === undefined ? {} : { title }),
          ...{ value, low, high, unit },
        })),
    }])),
  };
  return summary as unknown as Json;
}

/** The claims in a summary; none if it is not one of ours. */
export function claimsIn(summary: Json | undefined): ClaimSummary["claims"] {
  const parsed = summarySchema.safeParse(summary);
  return parsed.success ? parsed.data.claims : {};
}
