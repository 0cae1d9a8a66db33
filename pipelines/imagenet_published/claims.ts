/**
 * The claims and their rules, fixed before the first run, but with the numbers
 * known. The same numbers are computed from the same kind of published
 * accuracies as the paper's, so the rules judge the numbers themselves.
 *
 * @module
 */
import type { Lazy, Ref } from "../../engine/define/ref.ts";
import type { Claim } from "../../reports/value/claim.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { MeasuredShift } from "./measure.ts";

const OVER =
  "over choices of the scale, of a model’s row in the tables, and of the baselines";

/** What was known when these rules were fixed. */
const KNOWN =
  "When the rule was fixed, the number was known from a calculation with the same tables outside this workflow.";

/** The paper's numbers on ImageNet-V2, ImageNet-Sketch and ImageNet-R. */
export function claimsOf(
  { v2, sketch, renditions }: {
    readonly v2: MeasuredShift;
    readonly sketch: MeasuredShift;
    readonly renditions: MeasuredShift;
  },
): readonly Lazy<Claim>[] {
  return [
    {
      id: "v2-maximum",
      asked: true,
      statement:
        "On ImageNet-V2 the highest effective robustness of a pre-trained model is 1.80 points.",
      paper: "1.80 points",
      rule: { kind: "within", low: 0.0175, high: 0.0185, on: "value" },
      remark:
        "The maximum over 55 models is partly due to the noise of the 10,000 test images. The interval is that of the highest true effective robustness, whichever model has it (see [The maximum and its noise](#noise)). " +
        KNOWN,
      figure: "v2",
      ...judged(v2.maximum, {
        low: v2.sensitivity.maxLow,
        high: v2.sensitivity.maxHigh,
      }),
    },
    {
      id: "sketch-mean",
      asked: true,
      statement:
        "On ImageNet-Sketch pre-trained models have a high effective robustness, 12.25 points on average.",
      paper:
        "high; 12.247 points in the authors’ notebook, no number in the text",
      rule: { kind: "within", low: 0.1175, high: 0.1275, on: "value" },
      remark: [
        "The number is the mean of 55 models. The rule allows half a point either way because the authors show every model a 256-pixel crop, whereas timm uses the size at which the model was trained. ",
        ...dependenceOf(sketch),
      ],
      figure: "sketch",
      short: "on ImageNet-Sketch (published models)",
      answers: "out of support",
      ...meanOf(sketch),
    },
    {
      id: "r-mean",
      asked: true,
      statement:
        "On ImageNet-R pre-trained models have a high effective robustness.",
      paper: "high; no number in the text",
      rule: { kind: "above", bound: 0.1, on: "value" },
      remark: [
        "The numbers are not comparable digit by digit: on ImageNet-R the authors let a model choose among all 1000 classes, timm among its 200. ",
        ...dependenceOf(renditions),
      ],
      figure: "r",
      short: "on ImageNet-R (published models)",
      answers: "out of support",
      ...meanOf(renditions),
    },
  ];
}

/** What the interval of a mean leaves out. */
function dependenceOf({ pretrained }: MeasuredShift): readonly Lazy<string>[] {
  return [
    "The interval takes the models as independent, but ",
    pretrained.byKind,
    `. ${KNOWN}`,
  ];
}

function meanOf({ pretrained, sensitivity }: MeasuredShift) {
  return judged(pretrained, {
    low: sensitivity.meanLow,
    high: sensitivity.meanHigh,
  });
}

/** The numbers of a claim, still to come. */
function judged(
  { value, low, high }: Readonly<
    Record<"value" | "low" | "high", Ref<number>>
  >,
  sensitivity: Readonly<Record<"low" | "high", Ref<number>>>,
) {
  return {
    estimate: { value, low, high, unit: "points", level: LEVEL },
    sensitivity: { ...sensitivity, over: OVER },
  } as const;
}
