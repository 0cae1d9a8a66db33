/** Sets whose examples come in groups, of which each has a character of its own. */
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { type Stream, stream } from "../../../engine/define/random.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";

/** What is planted. */
export interface Grouped {
  readonly seed: number;
  /** Groups of each set, and examples of each group. */
  readonly groups: number;
  readonly size: number;
  /** Whether groups are called alike in both sets. */
  readonly alike?: boolean;
  /** Whether there is a reference set as large as the others; with names of the test set's groups, or with its own. */
  readonly reference?: "none" | "same groups" | "other groups";
  /** Whether the commonest class of a shifted group has nothing to do with its name. */
  readonly broken?: boolean;
  /** How often the shade of a group is that of its commonest class, in the reference and the shifted set. */
  readonly linked?: readonly [number, number];
}

const DIMENSION = 12;

/** How many of a group's examples are of its commonest class. */
const COMMON = 0.8;

/**
 * Two classes; each group has a commonest one and a shade, which all its
 * examples have but for some noise. Features are noise.
 */
export function groupedSets(
  {
    seed,
    groups,
    size,
    alike = false,
    reference = "none",
    broken = false,
    linked = [0, 0],
  }: Grouped,
): AskedSets {
  const n = groups * size;
  const set = (
    purpose: string,
    { names, linked, own = stream(seed, "characters", names) }: {
      readonly names: string;
      readonly linked: number;
      /** What decides the groups' characters: the same for groups of the same names. */
      readonly own?: Stream;
    },
  ): AskedSet => {
    const random = stream(seed, "grouped", purpose);
    const labels = new Int32Array(n);
    const shade = new Float64Array(n);
    for (let group = 0; group < groups; group++) {
      const common = own.integer(2);
      const tone = own.uniform() < linked ? common : own.integer(2);
      for (let i = group * size; i < (group + 1) * size; i++) {
        labels[i] = random.uniform() < COMMON ? common : 1 - common;
        shade[i] = tone + 0.1 * random.normal();
      }
    }
    return {
      n,
      features: {
        given: {
          values: Float32Array.from(
            { length: n * DIMENSION },
            () => random.normal(),
          ),
          dimension: DIMENSION,
        },
      },
      properties: { shade: { values: shade, categories: null } },
      labels,
      classes: ["a", "b"],
      groups: Array.from(
        { length: n },
        (_, i) => `${names}${Math.floor(i / size)}`,
      ),
      names: null,
      right: {},
    };
  };
  const test = set("test", { names: "g", linked: linked[0] });
  const empty: AskedSet = {
    ...test,
    n: 0,
    features: {},
    properties: {},
    labels: null,
    groups: null,
  };
  return {
    reference: reference === "none" ? empty : set("reference", {
      names: reference === "same groups" ? "g" : "r",
      linked: linked[0],
    }),
    test,
    shifted: set("shifted", {
      names: alike ? "g" : "s",
      linked: linked[1],
      ...broken ? { own: stream(seed, "characters", "broken") } : {},
    }),
  };
}
