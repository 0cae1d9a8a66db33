/** Sets of normal numbers in which a shift is planted. */
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";

/** What is planted. */
export interface Planted {
  readonly n: number;
  readonly seed: number;
  /** Share of the shifted examples that lie where no reference example does. */
  readonly outside?: number;
  /** How often the shade is that of the class, in the reference and the shifted set. */
  readonly linked?: readonly [number, number];
  /** How often the shade is the last one, whatever the class, in the reference and the shifted set. */
  readonly last?: readonly [number, number];
  /** Shares of the first class, in the reference and the shifted set; 1/4 where left out. */
  readonly firstClass?: readonly [number, number];
  /** Share of the first class among what lies outside; that of the shifted set where left out. */
  readonly firstOutside?: number;
}

const CLASSES = ["a", "b", "c", "d"];
const DIMENSION = 12;

function setOf(
  purpose: string,
  { n, seed, outside, linked, last, firstClass, firstOutside }: {
    readonly n: number;
    readonly seed: number;
    readonly outside: number;
    readonly linked: number;
    readonly last: number;
    readonly firstClass: number;
    readonly firstOutside?: number | undefined;
  },
): AskedSet {
  const random = stream(seed, "planted", purpose);
  const anew = stream(seed, "planted outside", purpose);
  const labels = new Int32Array(n);
  const shade = new Float64Array(n);
  const network = new Float32Array(n * DIMENSION);
  const pixels = new Float32Array(n * DIMENSION);
  for (let i = 0; i < n; i++) {
    const drawn = random.uniform() < firstClass ? 0 : 1 + random.integer(3);
    const own = random.uniform() < linked ? drawn : random.integer(4);
    const shown = last > 0 && random.uniform() < last ? 3 : own;
    const isOutside = random.uniform() < outside;
    const label = !isOutside || firstOutside === undefined
      ? drawn
      : anew.uniform() < firstOutside
      ? 0
      : 1 + anew.integer(3);
    labels[i] = label;
    shade[i] = shown + 0.3 * random.normal();
    for (let k = 0; k < DIMENSION; k++) {
      network[i * DIMENSION + k] = random.normal() +
        (k === label ? 2 : 0) + (isOutside && k >= 8 ? 3 : 0);
      pixels[i * DIMENSION + k] = random.normal() +
        (k === 0 ? 2 * (shade[i] as number) : 0) +
        (isOutside && k >= 8 ? 3 : 0);
    }
  }
  return {
    n,
    features: {
      network: { values: network, dimension: DIMENSION },
      pixels: { values: pixels, dimension: DIMENSION },
    },
    properties: { shade: { values: shade, categories: null } },
    labels,
    classes: CLASSES,
    groups: null,
    names: null,
    right: {},
  };
}

/** Reference, test and shifted examples, n each. */
export function plantedSets(
  {
    n,
    seed,
    outside = 0,
    linked = [0, 0],
    last = [0, 0],
    firstClass = [0.25, 0.25],
    firstOutside,
  }: Planted,
): AskedSets {
  const developed = {
    n,
    seed,
    outside: 0,
    linked: linked[0],
    last: last[0],
    firstClass: firstClass[0],
  };
  return {
    reference: setOf("reference", developed),
    test: setOf("test", developed),
    shifted: setOf("shifted", {
      n,
      seed,
      outside,
      linked: linked[1],
      last: last[1],
      firstClass: firstClass[1],
      firstOutside,
    }),
  };
}
