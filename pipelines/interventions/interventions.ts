/**
 * What helps where pre-training does not (sections 5, 6 and C.3.1 and
 * figures C.7 and C.9 of arXiv:2403.00194): refitting the last layer, balancing,
 * and a few curated examples, alone and with pre-training.
 *
 * Interventions, the claims and their rules were fixed before the first run;
 * what was changed since is said in the claims and in docs/log.md.
 *
 * @module
 */
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Report } from "../../reports/value/report.ts";
import {
  cifar10Record,
  flipRecord,
  labelShiftRecord,
  pretrainedResnet8Record,
  spuriousTintRecord,
  unseenTintRecord,
} from "../shared/synthetic/material.ts";
import { learningRateIn } from "../shared/synthetic/fine_tuned.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "../shared/synthetic/method.ts";
import { fitsTable } from "../shared/synthetic/page.ts";
import { P_MINORITY, P_SPURIOUS } from "../shared/synthetic/scale.ts";
import { THROUGH } from "../shared/synthetic/claims.ts";
import { LINES } from "../shared/synthetic/gains.ts";
import {
  markedSetting,
  skewedSetting,
  tintedSetting,
  unbiasedSetting,
} from "./biased.ts";
import { answerOn, mostAccurate } from "./answer.ts";
import { claimsOn } from "./claims.ts";
import { comparisons, worstOfPretrained } from "./comparisons.ts";
import { CURATED, eligible, ONE_COLOUR } from "./curated.ts";
import { curatedFigure, robustnessFigure, vennFigure } from "./figures.ts";
import { measuredIn, type MeasuredSetting } from "./gains.ts";
import { INTERVENTION_SCALES, type InterventionScale } from "./scale.ts";
import {
  marksRecord,
  spuriousTypefaceRecord,
  typefacesRecord,
} from "./material.ts";
import { choicesTable, groupTables, whatHelps } from "./tables.ts";
import { typefaceScale, typefaceSetting } from "./typefaces.ts";
import { interventionSections, smallerHere } from "./text.ts";

export const interventions: AnyPipeline<Report> = definePipeline({
  module: import.meta.url,
  name: "interventions",
  title: "What helps against a bias",
  profiles: INTERVENTION_SCALES,

  build(scale: InterventionScale) {
    const tinted = measuredIn(tintedSetting(scale), scale);
    const skewed = measuredIn(skewedSetting(scale), scale);
    const plain = measuredIn(unbiasedSetting(scale), scale);
    const typeset = measuredIn(typefaceSetting(scale), typefaceScale(scale));
    const marked = scale.interventions.marks.map((shape) =>
      measuredIn(markedSetting(shape, scale), scale)
    );
    const measured = [tinted, ...marked, typeset, skewed, plain];
    const shifts = measured.flatMap(({ shifts }) => shifts);
    const rateIn = (
      { biased: { setting, trainedOn: on } }: MeasuredSetting,
      own = scale,
    ) => ({ on, learningRate: learningRateIn(setting, own) });
    const compared = comparisons(tinted, scale);
    const tintRecord = spuriousTintRecord(scale, [P_SPURIOUS]);
    const best = mostAccurate(shifts, compared.few.curated);
    return {
      id: "interventions",
      title: "What helps against a bias",
      question:
        "Where training data are biased, what helps besides pre-training, and does it help together with it?",
      answer: [best],
      answerInDetail: answerOn({ shifts, compared, scale }),
      claims: claimsOn({
        shifts,
        compared,
        worst: worstOfPretrained(measured),
        scale,
      }),
      figures: [
        robustnessFigure(shifts),
        vennFigure(compared),
        curatedFigure(compared, scale),
      ],
      nominations: [{ place: "front page, what helps", id: "what-helps" }],
      counterparts: {
        instead:
          `${SMALLER_NETWORKS}; a colour that goes with the class, and other colours where the paper edits hair`,
        of: {
          "Figure 6": ["robustness", "corrected"],
          "Figure 7b": ["curated"],
          "Figure C.7": ["robustness", "what-helps"],
          "Figure C.9": ["worst-group", "what-helps", "curated"],
        },
      },
      tables: [
        {
          ...whatHelps(measured, [
            ...compared.few.curated,
            ...compared.few.oneColour,
          ]),
          finding: [best],
        },
        ...groupTables(measured, compared.few),
        choicesTable(measured),
        fitsTable(
          shifts.flatMap(({ shift, lines }) =>
            LINES.map((line) => ({
              title: `${shift.title}, ${THROUGH[line]}`,
              fit: lines[line].fit,
            }))
          ),
          {
            id: "fits",
            title: "Each shift",
            label: "interventions",
            byRun: false,
          },
        ),
      ],
      pictures: [tintRecord.sheet],
      pretraining: pretrainingRecords(scale),
      scaledDown: [
        ...scaledDown(scale, {
          photo: scale.interventions.networks,
          narrow: Math.min(
            scale.interventions.networks,
            scale.pretraining.seeds.narrow.length,
          ),
        }),
        ...smallerHere(scale),
      ],
      sections: [
        ...interventionSections(scale, {
          narrowed: eligible(CURATED, scale),
          oneColour: eligible(ONE_COLOUR, scale),
        }),
        methodSection([
          rateIn(plain),
          rateIn(tinted),
          rateIn(skewed),
          rateIn(typeset, typefaceScale(scale)),
        ]),
      ],
      datasets: [cifar10Record(scale), typefacesRecord(scale)],
      shifts: [
        tintRecord,
        ...marksRecord(scale),
        spuriousTypefaceRecord(scale),
        labelShiftRecord(scale, [P_MINORITY]),
        unseenTintRecord(scale, ["weak"]),
        flipRecord(scale),
      ],
      models: [pretrainedResnet8Record(scale)],
    };
  },
});
