/**
 * How many networks an interval takes that is to be so narrow.
 *
 * @module
 */
import type { ErrorComponent } from "../intervals/error_component.ts";
import { combineErrors, type ErrorSource } from "../intervals/mean.ts";
import type { MeanEffectiveRobustness } from "./mean_effective_robustness.ts";

/** More networks than this are no plan. */
const MOST = 1000;

/** What narrows an interval. */
export interface Narrowed {
  /** Half-width with endlessly many test images, all else as it is; a fraction of accuracy. */
  readonly withoutImages: number;
  /** Half-width of the spread between the networks alone. */
  readonly networksAlone: number;
  /** Number of networks with which the half-width is the one asked for, all else as it is; null if none of up to 1,000 is enough. */
  readonly networks: number | null;
}

/**
 * What a narrower interval of a mean effective robustness takes, where its line
 * has runs (`combineErrors()`, guarded). The spread between networks is taken
 * to stay; its degrees of freedom grow with their number.
 *
 * @throws {RangeError} if the networks have no spread
 */
export function networksNeeded(
  { n, level, components: { betweenModels, testSet, line } }: Pick<
    MeanEffectiveRobustness,
    "n" | "level" | "components"
  >,
  { halfWidth }: { readonly halfWidth: number },
): Narrowed {
  if (betweenModels === null) {
    throw new RangeError(
      `Cannot say how many networks an interval takes: ${n} of them have no spread`,
    );
  }
  const spread = sourceOf(betweenModels);
  const images = testSet === null ? [] : [sourceOf(testSet)];
  const together = (sources: readonly ErrorSource[]) =>
    combineErrors(sources, { level, guarded: true }).halfWidth;
  const withNetworks = (networks: number) =>
    together([
      {
        standardError: spread.standardError * Math.sqrt(n / networks),
        degreesOfFreedom: spread.degreesOfFreedom + networks - n,
      },
      ...images,
      sourceOf(line),
    ]);
  let networks = n;
  while (networks <= MOST && withNetworks(networks) > halfWidth) networks++;
  return {
    withoutImages: together([spread, sourceOf(line)]),
    networksAlone: betweenModels.halfWidth,
    networks: networks > MOST ? null : networks,
  };
}

function sourceOf(
  { standardError, degreesOfFreedom }: ErrorComponent,
): ErrorSource {
  return { standardError, degreesOfFreedom: degreesOfFreedom ?? Infinity };
}
