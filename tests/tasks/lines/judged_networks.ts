/** Networks judged image by image on plain and on shifted images, made up. */
import { stream } from "../../../engine/define/random.ts";
import {
  type Evaluation,
  judgedSet,
} from "../../../shifts/measure/evaluation.ts";
import { placeOn } from "../../../shifts/measure/place_on.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { fitLine, type Line } from "../../../stats/lines/regression.ts";
import type { Judged } from "../../../tasks/lines/judged.ts";

export const distributions: Mixture<string> = {
  reference: { sets: { plain: 1, shifted: 0 } },
  shifted: { sets: { plain: 0, shifted: 1 } },
};

/** Numbers of images. */
export interface Sizes {
  readonly plain: number;
  readonly shifted: number;
}

const N = 400;
const { uniform } = stream(1, "judged networks");
const hard = Array.from({ length: N }, () => uniform());

/** How hard images of a set are for networks of one kind, the first word of their names. */
function hardFor(name: string, set: keyof Sizes): readonly number[] {
  const [kind = ""] = name.split(" ");
  const { uniform } = stream(3, "judged networks", kind, set);
  return Array.from({ length: N }, () => uniform());
}

/** Networks of one run with such levels of plain accuracy. */
export function judgedRun(
  name: string,
  { levels, above = 0, sizes = { plain: N, shifted: N } }: {
    readonly levels: readonly number[];
    /** Shifted accuracy above that of others. */
    readonly above?: number;
    readonly sizes?: Sizes;
  },
): Evaluation {
  const own = stream(2, "judged networks", name).uniform;
  const kind = {
    plain: hardFor(name, "plain"),
    shifted: hardFor(name, "shifted"),
  };
  const labels = {
    plain: new Uint8Array(sizes.plain),
    shifted: new Uint8Array(sizes.shifted),
  };
  return {
    name,
    seed: 1,
    classes: ["a"],
    labels,
    networks: levels.map((level, epoch) => {
      const set = (set: keyof Sizes, height: number) =>
        judgedSet(
          Uint8Array.from(
            { length: sizes[set] },
            (_, i) =>
              (hard[i] ?? NaN) + (kind[set][i] ?? NaN) + own() < 3 * height
                ? 1
                : 0,
          ),
          { labels: labels[set], classes: 1 },
        );
      return {
        epoch,
        sets: {
          plain: set("plain", level),
          shifted: set("shifted", level - 0.1 + above),
        },
      };
    }),
  };
}

/** Runs of checkpoints, their line, and networks above it. */
export function judgedOverLine(
  { runs = 3, kind = "photo", sizes }: {
    readonly runs?: number;
    /** Of the networks. */
    readonly kind?: string;
    readonly sizes?: Sizes;
  } = {},
): { readonly line: Line; readonly judged: Judged } {
  const shared = sizes === undefined ? {} : { sizes };
  const baselines = Array.from(
    { length: runs },
    (_, run) =>
      judgedRun(`scratch ${run}`, {
        ...shared,
        levels: [0.45, 0.5, 0.55, 0.6],
        above: run / 100,
      }),
  );
  const networks = [0.6, 0.62, 0.61].map((level, i) =>
    judgedRun(`${kind} ${i}`, { ...shared, levels: [level], above: 0.05 })
  );
  const points = baselines.flatMap((one) => placeOn(one, distributions));
  return {
    line: fitLine(points),
    judged: { baselines, networks, distributions },
  };
}
