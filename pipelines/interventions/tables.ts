/**
 * The tables of the page on interventions.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Cell, Table } from "../../reports/value/report.ts";
import { tabulateChoices } from "../../tasks/interventions/tabulate_choices.ts";
import { tabulateGroups } from "../../tasks/interventions/tabulate_groups.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import { countOf, type Measured, nOf, type UnderShift } from "./gains.ts";
import type { FewRow } from "./comparisons.ts";
import {
  type Intervention,
  INTERVENTION_TITLES,
  START_TITLES,
  STARTS,
} from "./intervened.ts";

const SUPPORTS = [
  ["in", "in support"],
  ["out", "out of support"],
  ["both", "both at once"],
] as const;

/** Interventions in reading order. */
const ORDER: readonly Intervention[] = [
  "none",
  "weighted",
  "published",
  "disagreement",
  "random tints",
  "balanced",
  "unbalanced",
];

/** Those of the practical answer: pre-training, the simplest ways to balance, and the control. */
const SIMPLEST: readonly Intervention[] = [
  "none",
  "weighted",
  "random tints",
  "unbalanced",
];

/** The table of the practical answer. */
export function whatHelps(shifts: readonly UnderShift[]): Lazy<Table> {
  const columns = columnsOf(shifts);
  return {
    id: "what-helps",
    caption:
      "What helps under which shift: mean accuracy on the shifted images in per cent, then mean effective robustness in points over the line of finished networks, with its 95% interval; n is the number of networks. Effective robustness compares with baselines of the same reference accuracy, which an intervention against a bias lowers: it may be high where little accuracy is won. In support the training data are biased; out of support a network meets what it never saw.",
    groups: ["", "", ...columns.map(({ title }) => title)],
    ...robustnessTable(columns, SIMPLEST),
  };
}

/** The same of all other interventions. */
export function furtherInterventions(
  shifts: readonly UnderShift[],
): Lazy<Table> {
  return {
    id: "further-interventions",
    caption:
      "Further interventions: accuracy and effective robustness as in the table of what helps. Without group labels means without knowing more than the class: under a label shift a group is a class, so that taking as many images of each balances the groups there too.",
    ...robustnessTable(
      columnsOf(shifts),
      ORDER.filter((one) => !SIMPLEST.includes(one)),
    ),
  };
}

/** Shifts in reading order, each with where it leads. */
function columnsOf(shifts: readonly UnderShift[]) {
  return SUPPORTS.flatMap(([support, title]) =>
    shifts.filter(({ shift }) => shift.support === support)
      .map((under) => ({ title, under }))
  );
}

function robustnessTable(
  columns: ReturnType<typeof columnsOf>,
  interventions: readonly Intervention[],
) {
  return {
    columns: [
      "intervention",
      "networks",
      ...columns.map(({ under }) => under.shift.title),
    ],
    empty: "not applied",
    rows: interventions.flatMap((intervention) =>
      STARTS.flatMap((start) => {
        const cells = columns.map(({ under: { gains } }): Lazy<Cell> => {
          const gain = gains[start][intervention]?.sizes;
          if (gain === undefined) return null;
          const accuracy = {
            value: gain.shifted,
            unit: "percent",
            digits: 1,
          } as const;
          // These make the line.
          if (intervention === "none" && start === "scratch") return accuracy;
          const { value, low, high } = gain;
          return {
            value,
            low,
            high,
            unit: "points",
            digits: 1,
            bare: true,
            after: accuracy,
          };
        });
        return cells.every((cell) => cell === null) ? [] : [[
          INTERVENTION_TITLES[intervention],
          `${START_TITLES[start]}, ${
            nOf(columns.map(({ under }) => countOf(under, start, intervention)))
          }`,
          ...cells,
        ]];
      })
    ),
  };
}

/** An intervention where the caption says what is refitted. */
function shortTitle(intervention: Intervention): string {
  return INTERVENTION_TITLES[intervention].replace(/^last layer /, "");
}

/** Worst-group accuracy and both means under each bias; networks on few examples are tested under the first alone. */
export function groupTables(
  measured: readonly Measured[],
  few: readonly FewRow[],
): readonly Lazy<Table>[] {
  const all = measured.flatMap(({ biased: { byGroup }, networks }) =>
    byGroup.map((groups) => ({ groups, networks }))
  );
  return all.map((
    { groups: { shift, under, title, parts, shares }, networks },
    i,
  ) => ({
    id: `groups-${shift}`,
    caption: `Accuracy by group under ${under}, ${
      i > 0
        ? "told as before"
        : "means over networks with 95% intervals, in per cent"
    }. A group is ${title}: ${shares.length} groups.${
      i > 0
        ? ""
        : " Worst group: the lowest of their accuracies. Balanced mean: each group counts alike. Mean as in training: each counts as often as it is in the reference distribution. Refitted: the last layer. Below: networks trained on few examples in the place of the biased reference set."
    }`,
    columns: [
      "intervention",
      "networks",
      "n",
      "worst group",
      "balanced mean",
      "mean as in training",
      "which group is worst",
    ],
    rows: tabulateGroups({
      rows: [
        ...ORDER.flatMap((intervention) =>
          STARTS.flatMap((start) => {
            const evaluations = networks[start][intervention];
            return evaluations === undefined ? [] : [{
              cells: [shortTitle(intervention), START_TITLES[start]],
              evaluations,
            }];
          })
        ),
        ...i > 0 ? [] : few.map(({ examples, start, evaluations }) => ({
          cells: [examples, START_TITLES[start]],
          evaluations,
        })),
      ],
      parts,
      shares,
      level: LEVEL,
    }, shift).rows,
  }));
}

/** How firmly refitting on balanced subsets has chosen its penalty in each setting. */
export function choicesTable(measured: readonly Measured[]): Lazy<Table> {
  return {
    id: "choices",
    caption:
      "How balanced subsets chose the weight of their penalty: images of each group in a subset, the chosen C with the number of networks that chose it, and for how many networks the worst group has none right whatever C, so that the first one tried stays.",
    columns: [
      "reference distribution",
      "networks",
      "n",
      "images a group",
      "chosen C (networks)",
      "worst group never right",
    ],
    rows: tabulateChoices({
      rows: measured.flatMap(({ biased: { trainedOn }, choices }) =>
        STARTS.flatMap((start) =>
          choices[start].length === 0 ? [] : [{
            cells: [trainedOn, START_TITLES[start]],
            choices: choices[start],
          }]
        )
      ),
    }, "interventions").rows,
  };
}
