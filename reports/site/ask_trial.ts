/**
 * What networks of a trial gain, as pieces of the page of a question.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import type { FoundGain, TrialGroup } from "../../stats/asked/found_trial.ts";
import type { Block } from "../document/document.ts";
import { code, line, notice, numbers } from "../document/pieces.ts";
import { formatCount } from "../value/quantity.ts";
import { counted } from "../value/wording.ts";
import { percent, plain, points, told, within } from "./ask_pieces.ts";
import type { AskedFor } from "./ask_support.ts";

/** Mean effective robustness on all shifted examples, with its interval, in points. */
export function wholeText({ all: { mean, low, high } }: TrialGroup): string {
  return `${within({ value: mean, low, high }, points)} points`;
}

function gainText(gain: FoundGain): string {
  return "tooFew" in gain
    ? gain.tooFew === 0
      ? "no examples"
      : `only ${counted(gain.tooFew, "example")}`
    : `${within(gain, points)} points${
      gain.lineHolds ? "" : ", over a line that does not hold"
    }`;
}

/** Effective robustness of the networks of a trial, or why there is none. */
export function trialBlocks(
  { trial, trainedSupport, drop }: AskFindings,
  { canTrain }: AskedFor,
): readonly Block[] {
  if (trial === null) {
    if (canTrain) {
      return [line(
        "No network was trained (--quick). The trial trains baselines on shares of the reference images, fine-tunes pre-trained networks, and measures effective robustness.",
      )];
    }
    const areSeveral = typeof drop?.models === "number" && drop.models > 1;
    return [
      line(
        `No network was trained${
          trainedSupport === undefined ? "" : " to classify"
        }: that takes labelled images of both sets, and enough of them.`,
      ),
      ...areSeveral
        ? [line([
          "Effective robustness of models of your own, some of them baselines, is measured in a table of accuracies: ",
          code("deno task er --table FILE"),
          ".",
        ])]
        : [],
    ];
  }
  if ("noLine" in trial) {
    return [line(
      `Nothing is measured over networks from scratch. ${trial.noLine}.`,
    )];
  }
  return [
    ...trial.lineHolds ? [] : [
      notice(
        "The line does not hold:",
        ` r² ${
          plain(trial.line.r2)
        }. Shifted accuracy hardly follows reference accuracy here, and effective robustness means little.`,
      ),
    ],
    ...told(
      `Mean effective robustness over networks from scratch, in points, of fine-tunings of one pre-trained network each; intervals of ${
        percent(trial.level)
      }, so that all pre-trainings together have 95%`,
      [
        "pre-training",
        numbers("fine-tunings"),
        numbers("all shifted images"),
        numbers("in support"),
        numbers("out of support"),
      ],
      trial.groups.map((group) => [
        group.name,
        formatCount(group.points.length),
        wholeText(group),
        gainText(group.inSupport),
        gainText(group.outOfSupport),
      ]),
    ),
  ];
}
