/** Networks on examples that come in families, some of which are hard for all networks, some for one kind. */
import { stream } from "../../../engine/define/random.ts";
import {
  type Evaluation,
  judgedSet,
} from "../../../shifts/measure/evaluation.ts";
import type { SplitRun } from "../../../shifts/measure/place_in_part.ts";
import { hitsOf } from "../../shifts/evaluations.ts";

/** Right or wrong: of each reference image, and of each example. */
export interface Seen {
  readonly name: string;
  readonly seed: number;
  /** By checkpoint; a finished network is the only one. */
  readonly networks: readonly {
    readonly reference: readonly number[];
    readonly shifted: readonly number[];
  }[];
}

export const FAMILIES = 40;
const REFERENCE = 800;

const { uniform, integer } = stream(1, "families");
const many = (n: number, draw = uniform) => Array.from({ length: n }, draw);

/** Name of the family of each example. */
export const families: readonly string[] = Array.from(
  { length: FAMILIES },
  (_, family) => new Array<string>(10 * (1 + integer(5))).fill(`${family}`),
).flat();

const hardOfFamily = many(FAMILIES);
const ofExample = many(families.length);
const hardOfImage = many(REFERENCE);

/** Networks of one kind with these levels, which some families are hard for. */
function kind(name: string, levels: readonly (readonly number[])[]) {
  const hardForKind = many(FAMILIES);
  return levels.map((levels, seed): Seen => ({
    name,
    seed,
    networks: levels.map((level) => ({
      reference: hardOfImage.map((hard) =>
        hard + uniform() < 2 * level ? 1 : 0
      ),
      shifted: families.map((family, i) =>
        hardOfFamily[Number(family)] as number +
              (hardForKind[Number(family)] as number) / 2 +
              (ofExample[i] as number) + uniform() < 3.5 * (level - 0.05)
          ? 1
          : 0
      ),
    })),
  }));
}

const LEVELS = [0.48, 0.52, 0.56];
/** Two kinds of networks, and baselines in runs of three checkpoints and finished. */
export const seen = {
  letters: kind("letters", [[0.56], [0.58], [0.57], [0.6]]),
  digits: kind("digits", [[0.55], [0.57], [0.54], [0.56]]),
  runs: kind(
    "scratch",
    [0, 0.01, 0.03, 0.02].map((up) => LEVELS.map((level) => level + up)),
  ),
  finished: kind(
    "scratch",
    [0.46, 0.48, 0.5, 0.52, 0.53, 0.54, 0.56, 0.58].map((level) => [level]),
  ),
};

/** What was seen of the chosen reference images and examples. */
export function runsOf(
  runs: readonly Seen[],
  chosen?: { readonly images: Uint32Array; readonly examples: Uint32Array },
): readonly SplitRun[] {
  const take = (hits: readonly number[], at: Uint32Array | undefined) => {
    if (at === undefined) return Uint8Array.from(hits);
    const taken = new Uint8Array(at.length);
    for (let k = 0; k < at.length; k++) {
      taken[k] = hits[at[k] as number] as number;
    }
    return taken;
  };
  return runs.map(({ name, seed, networks }) => {
    const epochs = networks.map((_, k) =>
      networks.length === 1 ? {} : { epoch: k + 1 }
    );
    const labels = new Uint8Array(chosen?.images.length ?? REFERENCE);
    const evaluation: Evaluation = {
      name,
      seed,
      classes: ["a"],
      labels: { plain: labels },
      networks: networks.map(({ reference }, k) => ({
        ...epochs[k],
        sets: {
          plain: judgedSet(take(reference, chosen?.images), {
            labels,
            classes: 1,
          }),
        },
      })),
    };
    const hits = networks.map(({ shifted }, k) => ({
      ...epochs[k],
      right: take(shifted, chosen?.examples),
    }));
    return { evaluation, hits: hitsOf({ name, seed }, hits) };
  });
}

const examplesOf = Map.groupBy(families.keys(), (i) => families[i] as string);

/** Families and reference images drawn anew, as often as there are. */
export function drawnAnew(k: number): {
  readonly images: Uint32Array;
  readonly examples: Uint32Array;
  readonly units: readonly string[];
} {
  const { integer } = stream(2, "bootstrap", k);
  const drawn = Array.from(
    { length: FAMILIES },
    (_, unit) => ({ unit, examples: examplesOf.get(`${integer(FAMILIES)}`) }),
  );
  return {
    images: Uint32Array.from(
      { length: REFERENCE },
      () => integer(REFERENCE),
    ),
    examples: Uint32Array.from(drawn.flatMap(({ examples }) => examples ?? [])),
    units: drawn.flatMap(({ unit, examples }) =>
      (examples ?? []).map(() => `${unit}`)
    ),
  };
}
