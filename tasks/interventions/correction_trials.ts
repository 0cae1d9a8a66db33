/**
 * From evaluations to what networks get right, for everything that is told of
 * corrected examples.
 *
 * @module
 */
import {
  type Corrections,
  type CorrectionTrials,
  type WithoutTrials,
} from "../../shifts/measure/corrections.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { BLOCKS } from "../../shifts/measure/group_counts.ts";
import { jackknife, type Jackknifed } from "../../stats/intervals/jackknife.ts";

/** Evaluations of the networks of {@linkcode CorrectionTrials}, each of one finished network. */
export interface EvaluatedTrials {
  readonly scratch: readonly Evaluation[];
  readonly others: readonly Evaluation[];
  readonly intervened: readonly Evaluation[];
  readonly pretrained: readonly Evaluation[];
  readonly both: readonly Evaluation[];
  /** Name of the set of test images. */
  readonly set: string;
}

/**
 * What each network gets right on the set.
 *
 * @throws {RangeError} if one was not judged on it
 */
export function trialsOn(
  { set, scratch, others, intervened, pretrained, both }: EvaluatedTrials,
): CorrectionTrials {
  const right = (evaluations: readonly Evaluation[]) =>
    evaluations.flatMap(({ name, networks }) =>
      networks.map(({ sets }) => {
        const judged = sets[set];
        if (judged === undefined) {
          throw new RangeError(
            `Cannot tell which examples "${name}" corrects: it was not judged on set "${set}"`,
          );
        }
        return judged.right;
      })
    );
  return {
    scratch: right(scratch),
    others: right(others),
    intervened: right(intervened),
    pretrained: right(pretrained),
    both: right(both),
  };
}

/** A share with its interval, which allows for networks and images. */
export function jackknifed(
  share: (found: Corrections) => number,
  { trials, corrections, level, least = 0 }: {
    readonly trials: CorrectionTrials;
    /** Of {@linkcode CorrectionTrials} without some of them. */
    readonly corrections: (without?: WithoutTrials) => Corrections;
    /** Confidence level of the interval. */
    readonly level: number;
    /** The least that the share can be: 0, or −1 for a difference. */
    readonly least?: number | undefined;
  },
): Jackknifed<WithoutTrials["factor"]> {
  const found = jackknife<WithoutTrials["factor"]>(
    (without) => share(corrections(without)),
    {
      factors: {
        // Two of them must be there when one is left out.
        scratch: trials.scratch.length > 2 ? trials.scratch.length : 1,
        pretrained: trials.pretrained.length,
        images: BLOCKS,
      },
      level,
    },
  );
  return {
    ...found,
    low: Math.max(least, found.low),
    high: Math.min(1, found.high),
  };
}
