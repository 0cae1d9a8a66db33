/**
 * The figures of the networks on the COCO trunk.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Figure } from "../../reports/value/figure.ts";
import { capital } from "../../reports/value/wording.ts";
import { BAND, inWords } from "../shared/synthetic/claims.ts";
import { byLine, LINES } from "../shared/synthetic/gains.ts";
import { barsOverLines, BASELINES } from "../shared/synthetic/page.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { CocoGains, GainsUnderShift } from "./gains.ts";
import { METHODS } from "./networks.ts";

/** Every line of a shift, those that decide first. */
export function linesOf(
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
