/**
 * Splitting a shift by the features of the trunk trained on COCO, beside those
 * of a network of ours, where the truth is known.
 *
 * @module
 */
import type { Lazy, Ref } from "../../engine/define/ref.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import type { Table } from "../../reports/value/report.ts";
import type { DomainScores } from "../../shifts/measure/support_split.ts";
import { compareToTruth } from "../../tasks/splits/compare_to_truth.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import { tabulateTruth } from "../../tasks/splits/tabulate_truth.ts";
import { EPSILON, networksIn } from "../shared/split/measured.ts";
import {
  scoresBy,
  scoresByFeatures,
  splitBy,
} from "../split_known_truth/classifiers.ts";
import {
  type MixtureName,
  mixtureOf,
  OUT_STRENGTHS,
  shiftsOf,
} from "../split_known_truth/mixtures.ts";
import { SEED } from "../shared/synthetic/scale.ts";
import { TRUNK_OPTIONS } from "./networks.ts";
import type { Profile } from "./scale.ts";

const MIXTURES = [
  "strong",
  "middling",
] as const satisfies readonly MixtureName[];

/** What tells the sets apart, for readers and in the names of stages. */
const JUDGES = [
  { name: "coco", title: "features of the trunk trained on COCO" },
  { name: "narrow", title: "features of the narrow network" },
] as const;

/** Logistic regression on the features of the trunk, as deep as in the other networks. */
function scoresByTrunk(
  name: MixtureName,
  { knownTruth }: Profile,
): Ref<DomainScores> {
  return scoresBy({
    model: mobilenetV3,
    modelOptions: TRUNK_OPTIONS,
    weights: loadCocoTrunk({}),
  }, { label: "coco", name, scale: knownTruth });
}

function compared(
  name: MixtureName,
  { judge, scale }: {
    readonly judge: typeof JUDGES[number]["name"];
    readonly scale: Profile;
  },
) {
  const { knownTruth } = scale;
  const scores = judge === "coco"
    ? scoresByTrunk(name, scale)
    : scoresByFeatures(judge, { name, scale: knownTruth });
  const { split } = splitBy(scores, {
    label: `${name}-${judge}`,
    scale: knownTruth,
  });
  const shift = shiftsOf(name, knownTruth.networks).checkpoints;
  const [photo] = shift.groups;
  if (photo === undefined) {
    throw new TypeError("Cannot compare with the truth: there is no group");
  }
  return compareToTruth({
    ...networksIn(shift, photo),
    split,
    truth: mixtureOf(name, knownTruth.networks).truth,
    epsilon: EPSILON,
    resamples: knownTruth.split.resamples,
    seed: SEED,
    title: shift.baselineTitle,
  }, `${shift.label}-${judge}-${EPSILON}`);
}

/** How far a split by the trunk's features is from the truth, and one by our own. */
export function splitTable(scale: Profile): Lazy<Table> {
  const { columns, rows } = tabulateTruth({
    titles: ["stronger tint", "classifier"],
    rows: MIXTURES.flatMap((name) =>
      JUDGES.map(({ name: judge, title }) => {
        const found = compared(name, { judge, scale });
        return {
          cells: [`strength ${OUT_STRENGTHS[name]}`, title],
          auroc: found.auroc,
          misassigned: found.misassigned,
          lost: found.lost,
          inError: found.inError,
          outError: found.outError,
        };
      })
    ),
  }, "coco-split");
  return {
    id: "split",
    caption:
      `Splitting a shift that is half in support by construction, at ε = ${EPSILON}, by logistic regression on the features of the trunk and on those of one of our networks. Errors of effective robustness (ER) are those of the photo networks, estimated minus true, over the line of checkpoints, with 95% intervals from resampled images.`,
    columns,
    rows,
  };
}
