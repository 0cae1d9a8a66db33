/**
 * The figures and tables of the networks on the COCO trunk.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Figure } from "../../reports/value/figure.ts";
import type { Cell, Table } from "../../reports/value/report.ts";
import { capital } from "../../reports/value/wording.ts";
import { tabulateRobustness } from "../../tasks/lines/tabulate_robustness.ts";
import { BAND, inWords } from "../shared/synthetic/claims.ts";
import { byLine, type Gain, LINES } from "../shared/synthetic/gains.ts";
import type { OneOrMore } from "../shared/synthetic/one_or_more.ts";
import {
  barsOverLines,
  BASELINES,
  fitsTable,
} from "../shared/synthetic/page.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { CocoGains, GainsUnderShift } from "./gains.ts";
import { METHODS } from "./networks.ts";

/** Every line of a shift, those that decide first. */
function linesOf(
  { main, beside }: GainsUnderShift,
): readonly CocoGains[] {
  return [...LINES.map((line) => main[line]), ...beside];
}

/** The paper's figure, once over each line. */
export function lineFigures(
  measured: GainsUnderShift,
): readonly Lazy<Figure>[] {
  const { id, shift: { name, between } } = measured;
  return linesOf(measured).map((over): Lazy<Figure> => ({
    kind: "on-the-line",
    id: `${id}-${over.id}`,
    title: capital(`${name}, over the ${over.title}`),
    finding: [
      "Mean effective robustness of networks with the trunk trained on COCO: fine-tuned ",
      ...inWords(over.gains["LP-FT"]),
      "; linear probe ",
      ...inWords(over.gains.LP),
      ".",
    ],
    distributions: between,
    line: over.under.fit.line,
    level: LEVEL,
    baselineTitle: `${BASELINES[over.kind]} (${over.architecture})`,
    baselines: over.under.fit.points,
    groups: METHODS.map((method) => ({
      name: `COCO, ${method}`,
      members: [
        { title: `COCO, ${method}`, runs: over.gains[method].points },
      ],
      mean: over.gains[method].mean,
    })),
  }));
}

/** All shifts side by side, as in the paper's figure 4. */
export function robustnessFigure(
  shifts: readonly GainsUnderShift[],
): Lazy<Figure> {
  return {
    kind: "robustness-bars",
    id: "robustness",
    title: "Weights trained on COCO, in support and out of support",
    finding: [
      "Mean effective robustness of the fine-tuned networks over the line of finished networks: ",
      ...shifts.flatMap(({ shift, main: { sizes } }, i) => [
        `${i === 0 ? "" : "; "}${shift.name} `,
        { value: sizes.gains["LP-FT"].value, unit: "points" } as const,
      ]),
      ".",
    ],
    note:
      `LP is a linear probe; LP-FT continues from there and fine-tunes the whole network.${
        shifts.every(({ isSame }) => isSame)
          ? ""
          : " The baselines have another architecture, so that bars show what is gained by the architecture, too."
      }`,
    band: BAND,
    shifts: shifts.map(({ shift: { name, support } }) => ({ name, support })),
    estimates: shifts.flatMap(({ shift, main }) =>
      METHODS.flatMap((method) =>
        barsOverLines(
          { shift: shift.name, group: method },
          byLine((line) => main[line].gains[method]),
        )
      )
    ),
  };
}

/** The shifts that the paper has too, each with its number and ours. */
export function besideThePaper(
  shifts: OneOrMore<GainsUnderShift>,
): Lazy<Table> {
  return {
    id: "beside-the-paper",
    caption:
      "The paper’s four synthetic shifts: mean effective robustness in points, with 95% intervals, of the paper’s networks (pre-trained by CLIP and AugReg, fine-tuned on ImageNet), where the paper gives a number, and of ours (pre-trained on COCO, LP-FT). The paper’s ± is the uncertainty of its line alone.",
    columns: [
      "shift",
      "support",
      "paper: CLIP and AugReg",
      ...Object.values(shifts[0].main).map(({ title }) => `here, ${title}`),
    ],
    rows: shifts.map(({ shift, main }) => [
      shift.name,
      shift.support,
      shift.paper,
      ...Object.values(main).map(({ gains }): Lazy<Cell> => {
        const { value, low, high } = gains["LP-FT"];
        return { value, low, high, unit: "points", bare: true };
      }),
    ]),
  };
}

/** Every effective robustness with its errors apart. */
export function intervalsTable(
  shifts: readonly GainsUnderShift[],
): Lazy<Table> {
  return {
    id: "intervals",
    caption:
      "Mean effective robustness in points. “From” and “to” bound the 95% interval. Its three sources of error are listed as half-widths: the spread between networks, the noise of the test images and the uncertainty of the line; “paper’s ±” is the uncertainty of the line alone, as the paper prints it after ±. There is only one linear probe, so its spread is unknown. The last columns say how many networks lie within the baselines’ reference accuracies, and how far outside the others are, in points.",
    ...tabulateRobustness({
      titles: ["shift", "line", "method"],
      rows: shifts.flatMap((measured) => {
        const { shift, main, brief } = measured;
        const row = (line: string, method: string, { mean, overlap }: Gain) => (
          { cells: [shift.name, line, method], mean, overlap }
        );
        return [
          ...linesOf(measured).flatMap(({ title, gains }) =>
            METHODS.map((method) => row(title, method, gains[method]))
          ),
          ...brief === undefined
            ? []
            : LINES.map((line) =>
              row(main[line].title, "LP-FT, brief", brief.gains[line])
            ),
        ];
      }),
    }, "coco"),
  };
}

/** How well the lines that decide fit. */
export function fits(shifts: readonly GainsUnderShift[]): Lazy<Table> {
  const lines = shifts.flatMap(({ shift, main }) =>
    Object.values(main).map(({ title, under: { fit } }) => ({
      title: `${shift.name}, ${title}`,
      fit,
    }))
  );
  return fitsTable(lines, {
    id: "fits",
    title: "Baselines of the networks with the trunk",
    label: "coco",
    // Those of another architecture have theirs on the pages of the shifts.
    byRun: shifts.some(({ isSame }) => isSame),
  });
}
