/**
 * What is shown of a split: the same figures for every shift.
 *
 * @module
 */
import type { Images } from "../../../data/images/images.ts";
import type { Lazy, Ref } from "../../../engine/define/ref.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import type { Prose } from "../../../reports/value/prose.ts";
import { SUPPORT_WORDS } from "../../../reports/value/support_words.ts";
import type { Parts } from "../../../shifts/measure/parts.ts";
import { drawExamples } from "../../../tasks/pictures/draw_examples.ts";
import { drawPart } from "../../../tasks/splits/draw_part.ts";
import { listBars } from "../../../tasks/lines/list_bars.ts";
import type { splitSupport } from "../../../tasks/splits/split_support.ts";
import { BAND } from "../synthetic/claims.ts";
import type { MeasuredGroup, MeasuredSplit, SplitShift } from "./measured.ts";

const PARTS = ["in", "out"] as const;

/** What is measured in one part, and of how many examples. */
function inPart(
  measured: MeasuredGroup["measured"],
  part: typeof PARTS[number],
) {
  return part === "in"
    ? { part: measured.inSupport, examples: measured.inExamples }
    : { part: measured.outOfSupport, examples: measured.outExamples };
}

/** Mean effective robustness in each part, by several ways to split. */
export function partBars(
  { baselineTitle }: Pick<SplitShift, "baselineTitle">,
  { ways, ...about }: {
    readonly id: string;
    readonly title: string;
    readonly finding: Lazy<Prose>;
    readonly note?: Lazy<Prose>;
    readonly ways: readonly {
      /** What decides the parts: "split by the classifier". */
      readonly title: string;
      readonly groups: readonly MeasuredGroup[];
    }[];
  },
): Lazy<Figure> {
  const bars = ways.flatMap(({ title, groups }) =>
    groups.flatMap(({ name, measured }) =>
      PARTS.map((part) => ({
        shift: `${title}: ${SUPPORT_WORDS[part]}`,
        ...inPart(measured, part),
        group: name,
        baselines: baselineTitle,
      }))
    )
  );
  return {
    kind: "robustness-bars",
    ...about,
    band: BAND,
    shifts: ways.flatMap(({ title }) =>
      PARTS.map((support) => ({
        name: `${title}: ${SUPPORT_WORDS[support]}`,
        support,
      }))
    ),
    estimates: listBars({ bars }, about.id),
  };
}

/** The paper's scatter, once in each part, over the part's own line. */
export function partLines(
  { shift, groups }: Pick<MeasuredSplit, "shift" | "groups">,
  { id, title, distributions }: {
    readonly id: string;
    readonly title: string;
    readonly distributions: {
      readonly reference: string;
      readonly shifted: string;
    };
  },
): readonly Ref<Figure>[] {
  return PARTS.map((part) =>
    drawPart({
      id: `${id}-${part}`,
      title: `${title}, ${SUPPORT_WORDS[part]}`,
      distributions: {
        ...distributions,
        shifted: `${distributions.shifted}, ${SUPPORT_WORDS[part]}`,
      },
      baselineTitle: shift.baselineTitle,
      groups: groups.map(({ name, measured }) => ({
        name,
        part: inPart(measured, part).part,
      })),
      examples: inPart(groups[0].measured, part).examples,
    }, `${id}-${part}`)
  );
}

/** Whether the probabilities of some classifiers are what they say. */
export function reliabilityFigure(
  curves: readonly {
    readonly name: string;
    readonly split: ReturnType<typeof splitSupport>;
  }[],
  { id, title, level }: {
    readonly id: string;
    readonly title: string;
    readonly level: number;
  },
): Lazy<Figure> {
  return {
    kind: "reliability",
    id,
    title,
    level,
    finding: [
      "Expected calibration error: ",
      ...curves.flatMap(({ name, split }, i) => [
        `${i === 0 ? "" : "; "}${name} `,
        { value: split.calibrationError, digits: 3 } as const,
      ]),
      ".",
    ],
    note:
      "Every example is scored by a classifier that did not see it, and calibrated with the scores of other folds.",
    predicted: "predicted probability of the reference set",
    observed: "observed share of the reference set",
    curves: curves.map(({ name, split }) => ({
      name,
      bins: split.reliability,
    })),
  };
}

/** Random examples of the reference set and of both parts. */
export function galleryFigure(
  { seed }: Pick<SplitShift, "seed">,
  { reference, shifted, parts, columns, ...about }: {
    readonly id: string;
    readonly title: string;
    readonly finding: Lazy<Prose>;
    readonly note?: Lazy<Prose>;
    readonly reference: Ref<Images>;
    readonly shifted: Ref<Images>;
    readonly parts: Ref<Parts>;
    /** Images in a row; there are two rows of each kind. */
    readonly columns: number;
  },
): Lazy<Figure> {
  const strip = { n: 2 * columns, columns, seed };
  const rows = [
    {
      title: "reference",
      drawn: drawExamples(
        { ...strip, images: reference },
        `${about.id}-reference`,
      ),
    },
    ...(["in support", "out of support"] as const).map((name) => ({
      title: name,
      drawn: drawExamples(
        { ...strip, images: shifted, part: { parts, name } },
        `${about.id}-${name === "in support" ? "in" : "out"}`,
      ),
    })),
  ];
  return {
    kind: "gallery",
    ...about,
    rows: rows.map(({ title, drawn }) => ({
      title,
      n: drawn.count,
      png: drawn.png,
      width: drawn.width,
      height: drawn.height,
      alt: `Two rows of small images: ${title}.`,
    })),
  };
}
