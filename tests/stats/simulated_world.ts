/**
 * Simulated runs, networks and their hits image by image under shifts whose
 * truth is known, and the interval that is measured there. `data/make_run_coverage.py`
 * has the same in numpy.
 */
import assert from "node:assert/strict";
import { stream } from "../../engine/define/random.ts";
import { mean } from "../../stats/intervals/mean.ts";
import { groupDifference } from "../../stats/lines/difference.ts";
import { imageError, type JudgedPoint } from "../../stats/lines/image_error.ts";
import { meanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import { pairedDifference } from "../../stats/lines/paired_difference.ts";
import { fitLine } from "../../stats/lines/regression.ts";
import { scales } from "../../stats/lines/scale.ts";

/** What is simulated, and what numpy says of the interval there. */
export interface Scenario {
  /** Of a mean left out. */
  readonly difference?: "groups" | "pairs" | "changes" | "parts";
  readonly kind: "runs" | "finished";
  readonly count: number;
  /** Of a mean. */
  readonly networks?: number;
  readonly spread: number;
  readonly beyond: number;
  readonly images: "same" | "disjoint" | "alike";
  readonly coverage: number;
  readonly halfWidth: number;
}

const SIZE = 500;
/** Effective robustness of the networks. */
export const TRUTH: number = 0.03;
/** That of the networks, or under the shift, that they are compared with. */
export const OTHER_TRUTH: number = 0.01;
const { forward, inverse } = scales.probit;
const [LOW, HIGH] = [forward(0.52), forward(0.71)];
/** Correlation of what a run is off the lines of two parts. */
const ALIKE = 0.8;
const CENTRE = (LOW + HIGH) / 2;
/** The unseen tint, and, as the second of a pair, the strong one. */
const SHIFTS = [
  { slope: 1.18, r2: 0.967, intercept: forward(0.55) - 1.18 * CENTRE },
  { slope: 0.87, r2: 0.906, intercept: forward(0.4) - 0.87 * CENTRE },
] as const;
/** Number of one of them. */
type ShiftNumber = 0 | 1;
/** Shares of the variance of what makes an image hard; correlation of its versions. */
const IMAGES = {
  same: { all: 0.5, kind: 0.1, run: 0.3, version: 0.7 },
  disjoint: { all: 0.5, kind: 0.1, run: 0.3, version: 0 },
  alike: { all: 0.7, kind: 0.05, run: 0.2, version: 0.9 },
};

/** Interval of the mean, or of the difference, in one simulated world. */
export function measured(
  scenario: Scenario,
  world: number,
): { readonly low: number; readonly high: number } {
  const { difference = "none", kind, networks = 4, spread, beyond } = scenario;
  const { normal } = stream(
    20_261_126,
    "run coverage",
    difference,
    kind,
    world,
  );
  const see = seen(scenario, normal);
  /** Accuracies of a network above the line of a shift. */
  const above = (
    shift: ShiftNumber,
    { by = TRUTH, beyond: place = beyond, spread: own = spread } = {},
  ) => {
    const { slope, intercept } = SHIFTS[shift];
    const reference = inverse(HIGH) + place + 0.005 * normal();
    const shifted = inverse(slope * forward(reference) + intercept) + by +
      own * normal();
    return { shift, accuracies: [reference, shifted] as const };
  };
  const kindOf = (name: "photo" | "narrow", n: number, options = {}) =>
    Array.from(
      { length: n },
      (_, i) =>
        see(`${name} ${i}`, { kind: name, judged: [above(0, options)] }),
    ).flat();
  const images = scenario.images === "disjoint" ? "disjoint" : "same";
  const first = baselinesUnder(0, { scenario, normal, see });
  if (difference === "groups") {
    const photo = kindOf("photo", 4);
    const narrow = kindOf("narrow", 3, {
      by: OTHER_TRUTH,
      beyond: beyond - 0.03,
    });
    const terms = [
      { sign: 1, networks: photo },
      { sign: -1, networks: narrow },
    ] as const;
    return groupDifference([photo, narrow], {
      ...first,
      imageError: imageError([{ ...first, terms }], { images }),
    });
  }
  if (difference === "pairs" || difference === "changes") {
    const isChange = difference === "changes";
    const pairs = Array.from({ length: 4 }, (_, i) => {
      const shared = 0.01 * normal();
      const half = { spread: spread / Math.SQRT2 };
      const twin = { ...half, by: OTHER_TRUTH + shared };
      return see(`photo ${i}`, {
        kind: "photo",
        judged: [
          above(0, { ...half, by: TRUTH + shared }),
          isChange
            ? above(0, { ...twin, beyond: beyond - 0.05 })
            : above(1, twin),
        ],
      });
    });
    const [ours, twins] = [0, 1].map((side) =>
      pairs.flatMap((pair) => pair.slice(side, side + 1))
    );
    assert.ok(ours && twins);
    if (isChange) {
      const terms = [
        { sign: 1, networks: ours },
        { sign: -1, networks: twins },
      ] as const;
      return pairedDifference([{ ...first, points: ours }, { points: twins }], {
        imageError: imageError([{ ...first, terms }], { images, paired: true }),
      });
    }
    const second = baselinesUnder(1, { scenario, normal, see });
    return pairedDifference([
      { ...first, points: ours },
      { ...second, points: twins },
    ], {
      imageError: imageError([
        { ...first, terms: [{ sign: 1, networks: ours }] },
        { ...second, terms: [{ sign: -1, networks: twins }] },
      ], { images, paired: true }),
    });
  }
  if (difference === "parts") {
    const photo = Array.from({ length: 4 }, (_, i) => {
      const shared = 0.01 * normal();
      const [reference, within] = above(0, {
        by: TRUTH + shared,
        spread: spread / Math.SQRT2,
      }).accuracies;
      const { slope, intercept } = SHIFTS[1];
      const beyond = inverse(slope * forward(reference) + intercept) +
        OTHER_TRUTH + shared + spread / Math.SQRT2 * normal();
      return see(`photo ${i}`, {
        kind: "photo",
        judged: [{ shift: 0, accuracies: [reference, within, beyond] }],
      });
    }).flat();
    const inPart = <P>(points: readonly P[], part: ShiftNumber) =>
      points.filter((_, i) => i % 2 === part);
    const { runs } = baselinesUnder(0, { scenario, normal, see });
    const [one, other] = ([0, 1] as const).map((part) => {
      const own = runs.map((run) => inPart(run, part));
      return {
        runs: own,
        line: fitLine(own.flat()),
        points: inPart(photo, part),
      };
    });
    assert.ok(one && other);
    return pairedDifference([one, other], {
      sharedRuns: true,
      imageError: imageError([
        { ...one, terms: [{ sign: 1, networks: one.points }] },
        { ...other, terms: [{ sign: -1, networks: other.points }] },
      ], { images, paired: true, sharedRuns: true }),
    });
  }
  const points = kindOf("photo", networks);
  const terms = [{ sign: 1, networks: points }] as const;
  return meanEffectiveRobustness(points, {
    ...first,
    imageError: imageError([{ ...first, terms }], { images }),
  });
}

/** Runs from scratch under one shift, and the line through them; of parts each baseline in one part, then in the other. */
function baselinesUnder(
  shift: ShiftNumber,
  { scenario: { kind, count, difference }, normal, see }: {
    readonly scenario: Scenario;
    readonly normal: () => number;
    readonly see: ReturnType<typeof seen>;
  },
) {
  const shifts = difference === "parts" ? SHIFTS : [SHIFTS[shift]];
  const each = kind === "runs" ? 4 : 1;
  const places = Array.from(
    { length: count },
    (_, run) =>
      Array.from({ length: each }, (_, j) => {
        const along = kind === "runs"
          ? (j / (each - 1)) ** 0.6
          : Math.floor(run / (count / 4)) / 3;
        return LOW + (HIGH - LOW) * along;
      }),
  );
  const all = places.flat();
  const middle = mean(all);
  const deviation = Math.sqrt(mean(all.map((x) => (x - middle) ** 2)));
  /** How far the baselines of a run lie off a line, in standard deviations. */
  const offLine = (run: readonly number[]) => {
    const [own, tilt] = [normal(), normal()];
    let walk = normal();
    return run.map((place, j) => {
      if (j > 0) walk = 0.7 * walk + Math.sqrt(0.51) * normal();
      return kind === "runs"
        ? Math.sqrt(0.45) * own +
          Math.sqrt(0.15) * tilt * (place - middle) / deviation +
          Math.sqrt(0.4) * walk
        : own;
    });
  };
  const runs = places.map((run, r) => {
    const height = 0.012 * normal();
    const offs = shifts.map(() => offLine(run));
    return see(`run ${r}`, {
      kind: "scratch",
      judged: run.map((place, j) => {
        const x = place + height + (kind === "runs" ? 0.006 * normal() : 0);
        const first = offs[0]?.[j] ?? NaN;
        const shifted = shifts.map(({ slope, r2, intercept }, part) => {
          const scatter = slope * deviation * Math.sqrt((1 - r2) / r2);
          const off = part === 0 ? first : ALIKE * first +
            Math.sqrt(1 - ALIKE ** 2) * (offs[part]?.[j] ?? NaN);
          return inverse(slope * x + intercept + scatter * off);
        });
        return { shift, accuracies: [inverse(x), ...shifted] };
      }),
    });
  });
  return { runs, line: fitLine(runs.flat()) };
}

/** Judges networks of given accuracies on the images of one world. */
function seen(scenario: Scenario, normal: () => number) {
  const { all, kind: ofKind, run, version } = IMAGES[scenario.images];
  const versions = scenario.difference === "pairs" ? 4 : 2;
  /** For each image how hard its versions are, of variance `share`: reference and shifted under each shift. */
  const hard = (share: number) => {
    const values = new Float64Array(SIZE * versions);
    const [shared, own] = [
      Math.sqrt(share * version),
      Math.sqrt(share * (1 - version)),
    ];
    for (let at = 0; at < values.length;) {
      const common = shared * normal();
      for (let k = 0; k < versions; k++) {
        values[at++] = common + own * normal();
      }
    }
    return values;
  };
  const forAll = hard(all);
  const kinds = {
    scratch: hard(ofKind),
    photo: hard(ofKind),
    narrow: hard(ofKind),
  };
  return (model: string, { kind, judged }: {
    readonly kind: keyof typeof kinds;
    readonly judged: readonly {
      readonly shift: ShiftNumber;
      /** Reference accuracy, then the shifted one; of several those in as many equal parts of the images. */
      readonly accuracies: readonly number[];
    }[];
  }): readonly JudgedPoint[] => {
    const forRun = hard(run);
    return judged.flatMap(({ shift, accuracies }): readonly JudgedPoint[] => {
      const parts = [forAll, kinds[kind], forRun, hard(1 - all - ofKind - run)];
      const [ofReference = NaN, ...ofParts] = accuracies;
      const on = (set: 0 | 1, { by, part = 0, size = SIZE }: {
        readonly by: number;
        readonly part?: number;
        readonly size?: number;
      }) => {
        const z = forward(by);
        const [first, end] = [part * size, (part + 1) * size];
        const influence = new Array<number>(SIZE).fill(0);
        let right = 0;
        for (let i = first; i < end; i++) {
          const at = i * versions + 2 * shift + set;
          let latent = 0;
          for (const hardness of parts) latent += hardness[at] as number;
          if (!(latent < z)) continue;
          influence[i] = 1;
          right++;
        }
        const accuracy = right / size;
        for (let i = first; i < end; i++) {
          influence[i] = ((influence[i] as number) - accuracy) / size;
        }
        return { accuracy, influence };
      };
      const reference = on(0, { by: ofReference });
      return ofParts.map((by, part) => {
        const size = SIZE / ofParts.length;
        const shifted = on(1, { by, part, size });
        return {
          model,
          reference: reference.accuracy,
          shifted: shifted.accuracy,
          referenceSize: SIZE,
          shiftedSize: size,
          referenceInfluence: reference.influence,
          shiftedInfluence: shifted.influence,
        };
      });
    });
  };
}
