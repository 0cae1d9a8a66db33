/**
 * What became of claims from one run to another.
 *
 * @module
 */
import type { RunPipeline } from "../../engine/store/historic_run.ts";
import type { Unit } from "./quantity.ts";
import { claimsIn } from "./claim_summary.ts";

/** A claim whose verdict or rule changed or whose estimates moved, or that one run lacks. */
export interface ClaimChange {
  readonly claim: string;
  /** What the earlier run said, unless it lacks the claim. */
  readonly before?: string;
  /** What the later run said, unless it lacks the claim. */
  readonly after?: string;
  /** The rule, if it is another: what was fixed before a run is no longer. */
  readonly rule?: { readonly before: string; readonly after: string };
  /** Estimates that moved. */
  readonly estimates: readonly {
    readonly title?: string | undefined;
    readonly unit: Unit;
    readonly before: number;
    readonly after: number;
  }[];
}

/** The claims that are not what they were, those whose verdict changed first. */
export function claimChanges(
  [before, after]: readonly [RunPipeline, RunPipeline],
): readonly ClaimChange[] {
  // A run that did not get as far as a report says nothing of claims.
  if (before.summary === undefined || after.summary === undefined) return [];
  const [old, now] = [claimsIn(before.summary), claimsIn(after.summary)];
  const ids = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return ids.flatMap((claim): ClaimChange[] => {
    const [a, b] = [old[claim], now[claim]];
    // By what they are of, and not by their place: one may have gone.
    const earlier = [...a?.estimates ?? []];
    const estimates = (b?.estimates ?? []).flatMap(
      ({ title, unit, value }) => {
        const at = earlier.findIndex((one) =>
          one.title === title && one.unit === unit
        );
        const [was] = at < 0 ? [] : earlier.splice(at, 1);
        return was === undefined || was.value === value
          ? []
          : [{ title, unit, before: was.value, after: value }];
      },
    );
    const rule = a !== undefined && b !== undefined && a.rule !== b.rule
      ? { before: a.rule, after: b.rule }
      : undefined;
    const isKept = a?.verdict === b?.verdict && rule === undefined;
    if (isKept && estimates.length === 0) return [];
    return [{
      claim,
      ...(a === undefined ? {} : { before: a.verdict }),
      ...(b === undefined ? {} : { after: b.verdict }),
      ...(rule === undefined ? {} : { rule }),
      estimates,
    }];
  }).sort((a, b) => Number(isVerdictKept(a)) - Number(isVerdictKept(b)));
}

function isVerdictKept({ before, after }: ClaimChange): boolean {
  return before === after;
}
