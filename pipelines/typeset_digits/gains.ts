/**
 * What each kind of pre-training gains on all typeset digits, and which of them
 * are in the support of handwritten ones.
 *
 * @module
 */
import { warp } from "../../models/augmentations/warp.ts";
import { compareWhole } from "../../tasks/splits/compare_whole.ts";
import { fitLine } from "../../tasks/lines/fit_line.ts";
import { joinScores } from "../../tasks/splits/join_scores.ts";
import { measureWhole } from "../../tasks/splits/measure_whole.ts";
import { placeHits } from "../../tasks/evaluation/place_hits.ts";
import { scoreFold } from "../../tasks/splits/score_fold.ts";
import { splitSupport } from "../../tasks/splits/split_support.ts";
import type { RunRefs, SplitShift } from "../shared/split/measured.ts";
import {
  type Baselines,
  baselinesOf,
  fineTuned,
  mnistSubsets,
  pretrained,
  type Pretraining,
  PRETRAININGS,
  typesetDigits,
} from "./networks.ts";
import {
  type ByLine,
  byLine,
  type LineName,
} from "../shared/synthetic/gains.ts";
import { adamW, networkOf } from "../shared/synthetic/networks.ts";
import { ofEach } from "../shared/synthetic/one_or_more.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import { type Scale, SEED } from "./scale.ts";

/** All trained networks, with what each gets right. */
export interface TypesetNetworks
  extends Readonly<Record<Pretraining, readonly RunRefs[]>> {
  readonly baselines: Baselines;
}

/** Trains and judges every network. */
export function networksOf(scale: Scale): TypesetNetworks {
  return {
    baselines: baselinesOf(scale),
    letters: fineTuned(scale, "letters"),
    digits: fineTuned(scale, "digits"),
  };
}

/** The reference distribution: the handwritten test digits. */
const REFERENCE = { sets: { handwritten: 1 } } as const;

/** One line and what is gained over it on all typeset digits. */
export interface TypesetGains
  extends Readonly<Record<Pretraining, ReturnType<typeof measureWhole>>> {
  readonly fit: ReturnType<typeof fitLine>;
  /** The gain of letters minus that of digits. */
  readonly difference: ReturnType<typeof compareWhole>;
}

/** The gains on all typeset digits, with families that baselines and networks share as the unit. */
export function gainsOf(
  scale: Scale,
  networks: TypesetNetworks,
): ByLine<TypesetGains> {
  const on = {
    reference: REFERENCE,
    units: typesetDigits(scale).families,
  };
  const over = (name: LineName): TypesetGains => {
    const label = `typeset-${name}`;
    const baselines = networks.baselines[name];
    const fit = fitLine({
      points: placeHits({ ...on, runs: baselines }, label),
      scale: "probit",
      extremes: { kind: "clip" },
    }, label);
    const shared = { ...on, baselines, level: LEVEL };
    const gain = (kind: Pretraining) =>
      measureWhole(
        { ...shared, networks: networks[kind] },
        `typeset-${kind}-${name}`,
      );
    return {
      fit,
      letters: gain("letters"),
      digits: gain("digits"),
      difference: compareWhole({
        ...shared,
        line: fit.line,
        a: networks.letters,
        b: networks.digits,
      }, label),
    };
  };
  return byLine(over);
}

/**
 * How like a handwritten digit each typeset one is, by networks that were
 * fine-tuned to tell them apart and saw none of its family. They learn on
 * warped images, so that they go by shapes rather than by how pixels were
 * rounded.
 */
export function splitBy(
  scale: Scale,
  kind: Pretraining,
): ReturnType<typeof splitSupport> {
  const { widths: [widths], split, batchSize, pretraining } = scale;
  const [seed] = pretraining.seeds;
  const { images, families } = typesetDigits(scale);
  const folds = Array.from({ length: split.folds }, (_, fold) =>
    scoreFold({
      reference: mnistSubsets(scale).reference,
      shifted: images,
      groups: { shifted: families },
      ...networkOf({ widths }),
      from: pretrained(scale, { kind, seed }),
      augmentation: warp,
      optimizer: adamW(1e-3),
      epochs: split.epochs,
      batchSize,
      folds: split.folds,
      fold,
      seed: SEED,
    }, `typeset-${kind}-${fold}`));
  return splitSupport({
    scores: joinScores({ folds }, `typeset-${kind}`),
    calibration: "temperature",
    bins: 10,
  }, `typeset-${kind}`);
}

/** The typeset digits as a shifted set that is split, over one line. */
export function shiftOver(
  scale: Scale,
  { networks, line, title }: {
    readonly networks: TypesetNetworks;
    readonly line: LineName;
    readonly title: string;
  },
): SplitShift {
  return {
    label: `typeset-${line}`,
    reference: REFERENCE,
    baselines: networks.baselines[line],
    baselineTitle: title,
    groups: ofEach(
      PRETRAININGS,
      (name) => ({ name, runs: networks[name] }),
    ),
    units: typesetDigits(scale).families,
    level: LEVEL,
    seed: SEED,
  };
}
