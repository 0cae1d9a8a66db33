import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate } from "../../reports/value/claim.ts";
import {
  type Corrections,
  correctionsOf,
} from "../../shifts/measure/corrections.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { BLOCKS } from "../../shifts/measure/group_counts.ts";
import { jackknife } from "../../stats/intervals/jackknife.ts";

/** Evaluations of the networks of {@linkcode correctionsOf}, each of one finished network. */
export interface CompareCorrectionsArgs {
  readonly scratch: readonly Evaluation[];
  readonly others: readonly Evaluation[];
  readonly intervened: readonly Evaluation[];
  readonly pretrained: readonly Evaluation[];
  readonly both: readonly Evaluation[];
  /** Name of the set of test images. */
  readonly set: string;
  /** Confidence level of the intervals. */
  readonly level: number;
}

const interval = { value: z.number(), low: z.number(), high: z.number() };
const estimate = json<Estimate>(z.strictObject({
  ...interval,
  unit: z.literal("percent"),
  level: z.number(),
  title: z.string(),
}));

/** Which examples pre-training and an intervention correct, and how much these overlap. */
export const compareCorrections = defineTask({
  module: import.meta.url,
  name: "compareCorrections",
  result: {
    /** Test images that could be corrected, a mean over the trials. */
    correctable: json(z.number()),
    /** Shares of the test images. */
    pretrained: json(z.number()),
    intervened: json(z.number()),
    overlap: json(z.number()),
    first: json(z.number()),
    second: json(z.number()),
    chanceOverlap: json(z.number()),
    /** Of what either corrects, the share that both correct (Jaccard's index); and of two further networks from scratch. */
    overlapIndex: json(z.strictObject(interval)),
    chanceIndex: json(z.strictObject(interval)),
    overlapValue: json(z.number()),
    chanceValue: json(z.number()),
    /** The first minus the second. */
    beyondChance: estimate,
    /** Of what each corrects alone, the share that both together correct. */
    ofPretrained: json(z.number()),
    ofIntervened: json(z.number()),
    keptOfPretrained: estimate,
    keptOfIntervened: estimate,
    /** Number of test images. */
    n: json(z.int()),
  },
  run({ set, level, ...kinds }: CompareCorrectionsArgs) {
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
    const trials = {
      scratch: right(kinds.scratch),
      others: right(kinds.others),
      intervened: right(kinds.intervened),
      pretrained: right(kinds.pretrained),
      both: right(kinds.both),
    };
    const corrections = correctionsOf(trials);
    const factors = {
      // Chance needs two of them when one is left out.
      scratch: trials.scratch.length > 2 ? trials.scratch.length : 1,
      pretrained: trials.pretrained.length,
      images: BLOCKS,
    };
    const intervalOf = (
      of: (found: Corrections) => number,
      { least = 0 } = {},
    ) => {
      const { value, low, high } = jackknife(
        (without) => of(corrections(without)),
        { factors, level },
      );
      return { value, low: Math.max(least, low), high: Math.min(1, high) };
    };
    const estimateOf = (
      title: string,
      of: (found: Corrections) => number,
      range?: { readonly least: number },
    ): Estimate => ({
      ...intervalOf(of, range),
      unit: "percent",
      level,
      title,
    });
    const { chance, ...found } = corrections();
    const n = trials.scratch[0]?.length ?? 0;
    return {
      correctable: found.often * n,
      pretrained: found.pretrained,
      intervened: found.intervened,
      overlap: found.overlap,
      first: chance.first,
      second: chance.second,
      chanceOverlap: chance.overlap,
      overlapIndex: intervalOf(({ jaccard }) => jaccard),
      chanceIndex: intervalOf(({ chance }) => chance.jaccard),
      overlapValue: found.jaccard,
      chanceValue: chance.jaccard,
      beyondChance: estimateOf(
        "overlap minus that by chance",
        ({ jaccard, chance }) => jaccard - chance.jaccard,
        { least: -1 },
      ),
      ofPretrained: found.keptOfPretrained,
      ofIntervened: found.keptOfIntervened,
      keptOfPretrained: estimateOf(
        "of what pre-training corrects",
        ({ keptOfPretrained }) => keptOfPretrained,
      ),
      keptOfIntervened: estimateOf(
        "of what the intervention corrects",
        ({ keptOfIntervened }) => keptOfIntervened,
      ),
      n,
    };
  },
});
