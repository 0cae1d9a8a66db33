/**
 * Effective robustness of networks with and without an intervention, under
 * every shift of a setting.
 *
 * @module
 */
import {
  type ByLine,
  byLine,
  type Gain,
  gainOver,
  linesUnder,
  type LineUnder,
} from "../shared/synthetic/gains.ts";
import { type Baselines, baselinesOf } from "../shared/synthetic/networks.ts";
import type { Biased, MetShift } from "./biased.ts";
import {
  type Intervened,
  type Intervention,
  type Refitted,
  refitted,
  retrained,
  type Start,
} from "./intervened.ts";
import type { FewRow } from "./curated.ts";
import type { InterventionScale } from "./scale.ts";

/** One shift, and what every intervention brings under it. */
export interface UnderShift {
  readonly shift: MetShift;
  readonly baselines: Baselines;
  readonly networks: Readonly<Record<Start, Intervened>>;
  readonly lines: ByLine<LineUnder>;
  /** By start and intervention; nothing where an intervention is not applied. */
  readonly gains: Readonly<
    Record<Start, Readonly<Partial<Record<Intervention, ByLine<Gain>>>>>
  >;
}

/** A setting with its networks and what they gain. */
export interface MeasuredSetting {
  readonly biased: Biased;
  readonly networks: Readonly<Record<Start, Intervened>>;
  /** What refits on balanced subsets have chosen. */
  readonly choices: Readonly<Record<Start, Refitted["choices"]>>;
  readonly shifts: readonly UnderShift[];
}

/** Trains, intervenes and measures in one setting. */
export function measuredIn(
  biased: Biased,
  scale: InterventionScale,
): MeasuredSetting {
  const refits = byStart((start) => refitted(start, { biased, scale }));
  const networks = byStart((start): Intervened => ({
    ...refits[start].networks,
    ...retrained(start, { biased, scale }),
  }));
  const baselines = baselinesOf(biased.setting, scale);
  const under = (shift: MetShift): UnderShift => {
    const label = `interventions-${shift.id}`;
    const lines = linesUnder(shift.distributions, { baselines, label });
    const gains = byStart((start) =>
      Object.fromEntries(
        Object.entries(networks[start]).map(([intervention, evaluations]) => [
          intervention,
          byLine((line) =>
            gainOver(lines[line], {
              networks: evaluations,
              named: start === "scratch" ? "networks from scratch" : undefined,
              label: `${label}-${start}-${intervention.replaceAll(" ", "-")}`,
              line,
            })
          ),
        ]),
      )
    );
    return { shift, baselines, networks, lines, gains };
  };
  return {
    biased,
    networks,
    choices: byStart((start) => refits[start].choices),
    shifts: biased.shifts.map(under),
  };
}

function byStart<Value>(of: (start: Start) => Value): Record<Start, Value> {
  return {
    scratch: of("scratch"),
    photo: of("photo"),
    probed: of("probed"),
    narrow: of("narrow"),
  };
}

/** What training on a few examples brings under a shift of their setting, over the line of finished networks. */
export function gainOnFew(
  { shift: { id }, lines }: UnderShift,
  { examples, start, evaluations }: FewRow,
): Gain {
  return gainOver(lines.sizes, {
    networks: evaluations,
    label: `interventions-${id}-${start}-on-${examples.replaceAll(" ", "-")}`,
    line: "sizes",
  });
}

/** What an intervention brings under a shift. */
export function gainOf(
  { gains, shift }: UnderShift,
  start: Start,
  intervention: Intervention,
): ByLine<Gain> {
  const gain = gains[start][intervention];
  if (gain === undefined) {
    throw new RangeError(
      `Cannot tell what "${intervention}" brings under ${shift.title}: it is not applied there`,
    );
  }
  return gain;
}

/** With how many networks an intervention was tried under a shift; 0 where it is not applied. */
export function countOf(
  { networks }: UnderShift,
  start: Start,
  intervention: Intervention,
): number {
  return networks[start][intervention]?.length ?? 0;
}

/** The same in words: `n = 4`. */
export function nUnder(
  under: UnderShift,
  start: Start,
  intervention: Intervention,
): string {
  return nOf(countOf(under, start, intervention));
}

/** `n = 6 (marks: 4)`: of how many networks the cells of a row are, by column. */
export function nIn(
  columns: readonly { readonly n: number; readonly under: string }[],
): string {
  const [first, ...others] = columns.filter(({ n }) => n > 0);
  const differing = others.filter(({ n }) => n !== first?.n)
    .map(({ n, under }) => `${under}:\u00a0${n}`);
  return `${nOf(first?.n ?? 0)}${
    differing.length === 0 ? "" : ` (${[...new Set(differing)].join(", ")})`
  }`;
}

/** `n = 4`; `n = 3 or 4` where it is not the same everywhere. */
export function nOf(...counts: readonly number[]): string {
  const known = [...new Set(counts)].filter((n) => n > 0)
    .toSorted((a, b) => a - b);
  return `n\u00a0=\u00a0${known.join(" or ")}`;
}
