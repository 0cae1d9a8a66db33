/**
 * By how much what is measured over a line rests on its form: the same over the
 * line without one of its groups of baselines, over a parabola through all, and
 * over lines on other scales.
 *
 * @module
 */
import { mean } from "../intervals/mean.ts";
import { sum } from "../intervals/sum.ts";
import { effectiveRobustness } from "./effective_robustness.ts";
import type { PointGroup } from "./left_out_groups.ts";
import type { OverLine } from "./over_line.ts";
import { fitParabola, heightOverParabola } from "./parabola.ts";
import type { Point } from "./point.ts";
import { areAlike, fitLine, type Line } from "./regression.ts";
import { type ScaleName, toScale } from "./scale.ts";

/** A line through groups of baselines, and what is measured over it. */
export interface OverGroups extends Pick<OverLine, "line" | "terms"> {
  /** The baselines of the line. */
  readonly groups: readonly PointGroup[];
}

/** What a line is replaced by: lines without the group of this name, or parabolas through all groups. */
export type Form =
  | { readonly kind: "without"; readonly group: string }
  | { readonly kind: "parabola" };

/** What is measured over another form of the lines. */
export interface OverForm {
  readonly form: Form;
  /** A fraction of accuracy. */
  readonly value: number;
}

/** What is measured over lines, and over other forms of them. */
export interface OtherForms {
  /** Over the lines themselves, a fraction of accuracy. */
  readonly whole: number;
  /** Without each group that all lines have, in the order of the first; then the parabola. Those that there are. */
  readonly others: readonly OverForm[];
  readonly lowest: OverForm;
  readonly highest: OverForm;
  /** Over lines through the same baselines on each scale, that of the lines among them. */
  readonly onScale: Readonly<Record<ScaleName, number>>;
}

/** Height of a network over some form of a line, a fraction of accuracy. */
type Height = (point: Point) => number;

/**
 * A sum of mean effective robustness over one line or several, and over other
 * forms of all of them at once: a difference between two lines is measured over
 * both without the groups of one name, or over two parabolas.
 *
 * @throws {RangeError} if there is no other form, or a term has no network
 */
export function overOtherForms(lines: readonly OverGroups[]): OtherForms {
  const over = (heights: readonly Height[]) =>
    sum(
      lines.flatMap(({ terms }, i) =>
        terms.map(({ sign, networks }) =>
          sign * mean(networks.map(heights[i] as Height))
        )
      ),
    );
  const [first] = lines;
  const forms = [
    ...(first?.groups ?? []).map((
      { name: group },
    ): Form => ({ kind: "without", group })),
    { kind: "parabola" } as const,
  ];
  const others = forms.flatMap((form) => {
    const heights = lines.flatMap((line) => heightOver(line, form) ?? []);
    return heights.length < lines.length
      ? []
      : [{ form, value: over(heights) }];
  });
  const [one] = others;
  if (one === undefined) {
    throw new RangeError(
      `Cannot measure over another form of the line through ${
        first?.groups.length ?? 0
      } groups of baselines: no line is left without any of them, and they are too few for a parabola`,
    );
  }
  return {
    whole: over(lines.map(({ line }) => heightOverLine(line))),
    others,
    lowest: others.reduce((a, b) => b.value < a.value ? b : a, one),
    highest: others.reduce((a, b) => b.value > a.value ? b : a, one),
    onScale: {
      probit: over(lines.map((line) => heightOn("probit", line))),
      logit: over(lines.map((line) => heightOn("logit", line))),
      linear: over(lines.map((line) => heightOn("linear", line))),
    },
  };
}

/** Undefined where there is no such form. */
function heightOver(
  { groups, line }: OverGroups,
  form: Form,
): Height | undefined {
  if (form.kind === "parabola") {
    const parabola = fitParabola(groups, line);
    return parabola === null
      ? undefined
      : (point) => heightOverParabola(point, parabola);
  }
  const { scale, extremes } = line;
  const others = groups.filter(({ name }) => name !== form.group);
  const points = others.flatMap((group) => group.points);
  const xs = points.map(({ model, reference, referenceSize: size }) =>
    toScale(reference, { scale, extremes, model, size }).value
  );
  return others.length === groups.length || points.length < 3 || areAlike(xs)
    ? undefined
    : heightOverLine(fitLine(points, { scale, extremes }));
}

/** Over the line through the same baselines on a scale. */
function heightOn(scale: ScaleName, { groups, line }: OverGroups): Height {
  return heightOverLine(
    scale === line.scale ? line : fitLine(
      groups.flatMap(({ points }) => points),
      { scale, extremes: line.extremes },
    ),
  );
}

function heightOverLine(line: Line): Height {
  return (point) => effectiveRobustness(point, { line }).er;
}
