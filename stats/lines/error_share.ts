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
  /** How many there are. */
  readonly n: number;
  /** Standard error of the estimate from this source alone, a fraction of accuracy. */
  readonly standardError: number;
}

/** Schema of the shares of one error. */
export const errorSharesSchema: z.ZodType<readonly ErrorShare[]> = z.array(
  z.strictObject({
    source: z.enum(["networks", "runs", "images"]),
    n: z.int().positive(),
    standardError: z.number().nonnegative(),
  }),
).readonly();

/** The shares of the sources that are known; errors of several lines count as one. */
export function errorShares(
  { networks, runs, images }: Readonly<
    Record<ErrorShare["source"], {
      readonly n: number;
      readonly errors: readonly (ErrorComponent | null)[];
    }>
  >,
): readonly ErrorShare[] {
  return Object.entries({ networks, runs, images })
    .filter(([, { errors }]) => errors.every((error) => error !== null))
    .map(([source, { n, errors }]) => ({
      source: source as ErrorShare["source"],
      n,
      standardError: Math.sqrt(errors.reduce(
        (sum, error) => sum + (error?.standardError ?? NaN) ** 2,
        0,
      )),
    }));
}
