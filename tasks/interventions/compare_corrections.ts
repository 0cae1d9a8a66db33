import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Estimate } from "../../reports/value/claim.ts";
import { formatNumber, formatQuantity } from "../../reports/value/quantity.ts";
import {
  type Corrections,
  correctionsOf,
  type WithoutTrials,
} from "../../shifts/measure/corrections.ts";
import { errorSharesSchema } from "../../stats/lines/error_share.ts";
import {
  type EvaluatedTrials,
  jackknifed,
  trialsOn,
} from "./correction_trials.ts";

/** Evaluations of networks, and how sure to be. */
export interface CompareCorrectionsArgs extends EvaluatedTrials {
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
  run({ level, ...evaluated }: CompareCorrectionsArgs) {
    const trials = trialsOn(evaluated);
    const corrections = correctionsOf(trials);
    const of = (
      share: (found: Corrections) => number,
      { least }: { readonly least?: number | undefined } = {},
    ) => jackknifed(share, { trials, corrections, level, least });
    const intervalOf = (share: (found: Corrections) => number) => {
      const { value, low, high } = of(share);
      return { value, low, high };
    };
    const sharesOf = (
      { scratch, pretrained, images }: Readonly<
        Partial<Record<WithoutTrials["factor"], number>>
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
      share: (found: Corrections) => number,
      { unit = "percent", least }: {
        readonly unit?: "percent" | "points";
        readonly least?: number;
      } = {},
    ): Estimate => {
      const { standardErrors, ...found } = of(share, { least });
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
      beyondAlikeWords: inWords(beyondAlike),
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
      keptByAlikeWords: inWords({ ...keptByAlike, unit: "percent" }),
      n,
    };
  },
});

/** "−3.0 points (−4.7 to −1.3)", "41.2% (38.0% to 44.1%)" */
function inWords(
  { value, low, high, unit }: Pick<
    Estimate,
    "value" | "low" | "high" | "unit"
  >,
): string {
  const end = unit === "percent" ? formatQuantity : formatNumber;
  const [from, to] = [low, high].map((value) =>
    end({ value, unit, digits: 1 })
  );
  return `${formatQuantity({ value, unit, digits: 1 })} (${from} to ${to})`;
}
