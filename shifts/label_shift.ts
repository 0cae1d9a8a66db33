/**
 * Label shift: classes that are rare in the reference distribution are common
 * in the shifted one, and the other way round (arXiv:2403.00194).
 *
 * @module
 */
import { type Images, take } from "../data/images/images.ts";
import { define } from "../engine/define/definition.ts";
import { stream } from "../engine/define/random.ts";
import { isNumber, oneOf } from "../engine/define/shape.ts";
import type { Mixture } from "./mixture.ts";
import type { Shift } from "./shift.ts";

/** How to choose images by class. */
export interface LabelShiftOptions {
  /**
   * Share of minority classes among the images, over two classes of which one
   * is a minority: p / (1 − p) of its images remain. In (0, 0.5]; at 0.5 all do.
   */
  readonly pMinority: number;
  /** Which distribution; its minority classes are the other one's majority. */
  readonly distribution: "reference" | "shifted";
  /** Seed of the minority classes and of the draws. */
  readonly seed: number;
}

/** Whether each of `n` classes is a minority in the reference distribution: half of them are, one fewer if `n` is odd. */
export function minorityClasses(n: number, seed: number): readonly boolean[] {
  const order = stream(seed, "label shift", "minority classes").permutation(n);
  const minority = new Array<boolean>(n).fill(false);
  for (const i of order.subarray(0, Math.floor(n / 2))) minority[i] = true;
  return minority;
}

/** The rate at which images of each of `n` classes remain. */
function classRates(
  n: number,
  { pMinority, distribution, seed }: LabelShiftOptions,
): readonly number[] {
  if (!(pMinority > 0 && pMinority <= 0.5)) {
    throw new RangeError(
      `Cannot shift labels with pMinority ${pMinority}: it must lie above 0 and not above 0.5`,
    );
  }
  const rate = pMinority / (1 - pMinority);
  return minorityClasses(n, seed)
    .map((isMinority) =>
      isMinority === (distribution === "reference") ? rate : 1
    );
}

/**
 * Takes floor(rate · n) images of each class, in their order: all of a
 * majority class, p / (1 − p) of a minority class, drawn without replacement
 * by a stream of its own for each class. A larger `pMinority` keeps all that a
 * smaller one keeps.
 *
 * @throws {RangeError} if `pMinority` is not in (0, 0.5]
 */
export function drawByClass(from: Images, options: LabelShiftOptions): Images {
  const members: number[][] = from.classes.map(() => []);
  for (const [i, label] of from.labels.entries()) members[label]?.push(i);
  const chosen = classRates(from.classes.length, options)
    .flatMap((rate, label) => {
      const all = members[label] ?? [];
      // 1/3 / (1 − 1/3) is a little below a half in floating point.
      const n = Math.floor(rate * all.length + 1e-9);
      const random = stream(options.seed, "label shift", "images", label);
      return Array.from(
        random.permutation(all.length).subarray(0, n),
        (i) => all[i] as number,
      );
    });
  return take(from, chosen.sort((a, b) => a - b));
}

/**
 * The label shift as an exact mixture of the classes of one set, "plain":
 * accuracies in each class, weighted by the class's share, are those of the
 * distributions without the noise of drawing which images remain. Both
 * distributions have the same images; the weights alone differ.
 *
 * @param options.classes how many there are, with as many images each before the shift
 * @throws {RangeError} if `pMinority` is not in (0, 0.5]
 */
export function labelShiftMixture(
  { pMinority, seed, classes }: {
    readonly pMinority: number;
    readonly seed: number;
    readonly classes: number;
  },
): Mixture<"plain"> {
  const distribution = (distribution: "reference" | "shifted") => {
    const rates = classRates(classes, { pMinority, distribution, seed });
    const sum = rates.reduce((sum, rate) => sum + rate, 0);
    return { sets: { plain: 1 }, classes: rates.map((rate) => rate / sum) };
  };
  return {
    reference: distribution("reference"),
    shifted: distribution("shifted"),
  };
}

/** Label shift: half of the classes are rare in the reference distribution, the other half in the shifted one. */
export const labelShift: Shift<LabelShiftOptions> = define(
  import.meta.url,
  "labelShift",
  {
    name: "label-shift",
    title: "Label shift",
    support: "in",
    description:
      "Half of the classes, drawn at random, are a minority of the reference distribution: of every two classes, one of each half, the minority class makes up a share p of their images. In the shifted distribution the halves change places. The images of a class stay as they are. In support: every class, and so every image, occurs in the reference distribution too, as long as p is above 0; as p goes to 0, half of the classes leave the support.",
    options: {
      pMinority: isNumber,
      distribution: oneOf("reference", "shifted"),
      seed: isNumber,
    },
    apply: drawByClass,
  },
);
