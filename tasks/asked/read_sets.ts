import { type AskedSet, askedSet } from "../../data/asked/asked_set.ts";
import type { GivenProperty } from "../../data/asked/given_property.ts";
import { fewLines } from "../../data/asked/few_lines.ts";
import { FILE_TYPES } from "../../data/asked/pictures/image_header.ts";
import type { ImagesQuestion } from "../../data/asked/question.ts";
import { alignClasses } from "../../data/asked/sets/align_classes.ts";
import { holdOut } from "../../data/asked/sets/hold_out.ts";
import {
  type PackedSet,
  packedSet,
  takePacked,
} from "../../data/asked/sets/packed_set.ts";
import {
  cellsOf,
  setProperties,
} from "../../data/asked/sets/set_properties.ts";
import { type Images, images } from "../../data/images/images.ts";
import { stream } from "../../engine/define/random.ts";
import type { Source } from "../../engine/define/source.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Packed sets as files; without a test set, a fifth of the reference is held out. */
export interface ReadSetsArgs {
  readonly reference: Source;
  readonly test?: Source;
  readonly shifted: Source;
  readonly classes: ImagesQuestion["classes"];
  /** Seed of the order of the images. */
  readonly seed: number;
}

/** The images of a question, shuffled, with the same classes in all sets, and what is known of them before anybody looks. */
export const readSets = defineTask({
  module: import.meta.url,
  name: "readSets",
  result: {
    reference: images,
    test: images,
    shifted: images,
    aboutReference: askedSet,
    aboutTest: askedSet,
    aboutShifted: askedSet,
  },
  async run(
    { reference, test, shifted, classes, seed }: ReadSetsArgs,
    context,
  ) {
    const read = async (source: Source) =>
      packedSet.decode(await context.fetch(source));
    const aligned = alignClasses({
      reference: await read(reference),
      test: test && await read(test),
      shifted: await read(shifted),
    }, { classes });
    if (aligned.kind === "refused") {
      throw new Error(fewLines(aligned.problems).join("\n"));
    }
    const given = aligned.sets;
    const known = setProperties(given);
    if (known.kind === "refused") throw new Error(known.problems.join("\n"));
    const sets = given.test === undefined
      ? { ...holdOut(given.reference), shifted: given.shifted }
      : { ...given, test: given.test };
    const shuffled = (name: keyof typeof sets) => {
      const { [name]: set } = sets;
      return takePacked(set, [
        ...stream(seed, "asked", name).permutation(set.names.length),
      ]);
    };
    const [first, second, third] = [
      shuffled("reference"),
      shuffled("test"),
      shuffled("shifted"),
    ];
    const about = (set: PackedSet) =>
      aboutOf(set, { classes: first.classes, properties: known.properties });
    return {
      reference: imagesOf(first),
      test: imagesOf(second),
      shifted: imagesOf(third),
      aboutReference: about(first),
      aboutTest: about(second),
      aboutShifted: about(third),
    };
  },
});

/** Without labels all images are of one class. */
function imagesOf({ images, side, labels, names, classes }: PackedSet): Images {
  return {
    images,
    labels: labels ?? new Int32Array(names.length),
    shape: [side, side, 3],
    classes: labels === null ? ["any"] : classes,
  };
}

function aboutOf(
  set: PackedSet,
  { classes, properties }: {
    readonly classes: readonly string[];
    readonly properties: ReadonlyMap<string, GivenProperty>;
  },
): AskedSet {
  const { names, labels, groups, widths, heights, bytes, types } = set;
  const quantity = (values: ArrayLike<number>) => ({
    values: Float64Array.from(values),
    categories: null,
    ofFile: true as const,
  });
  return {
    n: names.length,
    features: {},
    properties: {
      width: quantity(widths),
      height: quantity(heights),
      bytes: quantity(bytes),
      "file type": {
        values: Float64Array.from(types),
        categories: FILE_TYPES,
        ofFile: true,
      },
      ...Object.fromEntries(
        Array.from(properties, ([name, read]) => [
          name,
          read(cellsOf(set, name)),
        ]),
      ),
    },
    labels,
    classes,
    groups,
    names,
    right: {},
  };
}
