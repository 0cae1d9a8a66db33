/**
 * The report on an axis: claims at its last value and on the change along it,
 * figures with all shifts in them, and the fits.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Claim } from "../../../reports/value/claim.ts";
import type { InPlace } from "../../../reports/value/paper_figures.ts";
import type { Prose } from "../../../reports/value/prose.ts";
import { formatCount } from "../../../reports/value/quantity.ts";
import type {
  Pretraining as PretrainingRecord,
  Report,
  ScaledDown,
} from "../../../reports/value/report.ts";
import { SUPPORT_WORDS } from "../../../reports/value/support_words.ts";
import type { SweepFigure } from "../../../reports/value/sweep_figure.ts";
import { overBothLines } from "./answers.ts";
import {
  contrastAlong,
  figuresAlong,
  measureAlong,
  type MeasuredAlong,
  ratesAlong,
  type SettingsAlong,
  type ValueOfAxis,
} from "./axis.ts";
import {
  ABOVE_TWO_POINTS,
  ABOVE_ZERO,
  BELOW_ZERO,
  estimateOf,
  inWords,
  LINE_TITLES,
  onBothLines,
  WITHIN_TWO_POINTS,
} from "./claims.ts";
import { materialAlong } from "./material.ts";
import {
  methodSection,
  pretrainingRecords,
  scaledDown,
  SMALLER_NETWORKS,
} from "./method.ts";
import { fitsOver } from "./page.ts";
import type { Scale } from "./scale.ts";

/** Networks along the axis that differ in nothing else. */
export interface SeriesAlong {
  /** Ends the ids of its claims where there are several series, and begins those of its figures. */
  readonly id: string;
  readonly title: string;
  /** Names its stages. */
  readonly label: string;
  readonly values: readonly ValueOfAxis[];
  /** What its networks are, where claims are of several series: "few photographs". */
  readonly claimed?: string;
  /** What its networks are, where the answer names several series: "with tints"; the answer is of the first one if none has it. */
  readonly answered?: string;
  /** Given where it lies along another parameter than the experiment's: only how its gain changes is claimed then. */
  readonly along?: {
    readonly parameter: SweepFigure["parameter"];
    /** From which value to which. */
    readonly from: string;
  };
}

/** What is peculiar to an axis. */
export interface AxisExperiment {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly series: readonly SeriesAlong[];
  readonly parameter: SweepFigure["parameter"];
  readonly note?: Prose | undefined;
  /** Where the claims about the gain itself are decided: "at the last epoch". */
  readonly judged: string;
  /** How the gain is expected to change: in support and out of it where it falls, out of support alone where it grows. */
  readonly expected: {
    readonly change: "falls" | "grows";
    /** From which value to which. */
    readonly from: string;
  };
  readonly scaledDown: readonly ScaledDown[];
  /** What it has in place of figures of the paper; left out where the paper has nothing like it. */
  readonly inPlace?: InPlace;
  /** How many pre-trained networks there are at each value; all photo networks where left out. */
  readonly networks?: number;
  /** What other networks saw than the photo ones. */
  readonly pretraining?: readonly PretrainingRecord[];
}

/** Measures every series, and reports. */
export function axisReport(
  experiment: AxisExperiment,
  { scale, settings }: {
    readonly scale: Scale;
    readonly settings: SettingsAlong;
  },
): Lazy<Report> {
  const { series, parameter, note } = experiment;
  const all = series.map((one) => ({
    ...one,
    measured: measureAlong(one.values, { settings, label: one.label }),
  }));
  const named = all.filter(({ answered }) => answered !== undefined);
  const told = named.length > 0 ? named : all.slice(0, 1);
  // A series along another parameter has networks of the others.
  const own = all.filter(({ along }) => along === undefined);
  const contrasts = own.flatMap(({ claimed, label, values }) =>
    contrastAlong(values, { settings, label }).map(({ at, ...over }) => ({
      title: [
        ...claimed === undefined ? [] : [claimed],
        `${parameter.title}: ${formatCount(at)}`,
      ].join("; "),
      over,
    }))
  );
  return {
    id: experiment.id,
    title: experiment.title,
    question: experiment.question,
    answer: [
      `Effective robustness ${experiment.judged}, over the line of finished networks:\n`,
      ...told.flatMap(({ answered, measured }) =>
        measured.flatMap(({ shift, last }) => [
          `\n- ${shift.name} (${SUPPORT_WORDS[shift.support]})${
            answered === undefined ? "" : `, ${answered}`
          }: `,
          ...inWords(last.sizes),
        ])
      ),
      "\n\nBy how much it is more out of support (unseen tint) than in support (spurious tint) for the same networks, in points with 95% intervals; added on 2026-11-29, when the gains were known, and no verdict rests on it:",
      ...overBothLines("networks", contrasts),
    ],
    claims: all.flatMap((one) =>
      one.measured.flatMap((along) =>
        claimsOf(along, {
          experiment,
          series: one,
          isTold: told.includes(one),
        })
      )
    ),
    figures: all.flatMap(({ id, title, along, measured }) =>
      figuresAlong(measured, {
        id,
        title,
        parameter: along?.parameter ?? parameter,
        note,
      })
    ),
    ...all.length === 1
      ? {}
      : { mainFigures: all.map(({ id }) => `${id}-sizes`) },
    // The lines are those of all series.
    tables: all.slice(0, 1).map(({ measured }) =>
      fitsOver(
        measured.map(({ shift: { name }, lines }) => ({ name, lines })),
        { title: "Each shift", label: experiment.id },
      )
    ),
    counterparts: experiment.inPlace === undefined
      ? undefined
      : { instead: SMALLER_NETWORKS, of: experiment.inPlace },
    pretraining: [
      ...pretrainingRecords(scale, ["photo"]),
      ...experiment.pretraining ?? [],
    ],
    scaledDown: [
      ...scaledDown(scale, {
        ...experiment.networks === undefined
          ? {}
          : { photo: experiment.networks },
        narrow: 0,
        probed: 0,
      }),
      ...experiment.scaledDown,
    ],
    sections: [methodSection(ratesAlong(settings))],
    ...materialAlong(scale),
  };
}

function claimsOf(
  { shift, last, change }: MeasuredAlong,
  { experiment: { judged, expected, series: all }, series, isTold }: {
    readonly experiment: AxisExperiment;
    readonly series: SeriesAlong;
    /** Whether the answer names the series. */
    readonly isTold: boolean;
  },
): readonly Lazy<Claim>[] {
  const { along, claimed } = series;
  const shared = {
    whose: "ours",
    paper: "not in the paper",
    figure: `${series.id}-sizes`,
  } as const;
  const under = `Under the ${shift.name} (${SUPPORT_WORDS[shift.support]}),`;
  const after = all.length > 1 ? `-${series.id}` : "";
  const of = claimed === undefined ? "" : ` (${claimed})`;
  const gain: Lazy<Claim> = {
    ...shared,
    id: `${shift.id}${after}`,
    statement: `${under} pre-training brings ${
      shift.support === "in" ? "little" : "much"
    } effective robustness ${judged}${of}.`,
    rule: shift.support === "in" ? WITHIN_TWO_POINTS : ABOVE_TWO_POINTS,
    // Of a gain that grows it is asked whether it stays small in support.
    ...isTold && expected.change === "grows" && shift.support === "in"
      ? { asked: true }
      : {},
    ...onBothLines((line) => estimateOf(last[line], LINE_TITLES[line])),
  };
  const changes: Lazy<Claim> = {
    ...shared,
    id: `${shift.id}-change${after}`,
    statement: `${under} effective robustness ${expected.change} ${
      along?.from ?? expected.from
    }${of}.`,
    rule: expected.change === "falls" ? BELOW_ZERO : ABOVE_ZERO,
    ...isTold ? { asked: true } : {},
    ...onBothLines((line) => estimateOf(change[line], LINE_TITLES[line])),
  };
  return [
    ...(along === undefined ? [gain] : []),
    ...(expected.change === "falls" || shift.support === "out"
      ? [changes]
      : []),
  ];
}
