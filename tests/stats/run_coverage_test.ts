/**
 * Draws runs, networks and their hits image by image, and counts how often the
 * interval of a mean effective robustness holds the truth; beside the same
 * simulation in numpy, which draws accuracies and has the formulas written out
 * again (`data/make_run_coverage.py`).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { stream } from "../../engine/define/random.ts";
import { mean, standardDeviation } from "../../stats/intervals/mean.ts";
import { imageError, type JudgedPoint } from "../../stats/lines/image_error.ts";
import { meanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../stats/lines/regression.ts";
import { scales } from "../../stats/lines/scale.ts";

interface Scenario {
  readonly kind: "runs" | "finished";
  readonly count: number;
  readonly networks: number;
  readonly spread: number;
  readonly beyond: number;
  readonly images: "same" | "disjoint" | "alike";
  readonly coverage: number;
  readonly halfWidth: number;
}

interface Coverage {
  readonly lowest: number;
  readonly highest: number;
  readonly halfWidth: number;
}

const { groups, scenarios }: {
  readonly groups: readonly {
    readonly kind: string;
    readonly count: number;
    readonly methods: Readonly<Record<string, Coverage>>;
  }[];
  readonly scenarios: readonly Scenario[];
} = JSON.parse(
  readFileSync(new URL("./data/run_coverage.json", import.meta.url), "utf8"),
);

const DRAWS = 200;
const SIZE = 500;
const TRUTH = 0.03;
const { forward, inverse } = scales.probit;
const [LOW, HIGH] = [forward(0.52), forward(0.71)];
const SLOPE = 1.18;
const INTERCEPT = forward(0.55) - SLOPE * (LOW + HIGH) / 2;
const R2 = 0.967;
/** Shares of the variance of what makes an image hard; correlation with its shifted version. */
const IMAGES = {
  same: { all: 0.5, kind: 0.1, run: 0.3, version: 0.7 },
  disjoint: { all: 0.5, kind: 0.1, run: 0.3, version: 0 },
  alike: { all: 0.7, kind: 0.05, run: 0.2, version: 0.9 },
};

for (const scenario of scenarios) {
  const { kind, count, networks, images } = scenario;
  Deno.test(`the interval over runs holds the truth as often as in numpy, and is as wide, with ${count} ${kind}, ${networks} networks and images that are ${images}`, () => {
    const worlds = Array.from(
      { length: DRAWS },
      (_, i) => measured(scenario, i),
    );
    const held = worlds.filter(({ low, high }) => low <= TRUTH && TRUTH <= high)
      .length;
    const { coverage, halfWidth } = scenario;
    const error = Math.sqrt(coverage * (1 - coverage) / DRAWS);
    assert.ok(
      Math.abs(held / DRAWS - coverage) < 3 * error,
      `held ${held / DRAWS} instead of ${coverage}`,
    );
    const widths = worlds.map(({ low, high }) => (high - low) / 2);
    const width = mean(widths);
    assert.ok(
      Math.abs(width - halfWidth) <
        3 * standardDeviation(widths) / Math.sqrt(DRAWS),
      `half-width ${width} instead of ${halfWidth}`,
    );
  });
}

Deno.test("the guarded interval alone holds the truth in 93 to 97 % of the simulated worlds, whatever the line and the images, with three runs or more", () => {
  const decisive = groups.filter(({ kind, count }) =>
    kind === "finished" || count >= 3
  );
  assert.equal(decisive.length, 4);
  const extremes = (method: string) => {
    const all = decisive.map(({ methods }) => methods[method]);
    return [
      Math.min(...all.map((one) => one?.lowest ?? NaN)),
      Math.max(...all.map((one) => one?.highest ?? NaN)),
    ] as const;
  };
  const [lowest, highest] = extremes("guarded");
  assert.ok(lowest >= 0.93 && highest <= 0.97);
  for (const method of ["today", "points independent", "bootstrap"]) {
    assert.ok(extremes(method)[0] < 0.93, method);
  }
  assert.ok(extremes("howe")[1] > 0.97);
});

/** Interval of the mean effective robustness in one simulated world. */
function measured(scenario: Scenario, world: number) {
  const { kind, count, networks, spread, beyond } = scenario;
  const { normal } = stream(20_261_126, "run coverage", kind, world);
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
  const scatter = SLOPE * deviation * Math.sqrt((1 - R2) / R2);

  const see = seen(scenario, normal);
  const runs = places.map((run, r) => {
    const [shift, own, tilt] = [0.012 * normal(), normal(), normal()];
    let walk = normal();
    return see({
      name: `run ${r}`,
      kind: "scratch",
      accuracies: run.map((place, j) => {
        if (j > 0) walk = 0.7 * walk + Math.sqrt(0.51) * normal();
        const off = kind === "runs"
          ? Math.sqrt(0.45) * own +
            Math.sqrt(0.15) * tilt * (place - middle) / deviation +
            Math.sqrt(0.4) * walk
          : own;
        const x = place + shift + (kind === "runs" ? 0.006 * normal() : 0);
        return [
          inverse(x),
          inverse(SLOPE * x + INTERCEPT + scatter * off),
        ] as const;
      }),
    });
  });
  const points = Array.from({ length: networks }, (_, i) => {
    const reference = inverse(HIGH) + beyond + 0.005 * normal();
    const shifted = inverse(SLOPE * forward(reference) + INTERCEPT) + TRUTH +
      spread * normal();
    const accuracies = [[reference, shifted] as const];
    return see({ name: `network ${i}`, kind: "photo", accuracies });
  }).flat();

  const line = fitLine(runs.flat());
  const images = scenario.images === "disjoint" ? "disjoint" : "same";
  const terms = [{ sign: 1, networks: points }] as const;
  return meanEffectiveRobustness(points, {
    line,
    runs,
    imageError: imageError([{ line, runs, terms }], { images }),
  });
}

/** Judges networks of given accuracies on the images of one world. */
function seen(scenario: Scenario, normal: () => number) {
  const { all, kind: ofKind, run, version } = IMAGES[scenario.images];
  /** For each image how hard its two versions are, of variance `share`. */
  const hard = (share: number) =>
    Array.from({ length: SIZE }, () => {
      const reference = normal();
      const shifted = version * reference +
        Math.sqrt(1 - version ** 2) * normal();
      return [Math.sqrt(share) * reference, Math.sqrt(share) * shifted];
    });
  const forAll = hard(all);
  const kinds = { scratch: hard(ofKind), photo: hard(ofKind) };
  return ({ name, kind, accuracies }: {
    readonly name: string;
    readonly kind: "scratch" | "photo";
    readonly accuracies: readonly (readonly [number, number])[];
  }): readonly JudgedPoint[] => {
    const forRun = hard(run);
    return accuracies.map((accuracy): JudgedPoint => {
      const own = hard(1 - all - ofKind - run);
      const hits = (set: 0 | 1) => {
        const z = forward(accuracy[set]);
        return Array.from({ length: SIZE }, (_, i) => {
          const parts = [forAll, kinds[kind], forRun, own];
          const latent = parts.map((part) => part[i]?.[set] ?? NaN)
            .reduce((a, b) => a + b);
          return latent < z ? 1 : 0;
        });
      };
      const sets = [hits(0), hits(1)] as const;
      const [reference, shifted] = [mean(sets[0]), mean(sets[1])];
      return {
        model: name,
        reference,
        shifted,
        referenceSize: SIZE,
        shiftedSize: SIZE,
        referenceInfluence: sets[0].map((hit) => (hit - reference) / SIZE),
        shiftedInfluence: sets[1].map((hit) => (hit - shifted) / SIZE),
      };
    });
  };
}
