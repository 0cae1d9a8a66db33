/**
 * The key below figures of effective robustness.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatBound } from "../quantity.ts";
import { groupStyle } from "./palette.ts";
import { rules, shade, textAt, textWidth } from "./pixel_marks.ts";
import { DASHES, type MeasuredNames, symbols } from "./robustness_style.ts";

/** How to draw a key. */
export interface RobustnessKeyOptions {
  readonly width: number;
  readonly font: number;
  /** Radius of a mark. */
  readonly mark: number;
  /** Where it begins. */
  readonly top: number;
  /** Whether it names the groups; where rows are labelled it need not. */
  readonly groups: boolean;
  /** Whether marks of one series are joined by lines. */
  readonly joined?: boolean;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** What the shaded range is. */
  readonly band?: string;
}

/** Room for the sample before the text of an entry. */
const SAMPLE = 28;

/** The marks of the key and the room that they take. */
export function robustnessKey(
  names: MeasuredNames,
  options: RobustnessKeyOptions,
): { readonly marks: readonly Plot.Markish[]; readonly height: number } {
  const { width, font, top } = options;
  const line = font * 1.7;
  let left = 2;
  let row = 0;
  const marks = entriesOf(names, options).flatMap(({ text, sample }) => {
    const needed = SAMPLE + textWidth(text, font);
    if (left > 2 && left + needed > width) {
      left = 2;
      row++;
    }
    const [x, y] = [left, top + line * (row + 0.5)];
    left += needed + 18;
    return [...sample(x, y), textAt(text, { x: x + SAMPLE, y })];
  });
  return { marks, height: line * (row + 1) + 4 };
}

interface Entry {
  readonly text: string;
  readonly sample: (x: number, y: number) => readonly Plot.Markish[];
}

function entriesOf(
  { groups, baselines }: MeasuredNames,
  { mark, font, joined = false, level, band, ...options }: RobustnessKeyOptions,
): readonly Entry[] {
  const bar = (x: number, y: number) => [{ x1: x, x2: x + 22, y1: y, y2: y }];
  const ink = "currentColor";
  const several = baselines.length > 1;
  return [
    ...(options.groups ? groups : []).map((text, i): Entry => ({
      text,
      sample: (x, y) => [
        symbols([{ x: x + 11, y }], {
          ...groupStyle(i),
          filling: 0,
          radius: mark,
        }),
      ],
    })),
    ...(several ? baselines : []).map((name, i): Entry => ({
      text: `line of ${name}`,
      sample: (x, y) => [
        ...joined
          ? [rules(bar(x, y), { width: 1.4, dash: DASHES[Math.min(i, 2)] })]
          : [],
        symbols([{ x: x + 11, y }], {
          symbol: "circle",
          colour: ink,
          filling: Math.min(i, 2),
          radius: mark * 0.85,
        }),
      ],
    })),
    {
      text: `${formatBound({ value: level, unit: "percent" })}% interval`,
      sample: (x, y) => [rules(bar(x, y), { width: 1.5 })],
    },
    {
      text: "of the line alone",
      sample: (x, y) => [rules(bar(x, y), { width: 5, opacity: 0.35 })],
    },
    ...band === undefined ? [] : [{
      text: band,
      sample: (x: number, y: number) => [
        shade({
          x1: x,
          x2: x + 22,
          y1: y - font * 0.5,
          y2: y + font * 0.5,
        }, { opacity: 0.12 }),
      ],
    }],
  ];
}
