/**
 * The tables of the page on interventions.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Cell, Table } from "../../reports/value/report.ts";
import { tabulateGroups } from "../../tasks/interventions/tabulate_groups.ts";
import type { MeasuredRefs } from "../shared/synthetic/claims.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import { countOf, type Measured, nOf, type UnderShift } from "./gains.ts";
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

function cell(
  { value, low, high }: MeasuredRefs,
  unit: "points" | "percent",
): Lazy<Cell> {
  return { value, low, high, unit, digits: 1, bare: true };
}

/** The table of the practical answer: pre-training, the simplest ways to balance, and the control. */
export function whatHelps(shifts: readonly UnderShift[]): Lazy<Table> {
  return robustnessTable(shifts, {
    id: "what-helps",
    begins: "What helps under which shift",
    interventions: ["none", "weighted", "random tints", "unbalanced"],
  });
}

/** The same of every intervention. */
export function everyIntervention(shifts: readonly UnderShift[]): Lazy<Table> {
  return robustnessTable(shifts, {
    id: "every-intervention",
    begins: "Every intervention under every shift",
    interventions: ORDER,
    note:
      " Without group labels means without knowing more than the class: under a label shift a group is a class, so that taking as many images of each balances the groups there too.",
  });
}

function robustnessTable(
  shifts: readonly UnderShift[],
  { id, begins, note = "", interventions }: {
    readonly id: string;
    /** Begins the caption. */
    readonly begins: string;
    /** Ends it. */
    readonly note?: string;
    readonly interventions: readonly Intervention[];
  },
): Lazy<Table> {
  const columns = SUPPORTS.flatMap(([support, title]) =>
    shifts.filter(({ shift }) => shift.support === support)
      .map((under) => ({ title, under }))
  );
  return {
    id,
    caption:
      `${begins}: mean effective robustness in points over the line of finished networks, with its 95% interval; n is the number of networks. In support the training data are biased; out of support a network meets what it never saw.${note}`,
    columns: [
      "intervention",
      "networks",
      ...columns.map(({ under }) => under.shift.title),
    ],
    groups: ["", "", ...columns.map(({ title }) => title)],
    empty: "not applied",
    rows: interventions.flatMap((intervention) =>
      STARTS.flatMap((start) => {
        // Networks from scratch without an intervention make the line.
        if (intervention === "none" && start === "scratch") return [];
        const cells = columns.map(({ under: { gains } }) => {
          const gain = gains[start][intervention];
          return gain === undefined ? null : cell(gain.sizes, "points");
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

/** Worst-group accuracy and both means under each bias that is an attribute. */
export function groupTables(
  measured: readonly Measured[],
): readonly Lazy<Table>[] {
  return measured.flatMap(({ biased: { byGroup, shifts }, networks }) => {
    const [shift] = shifts;
    if (byGroup === undefined || shift === undefined) return [];
    const { title, parts, shares } = byGroup;
    return [{
      id: `groups-${shift.id}`,
      caption:
        `Accuracy by group under a ${shift.title}, means over networks with 95% intervals, in per cent. A group is ${title}: ${shares.length} groups. Worst group: the lowest of their accuracies. Balanced mean: each group counts alike. Mean as in training: each counts as often as it is in the reference distribution.`,
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
        rows: ORDER.flatMap((intervention) =>
          STARTS.flatMap((start) => {
            const evaluations = networks[start][intervention];
            return evaluations === undefined ? [] : [{
              cells: [INTERVENTION_TITLES[intervention], START_TITLES[start]],
              evaluations,
            }];
          })
        ),
        parts,
        shares,
        level: LEVEL,
      }, shift.id).rows,
    }];
  });
}
