/**
 * What the run history keeps of a report: its claims with their verdicts and
 * estimates, so that runs can be compared long after the code has changed.
 *
 * @module
 */
import type { Json } from "../../engine/define/hash.ts";
import {
  type Check,
  isNumber,
  isString,
  listOf,
  oneOf,
  optional,
  recordOf,
  shapeOf,
} from "../../engine/define/shape.ts";
import { estimatesOf, judge, ruleSentence } from "./claim.ts";
import { type Unit, UNITS } from "./quantity.ts";
import type { Report } from "./report.ts";

/** The claims of a report in one run, by id. */
export interface ClaimSummary {
  readonly claims: Readonly<
    Record<
      string,
      {
        readonly verdict: string;
        /** The rule as a sentence. */
        readonly rule: string;
        readonly estimates: readonly ClaimEstimate[];
      }
    >
  >;
}

/** An estimate of a claim, as its run found it. */
export interface ClaimEstimate {
  readonly title?: string | undefined;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: Unit;
}

/** Whether a value is the name of a way to show a number. */
export const isUnit: Check<Unit> = oneOf(...UNITS);

const isSummary = shapeOf<ClaimSummary>({
  claims: recordOf(shapeOf({
    verdict: isString,
    rule: isString,
    estimates: listOf(shapeOf<ClaimEstimate>({
      title: optional(isString),
      value: isNumber,
      low: isNumber,
      high: isNumber,
      unit: isUnit,
    })),
  })),
});

/** The summary of a report. */
export function summaryOf({ claims }: Report): Json {
  const summary: ClaimSummary = {
    claims: Object.fromEntries(claims.map((claim) => [claim.id, {
      verdict: judge(claim),
      rule: ruleSentence(claim),
      estimates: estimatesOf(claim)
        .map(({ title, value, low, high, unit }) => ({
          ...(title === undefined ? {} : { title }),
          value,
          low,
          high,
          unit,
        })),
    }])),
  };
  return summary as unknown as Json;
}

/** The claims in a summary; none if it is not one of ours. */
export function claimsIn(summary: Json | undefined): ClaimSummary["claims"] {
  return isSummary(summary) ? summary.claims : {};
}
