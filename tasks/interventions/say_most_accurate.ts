import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { formatQuantity } from "../../reports/value/quantity.ts";
import { largest } from "../../stats/intervals/extremes.ts";

/** Networks of one start with one intervention under two shifts. */
export interface IntervenedNetworks {
  /** Intervention, or none, and networks: "trained with random tints; pre-trained, n = 4". */
  readonly title: string;
  /** Mean accuracies on the shifted images, fractions. */
  readonly inSupport: number;
  readonly outOfSupport: number;
  /** The same of networks of this start without an intervention. */
  readonly without: {
    readonly inSupport: number;
    readonly outOfSupport: number;
    /** How many they are. */
    readonly n: number;
  };
  /** Mean effective robustness out of support, a fraction, with its 95% interval. */
  readonly robustness: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  };
}

/** Two shifts, and kinds of networks of each of which the most accurate is told. */
export interface SayMostAccurateArgs {
  /** "the spurious tint" */
  readonly inSupport: string;
  readonly outOfSupport: string;
  readonly kinds: readonly {
    /** "with pre-training" */
    readonly title: string;
    readonly networks: readonly IntervenedNetworks[];
  }[];
}

/**
 * Which networks of each kind are most accurate in support, with the highest
 * accuracy of all in bold, and what they are out of support: accuracy, then
 * effective robustness.
 *
 * @throws {RangeError} if there are no networks of a kind
 */
export const sayMostAccurate = defineTask({
  module: import.meta.url,
  name: "sayMostAccurate",
  result: json(z.string()),
  run({ inSupport, outOfSupport, kinds }: SayMostAccurateArgs) {
    const best = kinds.map(({ title: kind, networks }) => {
      const [most] = networks.toSorted((a, b) => b.inSupport - a.inSupport);
      if (most === undefined) {
        throw new RangeError(`Cannot tell the most accurate of 0 ${kind}`);
      }
      return { kind, ...most };
    });
    const top = largest(best.map(({ inSupport }) => inSupport));
    const inWords = best.map(({ kind, title, inSupport, without }) => {
      const bold = inSupport === top ? "**" : "";
      return `from ${
        percent(without.inSupport)
      } (n\u00a0=\u00a0${without.n}) to ${bold}${
        percent(inSupport)
      }${bold} ${kind} (${title})`;
    });
    const outInWords = best.map(({ outOfSupport, without }) =>
      `from ${percent(without.outOfSupport)} to ${percent(outOfSupport)}`
    );
    const robust = best.map(({ robustness: { value, low, high } }) =>
      `${points(value)} points (95% interval ${points(low)} to ${points(high)})`
    );
    return `Under ${inSupport} (in support), the best intervention takes shifted accuracy ${
      inWords.join(" and ")
    }. Under ${outOfSupport} (out of support), the same takes it ${
      outInWords.join(" and ")
    }, with an effective robustness over the line of finished networks of ${
      robust.join(" and ")
    }.`;
  },
});

function percent(value: number): string {
  return formatQuantity({ value, unit: "percent" });
}

function points(value: number): string {
  return formatQuantity({ value, unit: "points", digits: 1, bare: true });
}
