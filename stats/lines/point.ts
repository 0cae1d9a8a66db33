/**
 * A model as a point: its accuracy on the reference and on the shifted
 * distribution.
 *
 * @module
 */
import { z } from "zod";

/** The two accuracies of one model. */
export interface Point {
  /** Name of the model; seed and epoch tell its networks apart. */
  readonly model: string;
  /** Accuracy on the reference distribution, a fraction. */
  readonly reference: number;
  /** Accuracy on the shifted distribution, a fraction. */
  readonly shifted: number;
  /** Number of images behind `reference`. */
  readonly referenceSize?: number | undefined;
  /** Number of images behind `shifted`. */
  readonly shiftedSize?: number | undefined;
  /** Seed of the network, if it has one. */
  readonly seed?: number | undefined;
  /** Epoch of the checkpoint, if it is one. */
  readonly epoch?: number | undefined;
}

/** Schema of {@linkcode Point}. */
export const pointSchema: z.ZodType<Point> = z.strictObject({
  model: z.string().min(1),
  reference: z.number().min(0).max(1),
  shifted: z.number().min(0).max(1),
  referenceSize: z.int().positive().optional(),
  shiftedSize: z.int().positive().optional(),
  seed: z.int().optional(),
  epoch: z.int().nonnegative().optional(),
});
