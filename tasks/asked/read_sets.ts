import { fewLines } from "../../data/asked/few_lines.ts";
import type { ImagesQuestion } from "../../data/asked/question.ts";
import { alignClasses } from "../../data/asked/sets/align_classes.ts";
import { holdOut } from "../../data/asked/sets/hold_out.ts";
import { packedSet } from "../../data/asked/sets/packed_set.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Packed sets as the bytes of their files; without a test set, a fifth of the reference is held out. */
export interface ReadSetsArgs {
  readonly reference: Uint8Array;
  readonly test?: Uint8Array;
  readonly shifted: Uint8Array;
  readonly classes: ImagesQuestion["classes"];
}

/** The images of a question, with the same classes in all sets. */
export const readSets = defineTask({
  module: import.meta.url,
  name: "readSets",
  result: { reference: packedSet, test: packedSet, shifted: packedSet },
  run({ reference, test, shifted, classes }: ReadSetsArgs) {
    const aligned = alignClasses({
      reference: packedSet.decode(reference),
      test: test && packedSet.decode(test),
      shifted: packedSet.decode(shifted),
    }, { classes });
    if (aligned.kind === "refused") {
      throw new Error(fewLines(aligned.problems).join("\n"));
    }
    const { sets } = aligned;
    return sets.test === undefined
      ? { ...holdOut(sets.reference), shifted: sets.shifted }
      : { ...sets, test: sets.test };
  },
});
