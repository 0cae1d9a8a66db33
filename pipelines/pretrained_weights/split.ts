/**
 * Splitting a shift by the features of the trunk trained on COCO, beside those
 * of a network of ours, where the truth is known.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import type { Table } from "../../reports/value/report.ts";
import { loadCocoTrunk } from "../../tasks/training/load_coco_trunk.ts";
import { EPSILON } from "../shared/split/measured.ts";
import {
  comparedToTruth,
  scoresBy,
  scoresByFeatures,
  splitBy,
  truthTable,
} from "../split_known_truth/classifiers.ts";
import {
  type MixtureName,
  OUT_STRENGTHS,
  shiftsOf,
} from "../split_known_truth/mixtures.ts";
import type { KnownTruthScale } from "../split_known_truth/scale.ts";
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

/** The split of a mixture by logistic regression on features, those of the trunk as deep as in the other networks, beside the truth. */
function compared(
  name: MixtureName,
  { judge, scale }: {
    readonly judge: typeof JUDGES[number]["name"];
    readonly scale: KnownTruthScale;
  },
) {
  const scores = judge === "coco"
    ? scoresBy({
      model: mobilenetV3,
      modelOptions: TRUNK_OPTIONS,
      weights: loadCocoTrunk({}),
    }, { label: "coco", name, scale })
    : scoresByFeatures(judge, { name, scale });
  const { split } = splitBy(scores, { label: `${name}-${judge}`, scale });
  const { checkpoints } = shiftsOf(name, scale.networks);
  return comparedToTruth(checkpoints, {
    name,
    split,
    classifier: judge,
    scale,
  });
}

/** How far a split by the trunk's features is from the truth, and one by our own. */
export function splitTable({ knownTruth }: Profile): Lazy<Table> {
  return truthTable({
    id: "split",
    caption:
      `Splitting a shift that is half in support by construction, at ε = ${EPSILON}, by logistic regression on the features of the trunk and on those of one of our networks.`,
    titles: ["stronger tint", "classifier"],
    rows: MIXTURES.flatMap((name) =>
      JUDGES.map(({ name: judge, title }) => ({
        cells: [`strength ${OUT_STRENGTHS[name]}`, title],
        compared: compared(name, { judge, scale: knownTruth }),
      }))
    ),
  }, "coco-split");
}
