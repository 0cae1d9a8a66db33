/**
 * Shares of an estimate's error: what more of would make it smaller.
 *
 * @module
 */
import { z } from "zod";
import type { ErrorComponent } from "../intervals/error_component.ts";

/** One source of error; squares of the standard errors add up. */
export interface ErrorShare {
  /** Pre-trained networks or pairs of them, runs of baselines, test images. */
  readonly source: "networks" | "runs" | "images";
  /** What they are, in the plural, where it is not the usual: "families". */
  readonly name?: string | undefined;
  /** How many there are. */
  readonly n: number;
  /** Standard error of the estimate from this source alone, a fraction of accuracy. */
  readonly standardError: number;
}

/** Schema of the shares of one error. */
export const errorSharesSchema: z.ZodType<readonly ErrorShare[]> = z.array(
  z.strictObject({
    source: z.enum(["networks", "runs", "images"]),
    name: z.string().optional(),
    n: z.int().positive(),
    standardError: z.number().nonnegative(),
  }),
).readonly();

/** How many there are of each source. */
export type SourceCounts = Readonly<
  Record<ErrorShare["source"], Pick<ErrorShare, "n" | "name">>
>;

/** The shares of the sources that are known; errors of several lines count as one. */
export function errorShares(
  errors: Readonly<
    Record<ErrorShare["source"], readonly (ErrorComponent | null)[]>
  >,
  counts: SourceCounts,
): readonly ErrorShare[] {
  return (["networks", "runs", "images"] as const)
    .filter((source) => errors[source].every((error) => error !== null))
    .map((source) => ({
      source,
      ...counts[source],
      standardError: Math.sqrt(errors[source].reduce(
        (sum, error) => sum + (error?.standardError ?? NaN) ** 2,
        0,
      )),
    }));
}

/** The shares of what one line gives. */
export function sharesOverLine(
  { betweenModels, testSet, line }: Readonly<
    Record<"betweenModels" | "testSet" | "line", ErrorComponent | null>
  >,
  counts: SourceCounts,
): readonly ErrorShare[] {
  return errorShares(
    { networks: [betweenModels], runs: [line], images: [testSet] },
    counts,
  );
}
