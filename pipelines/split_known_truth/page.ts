/**
 * Figures and tables about splitting a shift of which the truth is known.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { Table } from "../../reports/value/report.ts";
import { compareParts } from "../../tasks/splits/compare_parts.ts";
import { partBySupport } from "../../tasks/splits/part_by_support.ts";
import { tabulateAgreement } from "../../tasks/evaluation/tabulate_agreement.ts";
import {
  galleryFigure,
  partBars,
  partLines,
  reliabilityFigure,
} from "../shared/split/figures.ts";
import { EPSILON } from "../shared/split/measured.ts";
import { placeboTable } from "../shared/split/placebos.ts";
import {
  thresholdFigures,
  thresholdTables,
} from "../shared/split/thresholds.ts";
import { LEVEL, P_SPURIOUS, type Scale } from "../shared/synthetic/scale.ts";
import { tintSetting } from "../shared/synthetic/setting.ts";
import { truthTable } from "./classifiers.ts";
import { controlTable } from "./control.ts";
import type { MeasuredMixture } from "./measured.ts";
import { OUT_STRENGTHS } from "./mixtures.ts";

/** What is shown of one mixture. */
export function figuresOf(
  { name, mixture, shift, splits, truth, control }: MeasuredMixture,
  { columns, scale }: { readonly columns: number; readonly scale: Scale },
): readonly Lazy<Figure>[] {
  const strength = OUT_STRENGTHS[name];
  const title = `Tint of strength ${strength}`;
  const [split, ...others] = splits;
  const { measured, classifier } = split;
  const [{ measured: own }] = truth;
  return [
    galleryFigure(shift, {
      id: `${name}-gallery`,
      title:
        `${title}: what the classifier finds in support and out of support`,
      finding: [
        "Random images of the reference set, of the part that the classifier puts in support, and of the part that it puts out of support; the classifier tells shifted from reference images with an area under the ROC curve of ",
        { value: split.temperature.auroc, digits: 2 },
        ".",
      ],
      note:
        `Images with a tint of strength 0.25, like those of the reference set, are truly in support; images with a tint of strength ${strength}, in the same ten colours, are truly out of support. Each kind makes up half of the shifted images.`,
      reference: tintSetting(scale, P_SPURIOUS).reference,
      shifted: mixture.images,
      parts: measured.parts.parts,
      columns,
    }),
    partBars(shift, {
      id: `${name}-robustness`,
      title:
        `${title}: effective robustness in the true and in the estimated parts`,
      finding: [
        "Effective robustness of the photo networks truly in and out of support differs by ",
        own.differenceWords,
        ", that of parts which are merely as much harder by ",
        control.placebos.meanWords,
        " on average; with the examples out of support weighted to be as difficult, by ",
        control.matched.measured.differenceWords,
        ".",
      ],
      note: [
        `The classifier: ${classifier.title}. “Difficulty matched” means that the examples out of support are weighted so that ${
          shift.judges?.title ?? "baselines"
        } get as many of them wrong as in support, “matched for the baselines” that those of the line do (figure C.6 of the paper); `,
        { value: measured.matched.parts.covered, unit: "percent" },
        " of the examples in support have a counterpart out of support.",
      ],
      ways: [
        { title: "truth", groups: truth },
        { title: "truth, difficulty matched", groups: [control.matched] },
        {
          title: "truth, matched for the baselines",
          groups: [control.matchedByBaselines],
        },
        ...splits.map(({ classifier, measured }) => ({
          title: classifier.title,
          groups: measured.groups,
        })),
        {
          title: `${classifier.title}, difficulty matched`,
          groups: measured.matched.groups,
        },
      ],
    }),
    ...thresholdFigures(measured, { id: `${name}-threshold`, title }),
    reliabilityFigure(
      [
        { name: "temperature", split: split.temperature },
        { name: "isotonic", split: split.isotonic },
        ...others.slice(0, 1)
          .map(({ classifier, temperature }) => ({
            name: `temperature, ${classifier.title}`,
            split: temperature,
          })),
      ],
      {
        id: `${name}-reliability`,
        title: `${title}: calibration of the classifier (${classifier.title})`,
        level: LEVEL,
      },
    ),
    ...partLines({ shift, groups: measured.groups }, {
      id: `${name}-part`,
      title: `${title}: the parts that the classifier finds`,
      distributions: {
        reference: `spurious tint, p = ${P_SPURIOUS}`,
        shifted: "mixture of tints",
      },
    }),
  ];
}

/** Every classifier at every threshold beside the truth. */
function thresholdsTable({ name, splits }: MeasuredMixture): Lazy<Table> {
  return truthTable({
    id: `${name}-truth`,
    caption: `Tint of strength ${
      OUT_STRENGTHS[name]
    }: the distance of each classifier from the truth as the threshold moves.`,
    titles: ["classifier", "ε"],
    rows: splits.flatMap(({ classifier, truths }) =>
      truths.map(({ epsilon, compared }) => ({
        cells: [classifier.title, `${epsilon}`],
        compared,
      }))
    ),
  }, name);
}

/** How far the splits of different classifiers and calibrations agree. */
function agreementTable(
  { name, mixture, splits: [split, ...others] }: MeasuredMixture,
): Lazy<Table> {
  const own = split.measured.parts.parts;
  const isotonic = partBySupport(
    { split: split.isotonic.split, epsilon: EPSILON },
    `${name}-${split.classifier.name}-isotonic`,
  );
  const pairs = [
    { title: "the truth", parts: mixture.truth, label: "truth" },
    {
      title: "the same, calibrated by an isotonic curve",
      parts: isotonic.parts,
      label: "isotonic",
    },
    ...others.map((other) => ({
      title: other.classifier.title,
      parts: other.measured.parts.parts,
      label: other.classifier.name,
    })),
  ];
  return {
    id: `${name}-agreement`,
    caption: `Tint of strength ${
      OUT_STRENGTHS[name]
    }: the agreement of two splits of the same images at ε = ${EPSILON}. κ is the agreement beyond chance. The overlap is the share of the images put in support by either split that both put in support.`,
    ...tabulateAgreement({
      titles: ["first", "second"],
      rows: pairs.map(({ title, parts, label }) => ({
        cells: [split.classifier.title, title],
        agreement: compareParts(
          { first: own, second: parts },
          `${name}-${split.classifier.name}-${label}`,
        ).found,
      })),
    }, name),
  };
}

/** The tables of one mixture. */
export function tablesOf(mixture: MeasuredMixture): readonly Lazy<Table>[] {
  const { name, shift, control, splits: [{ measured }] } = mixture;
  const title = `Tint of strength ${OUT_STRENGTHS[name]}`;
  return [
    thresholdsTable(mixture),
    agreementTable(mixture),
    controlTable(control, { id: `${name}-truth-placebos`, title, shift }),
    placeboTable(measured, { id: `${name}-placebos`, title }),
    ...thresholdTables(measured, { id: `${name}-thresholds`, title }),
  ];
}
