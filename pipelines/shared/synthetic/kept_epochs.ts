/**
 * The epochs after which a training keeps its averaged weights.
 *
 * @module
 */
import type { ScratchRuns } from "./scale.ts";

/**
 * The checkpoints of a training, all of which it reaches: one that it does not
 * reach would be missing from the line without a word.
 *
 * @throws {RangeError} if it ends before one of them
 */
export function keptEpochs(
  { epochs, checkpoints }: Pick<ScratchRuns, "epochs" | "checkpoints">,
): readonly number[] {
  const beyond = checkpoints.find((epoch) => epoch > epochs);
  if (beyond === undefined) return checkpoints;
  throw new RangeError(
    `Cannot keep a checkpoint after epoch ${beyond}: the training has ${epochs}; change \`checkpoints\` along with \`epochs\` in scale.ts`,
  );
}
