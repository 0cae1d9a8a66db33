/**
 * Evaluations: how often the networks of one run are right, by set of images
 * and class. Networks are evaluated once; every distribution that is made of
 * the same images is a weighting of these counts.
 *
 * @module
 */
import { z } from "zod";

/** Right predictions on one set of images. */
export interface Counts {
  /** Right predictions, by class of the image. */
  readonly correct: readonly number[];
  /** Images, by class. */
  readonly total: readonly number[];
}

/** One network of a run on each set of images. */
export interface NetworkCounts {
  /** The epoch of a checkpoint; left out for the finished network. */
  readonly epoch?: number | undefined;
  /** Counts by name of the set. */
  readonly sets: Readonly<Record<string, Counts>>;
}

/** The networks of one run on some sets of images. */
export interface Evaluation {
  /** Name of the run, e.g. `scratch, seed 101`. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Class names, in the order of the counts. */
  readonly classes: readonly string[];
  /** Checkpoints by epoch, then the finished network. */
  readonly networks: readonly NetworkCounts[];
}

const count = z.int().nonnegative();

/** Schema of {@linkcode Counts}. */
const countsSchema = z.strictObject({
  correct: z.array(count).readonly(),
  total: z.array(count).readonly(),
});

/** Schema of {@linkcode Evaluation}. */
export const evaluationSchema: z.ZodType<Evaluation> = z.strictObject({
  name: z.string().min(1),
  seed: z.int(),
  classes: z.array(z.string()).readonly(),
  networks: z.array(z.strictObject({
    epoch: count.optional(),
    sets: z.record(z.string(), countsSchema),
  })).readonly(),
});
