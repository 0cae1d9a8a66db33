import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate } from "../../reports/value/claim.ts";
import { formatNumber, formatQuantity } from "../../reports/value/quantity.ts";
import {
  type Corrections,
  correctionsOf,
} from "../../shifts/measure/corrections.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { BLOCKS } from "../../shifts/measure/group_counts.ts";
import { errorSharesSchema } from "../../stats/lines/error_share.ts";
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
  unit: z.enum(["percent", "points"]),
  level: z.number(),
  title: z.string(),
  shares: errorSharesSchema,
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
    alikeOverlap: json(z.number()),
    /** Of what either corrects, the share that both correct (Jaccard's index); and of two further networks from scratch. */
    overlapIndex: json(z.strictObject(interval)),
    alikeIndex: json(z.strictObject(interval)),
    overlapValue: json(z.number()),
    alikeValue: json(z.number()),
    /** The same if each corrected as many, independently drawn among those that could be corrected. */
    overlapIndependent: json(z.number()),
    alikeIndependent: json(z.number()),
    /** The first index minus the second. */
    beyondAlike: estimate,
    /** The same in words: "−3.0 points (−4.7 to −1.3)". */
    beyondAlikeWords: json(z.string()),
    /** Of what each corrects alone, the share that both together correct. */
    ofPretrained: json(z.number()),
    ofIntervened: json(z.number()),
    keptOfPretrained: estimate,
    keptOfIntervened: estimate,
    /** Of what one of two networks from scratch corrects, the share that the other corrects too. */
    keptByAlike: json(z.strictObject(interval)),
    /** The same in words: "41.2% (38.0% to 44.1%)". */
    keptByAlikeWords: json(z.string()),
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
      // Two of them must be there when one is left out.
      scratch: trials.scratch.length > 2 ? trials.scratch.length : 1,
      pretrained: trials.pretrained.length,
      images: BLOCKS,
    };
    const jackknifed = (
      of: (found: Corrections) => number,
      { least = 0 }: { readonly least?: number | undefined } = {},
    ) => {
      const { value, low, high, standardErrors } = jackknife(
        (without) => of(corrections(without)),
        { factors, level },
      );
      return {
        value,
        low: Math.max(least, low),
        high: Math.min(1, high),
        standardErrors,
      };
    };
    const intervalOf = (of: (found: Corrections) => number) => {
      const { value, low, high } = jackknifed(of);
      return { value, low, high };
    };
    const sharesOf = (
      { scratch, pretrained, images }: Readonly<
        Partial<Record<keyof typeof factors, number>>
      >,
    ) =>
      ([
        ["runs", "networks from scratch", trials.scratch.length, scratch],
        ["networks", undefined, trials.pretrained.length, pretrained],
        ["images", undefined, trials.scratch[0]?.length ?? 0, images],
      ] as const).flatMap(([source, name, n, standardError]) =>
        standardError === undefined ? [] : [{
          source,
          ...name === undefined ? {} : { name },
          n,
          standardError,
        }]
      );
    /** Titled by the number of networks from scratch and of pre-trained ones. */
    const estimateOf = (
      title: string,
      of: (found: Corrections) => number,
      { unit = "percent", least }: {
        readonly unit?: "percent" | "points";
        readonly least?: number;
      } = {},
    ): Estimate => {
      const { standardErrors, ...found } = jackknifed(of, { least });
      return {
        ...found,
        shares: sharesOf(standardErrors),
        unit,
        level,
        title:
          `${title}, n\u00a0=\u00a0${trials.scratch.length} and ${trials.pretrained.length}`,
      };
    };
    const { alike, ...found } = corrections();
    const n = trials.scratch[0]?.length ?? 0;
    const keptByAlike = intervalOf(({ alike: { first, second, overlap } }) =>
      first + second === 0 ? 0 : 2 * overlap / (first + second)
    );
    const inWords = (
      { value, low, high }: Pick<Estimate, "value" | "low" | "high">,
      unit: "percent" | "points",
    ) => {
      const end = unit === "percent" ? formatQuantity : formatNumber;
      const [from, to] = [low, high].map((value) =>
        end({ value, unit, digits: 1 })
      );
      return `${formatQuantity({ value, unit, digits: 1 })} (${from} to ${to})`;
    };
    const beyondAlike = estimateOf(
      "overlap minus that of two networks from scratch",
      ({ jaccard, alike }) => jaccard - alike.jaccard,
      { unit: "points", least: -1 },
    );
    return {
      correctable: found.often * n,
      pretrained: found.pretrained,
      intervened: found.intervened,
      overlap: found.overlap,
      first: alike.first,
      second: alike.second,
      alikeOverlap: alike.overlap,
      overlapIndex: intervalOf(({ jaccard }) => jaccard),
      alikeIndex: intervalOf(({ alike }) => alike.jaccard),
      overlapValue: found.jaccard,
      alikeValue: alike.jaccard,
      overlapIndependent: found.independent,
      alikeIndependent: alike.independent,
      beyondAlike,
      beyondAlikeWords: inWords(beyondAlike, "points"),
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
      keptByAlike,
      keptByAlikeWords: inWords(keptByAlike, "percent"),
      n,
    };
  },
});
