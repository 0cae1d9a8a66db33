import { z } from "zod";
import { type AskedSet, askedSet } from "../../data/asked/asked_set.ts";
import { SETS } from "../../data/asked/question.ts";
import { groupsOf } from "../../data/asked/take_examples.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { countExamples } from "../../models/asked/count_examples.ts";
import { removeDuplicates as remove } from "../../models/asked/remove_duplicates.ts";

/** The sets of a question as they were read. */
export interface RemoveDuplicatesArgs {
  /** A set of no examples where there is no reference set. */
  readonly reference: AskedSet;
  readonly test: AskedSet;
  readonly shifted: AskedSet;
  readonly seed: number;
  /** Most examples of a set that go on. */
  readonly atMost: number;
}

const size = z.int().nonnegative();
const places = json(z.array(size).readonly());
const named = z.strictObject({ set: z.enum(SETS), name: z.string() });
const groups = json(z.array(z.string()).readonly());

/** The sets without examples that are in two of them, or nearly. */
export const removeDuplicates = defineTask({
  module: import.meta.url,
  name: "removeDuplicates",
  result: {
    reference: askedSet,
    test: askedSet,
    shifted: askedSet,
    /** All that is left, before any are drawn: labels, groups and who is right. */
    wholeTest: askedSet,
    wholeShifted: askedSet,
    duplicates: json(z.strictObject({
      removed: size,
      reference: size,
      test: size,
      shifted: size,
    })),
    /** What was removed, and what each is a copy of. */
    copies: json(z.array(z.tuple([named, named]).readonly()).readonly()),
    /** How many go on, and how many there were; `reference` is null where there was no such set. */
    examples: json(z.strictObject({
      reference: size.nullable(),
      test: size,
      shifted: size,
      given: z.strictObject({
        reference: size.nullable(),
        test: size,
        shifted: size,
      }),
      groups: z.strictObject({ test: size, shifted: size }),
      atMost: size,
    })),
    /** Place of each example that is left in its set as it was given. */
    referencePlaces: places,
    testPlaces: places,
    shiftedPlaces: places,
    /** Name of the group of each example, one of its own where it has none. */
    testGroups: groups,
    shiftedGroups: groups,
  },
  run({ seed, atMost, ...sets }: RemoveDuplicatesArgs) {
    const { places, whole, ...distinct } = remove(sets, { seed, atMost });
    const groups = groupsOf([distinct.test, distinct.shifted]) ??
      Array.from(
        { length: distinct.test.n + distinct.shifted.n },
        (_, i) => `${i}`,
      );
    return {
      ...distinct,
      wholeTest: whole.test,
      wholeShifted: whole.shifted,
      examples: countExamples(sets, distinct, { atMost }),
      referencePlaces: [...places.reference],
      testPlaces: [...places.test],
      shiftedPlaces: [...places.shifted],
      testGroups: groups.slice(0, distinct.test.n),
      shiftedGroups: groups.slice(distinct.test.n),
    };
  },
});
