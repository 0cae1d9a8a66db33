/**
 * The tables of the page on interventions.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Prose } from "../../reports/value/prose.ts";
import type { Cell, Table } from "../../reports/value/report.ts";
import { SUPPORT_WORDS } from "../../reports/value/support_words.ts";
import { tabulateChoices } from "../../tasks/interventions/tabulate_choices.ts";
import { tabulateGroups } from "../../tasks/interventions/tabulate_groups.ts";
import type { Piece } from "../shared/synthetic/claims.ts";
import type { Gain } from "../shared/synthetic/gains.ts";
import { LEVEL } from "../shared/synthetic/scale.ts";
import type { Comparisons } from "./comparisons.ts";
import type { FewRow } from "./curated.ts";
import { countOf, gainOnFew, type MeasuredSetting, nIn, nOf } from "./gains.ts";
import {
  type Intervention,
  INTERVENTION_TITLES,
  START_TITLES,
  STARTS,
} from "./intervened.ts";

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

/** Columns of the front page, by the ids of their shifts. */
const FRONT_SHIFTS = [
  "spurious-tint",
  "label-shift",
  "spurious-tint-kept-and-flip",
  "unseen-tint",
  "flip",
];

/** Rows of the front page. */
const FRONT_INTERVENTIONS: readonly Intervention[] = [
  "none",
  "weighted",
  "random tints",
  "balanced",
  "unbalanced",
];

/** The table of the practical answer: every intervention under every shift; networks on few examples are of the first setting alone. */
export function whatHelps(
  measured: readonly MeasuredSetting[],
  few: readonly FewRow[],
): Lazy<Table> {
  // Shifts in reading order, each with where it leads.
  const columns = (["in", "out", "both"] as const).flatMap((support) =>
    measured.flatMap(({ biased, shifts }, i) =>
      shifts.filter(({ shift }) => shift.support === support).map((under) => ({
        title: SUPPORT_WORDS[support],
        under,
        isFirst: i === 0,
        named: biased.oneOf ?? under.shift.title,
      }))
    )
  );
  const curated = few.map((row) => ({
    row,
    gains: columns.map(({ under, isFirst }) =>
      isFirst ? gainOnFew(under, row) : null
    ),
  }));
  /** Every row, or those of the front page, under some shifts. */
  const rowsUnder = (
    some: typeof columns,
    { isBrief }: { readonly isBrief: boolean },
  ) => [
    ...ORDER.filter((one) => !isBrief || FRONT_INTERVENTIONS.includes(one))
      .flatMap((intervention) =>
        STARTS.filter((start) =>
          !isBrief || start === "scratch" || start === "photo"
        )
          .flatMap((start) => {
            const cells = some.map(({ under: { gains } }) => {
              const gain = gains[start][intervention]?.sizes;
              if (gain === undefined) return null;
              // Networks from scratch make the line.
              return intervention === "none" && start === "scratch"
                ? accuracyCell(gain)
                : gainCell(gain);
            });
            return cells.every((cell) => cell === null) ? [] : [[
              INTERVENTION_TITLES[intervention],
              `${START_TITLES[start]}, ${
                nIn(some.map(({ under, named }) => ({
                  n: countOf(under, start, intervention),
                  under: named,
                })))
              }`,
              ...cells,
            ]];
          })
      ),
    ...curated.filter(({ row: { examples } }) =>
      !isBrief || examples === few[0]?.examples
    ).map(({ row: { examples, start, evaluations }, gains }) => [
      examples,
      `${START_TITLES[start]}, ${nOf(evaluations.length)}`,
      ...some.map((column) => {
        const gain = gains[columns.indexOf(column)];
        return gain ? gainCell(gain) : null;
      }),
    ]),
  ];
  const headOf = (some: typeof columns) => ({
    groups: ["", "", ...some.map(({ title }) => title)],
    columns: [
      "intervention",
      "networks",
      ...some.map(({ under }) => under.shift.title),
    ],
  });
  const front = columns.filter(({ under: { shift } }) =>
    FRONT_SHIFTS.includes(shift.id)
  );
  /** What a cell has, and what every reader must know of it. */
  const cells =
    "shifted accuracy (the mean weighted as in the shifted distribution) in per cent, then mean effective robustness in points over the line of finished networks, with its 95% interval; n is the number of networks; a dash: not applied. Effective robustness compares with baselines of the same reference accuracy, which an intervention against a bias lowers: it may be high where accuracy hardly rises.";
  return {
    id: "what-helps",
    brief: {
      caption:
        `What helps under which shift: ${cells} In the rows with few examples these replace the whole reference set; effective robustness says little there that accuracy does not. The whole table has all biases, all ways of refitting and all networks.`,
      ...headOf(front),
      rows: rowsUnder(front, { isBrief: true }),
    },
    caption: [
      `What helps under which shift: ${cells} In the rows with few examples these replace the whole reference set; networks may then lie beyond all baselines: by `,
      // The same under each shift of their setting.
      ...curated.flatMap(({ row, gains: [gain] }, i): Piece[] =>
        gain
          ? [
            i === 0 ? "" : i < curated.length - 1 ? ", " : " and ",
            {
              value: gain.meanDistance,
              unit: "points",
              digits: 1,
              ...i === 0 ? {} : { bare: true },
              signed: false,
            },
            `${i === 0 ? " of reference accuracy" : ""} (${row.examples}, ${
              START_TITLES[row.start]
            })`,
          ]
          : []
      ),
      "; where that is not 0, the line is extrapolated, and effective robustness says little beside accuracy.",
    ],
    ...headOf(columns),
    rows: rowsUnder(columns, { isBrief: false }),
  };
}

/** Accuracy on the shifted images. */
function accuracyCell({ shifted }: Gain) {
  return { value: shifted, unit: "percent", digits: 1 } as const;
}

/** The same, then effective robustness. */
function gainCell(gain: Gain): Lazy<Cell> {
  const { value, low, high } = gain;
  return {
    value,
    low,
    high,
    unit: "points",
    digits: 1,
    bare: true,
    after: accuracyCell(gain),
  };
}

/** Worst-group accuracy, the balanced mean and the mean weighted as in training under each bias, a table each; networks on few examples are of the first setting alone. */
export function groupTables(
  measured: readonly MeasuredSetting[],
  { everyCurated, oneColour }: Comparisons["few"],
): readonly Lazy<Table>[] {
  const columns = measured.flatMap(({ biased, networks }, i) =>
    biased.byGroup.map((groups, j) => ({
      ...groups,
      networks,
      // First under the bias alone.
      isTurned: j > 0,
      isFirst: i === 0,
      named: biased.oneOf ?? groups.title,
    }))
  );
  const rows = [
    ...ORDER.flatMap((intervention) =>
      STARTS.map((start) => ({
        // The caption says what is refitted.
        title: INTERVENTION_TITLES[intervention].replace(/^last layer /, ""),
        start,
        evaluations: columns.map(({ networks }) =>
          networks[start][intervention] ?? []
        ),
      }))
    ),
    ...[...everyCurated, ...oneColour].map((
      { examples, start, evaluations, isUpright = false },
    ) => ({
      title: examples,
      start,
      evaluations: columns.map(({ isFirst, isTurned }) =>
        isFirst && !(isTurned && isUpright) ? evaluations : []
      ),
    })),
  ];
  const { worst, balanced, asInTraining, worstGroups } = tabulateGroups({
    shifts: columns.map(({ title, parts, shares }) => ({
      title,
      parts,
      shares,
    })),
    rows: rows.flatMap(({ title, start, evaluations }) => {
      const counts = evaluations.map(({ length }, i) => ({
        n: length,
        under: columns[i]?.named ?? "",
      }));
      return counts.every(({ n }) => n === 0) ? [] : [{
        cells: [title, `${START_TITLES[start]}, ${nIn(counts)}`],
        evaluations,
      }];
    }),
    level: LEVEL,
  }, "interventions");
  const groups = new Set(
    columns.map(({ group, shares }) => `${group} (${shares.length} groups)`),
  );
  const table = (
    id: string,
    caption: Lazy<Prose>,
    rows: typeof worst,
  ): Lazy<Table> => ({
    id,
    caption,
    columns: ["intervention", "networks", ...columns.map(({ title }) => title)],
    rows,
  });
  return [
    table("worst-group", [
      `Worst-group accuracy: the lowest of the accuracies of the groups; means over networks with 95% intervals, in per cent. A group is, by the bias, ${
        [...groups].join("; ")
      }. Refitted: the last layer. The last rows are of networks trained on few examples in the place of the biased reference set; [a figure](#figure-curated) has shifted accuracy over their number. Which group is worst in the mean over networks, with its number of test images, and in how many rows: `,
      worstGroups,
      ".",
    ], worst),
    table(
      "balanced-mean",
      "Balanced mean of the same networks: each group counts alike.",
      balanced,
    ),
    table(
      "mean-as-in-training",
      "Mean weighted as in training: each group counts as often as it is in the reference distribution.",
      asInTraining,
    ),
  ];
}

/** How firmly refitting on balanced subsets has chosen its penalty in each setting. */
export function choicesTable(
  measured: readonly MeasuredSetting[],
): Lazy<Table> {
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
