/**
 * The jackknife over several factors at once: what an estimate owes to the
 * networks, and what to the images, that happened to be drawn.
 *
 * @module
 */
import { combineErrors, type ErrorSource, mean } from "./mean.ts";

/** What is left out of an estimate: one member of one factor, or nothing. */
export interface LeftOut<Factor extends string> {
  readonly factor: Factor;
  /** Position of the member in its factor, from 0. */
  readonly member: number;
}

/** An estimate with its interval. */
export interface Jackknifed<Factor extends string> {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard error from each factor alone; factors of one member tell none. */
  readonly standardErrors: Readonly<Partial<Record<Factor, number>>>;
}

/**
 * An estimate with the interval of Tukey's jackknife (1958): members of each
 * factor are left out one by one, the variances of independent factors add up,
 * and the half-width is that of Student's t with the degrees of freedom of
 * Welch and Satterthwaite, guarded as in {@linkcode combineErrors}.
 *
 * @param estimate the estimate without what is left out; of nothing where undefined
 * @param options.factors number of members of each factor
 * @throws {RangeError} if no factor has two members
 */
export function jackknife<Factor extends string>(
  estimate: (without?: LeftOut<Factor>) => number,
  { factors, level = 0.95 }: {
    readonly factors: Readonly<Record<Factor, number>>;
    readonly level?: number;
  },
): Jackknifed<Factor> {
  const value = estimate();
  const sources = (Object.entries(factors) as [Factor, number][])
    .filter(([, members]) => members > 1)
    .map(([factor, members]): readonly [Factor, ErrorSource] => {
      const without = Array.from(
        { length: members },
        (_, member) => estimate({ factor, member }),
      );
      const middle = mean(without);
      const squares = without.map((one) => (one - middle) ** 2);
      return [factor, {
        standardError: Math.sqrt((members - 1) * mean(squares)),
        degreesOfFreedom: members - 1,
      }];
    });
  if (sources.length === 0) {
    throw new RangeError(
      `Cannot take a jackknife over ${
        Object.keys(factors).join(" and ")
      }: none has two members to leave out`,
    );
  }
  const { halfWidth } = combineErrors(
    sources.map(([, source]) => source),
    { level, guarded: true },
  );
  return {
    value,
    low: value - halfWidth,
    high: value + halfWidth,
    standardErrors: Object.fromEntries(
      sources.map(([factor, { standardError }]) => [factor, standardError]),
    ) as Partial<Record<Factor, number>>,
  };
}
