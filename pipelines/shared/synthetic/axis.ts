/**
 * Effective robustness along an axis: the same shifts, in and out of support,
 * with networks that differ in one thing.
 *
 * @module
 */
import type { Lazy, Ref } from "../../../engine/define/ref.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import { formatCounts } from "../../../reports/value/quantity.ts";
import type { Prose } from "../../../reports/value/prose.ts";
import { SUPPORT_WORDS } from "../../../reports/value/support_words.ts";
import type { SweepFigure } from "../../../reports/value/sweep_figure.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { tintMixture } from "../../../shifts/tint.ts";
import { compareShifts } from "../../../tasks/lines/compare_shifts.ts";
import { BAND, LINE_TITLES, THROUGH } from "./claims.ts";
import { learningRateIn, type Rate } from "./fine_tuned.ts";
import {
  type ByLine,
  byLine,
  type Gain,
  gainOver,
  type LineName,
  LINES,
  linesUnder,
  networksOver,
} from "./gains.ts";
import type { RateUsed } from "./method.ts";
import { type Baselines, baselinesOf } from "./networks.ts";
import { LEVEL, P_SPURIOUS, type Scale } from "./scale.ts";
import {
  plainSetting,
  type Setting,
  shiftedTo,
  testedOn,
  tintSetting,
} from "./setting.ts";

/** A reference distribution that networks are fine-tuned on. */
export type Where = "tint" | "plain";

/** A shift along an axis. */
export interface ShiftAlong {
  readonly name: string;
  /** Id of the claim about it. */
  readonly id: string;
  /** Part of the names of its stages. */
  readonly label: string;
  readonly support: "in" | "out";
  readonly where: Where;
  readonly distributions: Mixture<string>;
}

/** The shifts of every axis. */
export const SHIFTS_ALONG = [
  {
    name: "spurious tint",
    id: "tint",
    label: "spurious-tint",
    support: "in",
    where: "tint",
    distributions: tintMixture(P_SPURIOUS),
  },
  {
    name: "unseen tint",
    id: "unseen-tint",
    label: "weak-tint",
    support: "out",
    where: "plain",
    distributions: shiftedTo("weakTint"),
  },
  {
    name: "vertical flip",
    id: "flip",
    label: "flip",
    support: "out",
    where: "plain",
    distributions: shiftedTo("flipped"),
  },
] as const satisfies readonly ShiftAlong[];

/** What networks are fine-tuned on, with the baselines of the other experiments, and the test sets of an axis. */
export interface SettingAlong {
  readonly setting: Setting;
  /** With which learning rate networks are fine-tuned in it. */
  readonly learningRate: Rate;
  /** The setting with the test sets that the axis needs. */
  readonly tested: Setting;
  readonly baselines: Baselines;
}

/** Both of them. */
export type SettingsAlong = Readonly<Record<Where, SettingAlong>>;

/** The settings of every axis. */
export function settingsAlong(scale: Scale): SettingsAlong {
  const along = (setting: Setting, tested = setting): SettingAlong => ({
    setting,
    learningRate: learningRateIn(setting, scale),
    tested,
    baselines: baselinesOf(setting, scale),
  });
  const plain = plainSetting(scale);
  return {
    tint: along(tintSetting(scale, P_SPURIOUS)),
    plain: along(plain, testedOn(plain, ["plain", "weakTint", "flipped"])),
  };
}

/** What is made in the same way in each. */
export function inBoth<T>(
  { tint, plain }: SettingsAlong,
  make: (where: SettingAlong) => T,
): Readonly<Record<Where, T>> {
  return { tint: make(tint), plain: make(plain) };
}

/** With which learning rate networks are fine-tuned in each, for readers. */
export function ratesAlong(
  { plain, tint }: SettingsAlong,
): readonly RateUsed[] {
  return [
    { on: "plain photographs", learningRate: plain.learningRate },
    { on: "tinted photographs", learningRate: tint.learningRate },
  ];
}

/** Networks at one value of the axis, evaluated, by what they were fine-tuned on. */
export interface ValueOfAxis
  extends Readonly<Record<Where, readonly Ref<Evaluation>[]>> {
  readonly at: number;
}

/** Something over both lines, at one value. */
export type AtValue<T> = ByLine<T> & { readonly at: number };

/** One shift along an axis. */
export interface MeasuredAlong {
  readonly shift: ShiftAlong;
  readonly lines: ReturnType<typeof linesUnder>;
  /** What networks gain. */
  readonly values: readonly AtValue<Gain>[];
  readonly last: AtValue<Gain>;
  /** The gain at the last value minus that at the first, network by network. */
  readonly change: ByLine<ReturnType<typeof compareShifts>>;
}

/** How to measure along an axis. */
interface AlongOptions {
  readonly settings: SettingsAlong;
  /** Names the stages. */
  readonly label: string;
}

/** The lines under a shift, and the networks of a value over each. */
function alongShift(
  shift: ShiftAlong,
  { settings, label }: AlongOptions,
) {
  const { where, distributions } = shift;
  const { baselines } = settings[where];
  const lines = linesUnder(distributions, { baselines, label: shift.label });
  const labelAt = (at: number) => `${shift.label}-along-${label}-${at}`;
  const over = (value: ValueOfAxis, line: LineName) =>
    networksOver(lines[line], value[where], labelAt(value.at));
  return { lines, labelAt, over };
}

/** What networks gain out of support minus in support, from the spurious tint to the unseen one, network by network, at every value. */
export function contrastAlong(
  values: readonly ValueOfAxis[],
  options: AlongOptions,
): readonly AtValue<ReturnType<typeof compareShifts>>[] {
  const [within, out] = SHIFTS_ALONG;
  const first = alongShift(out, options);
  const second = alongShift(within, options);
  const label = `${out.label}-minus-${within.label}-${options.label}`;
  return values.map((value) => ({
    at: value.at,
    ...byLine((line) =>
      compareShifts({
        first: first.over(value, line),
        second: second.over(value, line),
        level: LEVEL,
      }, `${label}-${value.at}-${line}`)
    ),
  }));
}

/** Measures every shift at every value. */
export function measureAlong(
  values: readonly ValueOfAxis[],
  options: AlongOptions,
): readonly MeasuredAlong[] {
  const { label } = options;
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) {
    throw new TypeError(`Cannot measure along ${label}: there is no value`);
  }
  return SHIFTS_ALONG.map((shift) => {
    const { lines, labelAt, over } = alongShift(shift, options);
    const gainsAt = (value: ValueOfAxis): AtValue<Gain> => ({
      at: value.at,
      ...byLine((line) =>
        gainOver(lines[line], {
          networks: value[shift.where],
          label: labelAt(value.at),
          line,
        })
      ),
    });
    return {
      shift,
      lines,
      values: values.map(gainsAt),
      last: gainsAt(last),
      change: byLine((line) => {
        const { line: _, ...second } = over(first, line);
        return compareShifts(
          { first: over(last, line), second, level: LEVEL },
          `${shift.label}-along-${label}-change-${line}`,
        );
      }),
    };
  });
}

/** The first and the last of what stands along an axis, for captions: tables have all. */
export function bothEnds<Item>(items: readonly Item[]): readonly Item[] {
  return items.filter((_, i) => i === 0 || i === items.length - 1);
}

/** Effective robustness along the axis, in and out of support in one figure a line. */
export function figuresAlong(
  measured: readonly MeasuredAlong[],
  { id, title, parameter, note }: {
    /** Begins the ids. */
    readonly id: string;
    readonly title: string;
    readonly parameter: SweepFigure["parameter"];
    readonly note?: Prose | undefined;
  },
): readonly Lazy<Figure>[] {
  return LINES.map((line): Lazy<Figure> => ({
    kind: "sweep",
    id: `${id}-${line}`,
    title: `${title}, over the ${LINE_TITLES[line]}`,
    finding: [
      `Mean effective robustness by ${parameter.title}: `,
      ...measured.flatMap(({ shift, values }, i) => {
        const ends = bothEnds(values);
        const texts = formatCounts(ends.map(({ at }) => at));
        return [
          `${i === 0 ? "" : "; "}${shift.name} (${
            SUPPORT_WORDS[shift.support]
          })`,
          ...ends.flatMap((gains, j) => [
            j === 0 ? " " : " and ",
            { value: gains[line].value, unit: "points" as const },
            ` at ${texts[j]}`,
          ]),
        ];
      }),
      ".",
    ],
    note,
    parameter,
    band: BAND,
    estimates: measured.flatMap(({ shift, lines, values }) =>
      values.map(({ at, ...gains }) => ({
        at,
        group: `${shift.name}, ${SUPPORT_WORDS[shift.support]}`,
        baselines: THROUGH[line],
        line: lines[line].fit.line,
        mean: gains[line].mean,
        points: gains[line].points,
      }))
    ),
  }));
}
