import assert from "node:assert/strict";
import {
  alignClasses,
  type PackedSets,
} from "../../../../data/asked/sets/align_classes.ts";
import type { PackedSet } from "../../../../data/asked/sets/packed_set.ts";

/** A set with so many images of each class; the first pixel of each is its number. */
function packed(counts: Readonly<Record<string, number>> | number): PackedSet {
  const hasLabels = typeof counts !== "number";
  const classes = hasLabels ? Object.keys(counts).sort() : [];
  const labels = hasLabels
    ? classes.flatMap((name, i) => Array(counts[name]).fill(i) as number[])
    : Array<number>(counts).fill(0);
  const n = labels.length;
  const images = new Uint8Array(n * 3);
  labels.forEach((_, i) => images[3 * i] = i);
  return {
    images,
    side: 1,
    labels: hasLabels ? Int32Array.from(labels) : null,
    classes,
    groups: null,
    names: labels.map((_, i) => `${i}.png`),
    widths: Int32Array.from(labels.keys()),
    heights: new Int32Array(n),
    bytes: new Int32Array(n),
    types: new Uint8Array(n),
    found: n,
    unreadable: [],
    copies: [],
  };
}

function problems(
  sets: PackedSets,
  classes: "same" | "common" = "same",
): readonly string[] {
  const aligned = alignClasses(sets, { classes });
  return aligned.kind === "refused" ? aligned.problems : [];
}

const TWO = packed({ cat: 5, owl: 5 });

Deno.test("alignClasses() leaves sets of the same classes as they are", () => {
  const sets = {
    reference: TWO,
    test: TWO,
    shifted: packed({ cat: 1, owl: 9 }),
  };
  assert.deepEqual(alignClasses(sets, { classes: "same" }), {
    kind: "aligned",
    sets,
    leftOut: [],
    vanished: [],
  });
});

Deno.test("alignClasses() asks about classes that not all sets have", () => {
  assert.deepEqual(
    problems({
      reference: packed({ cat: 5, cow: 5, owl: 5 }),
      test: packed({ cat: 5, owl: 5 }),
      shifted: packed({ cat: 5, Owl: 5 }),
    }),
    [
      'Cannot compare the sets: 3 classes are not in all of them; "Owl" and "owl" differ only in case: rename one of them; or ask about the 2 of the reference set, of which some vanished, with --classes reference ("classes" in the file of a question), or name the others alike',
      'Cannot compare class "Owl": it is in shifted and not in reference and test',
      'Cannot compare class "cow": it is in reference and not in test and shifted',
      'Cannot compare class "owl": it is in reference and test and not in shifted',
    ],
  );
  assert.equal(
    problems({
      reference: packed({ a: 5, b: 5, c: 5 }),
      shifted: packed({ a: 5, b: 5 }),
    })[0],
    'Cannot compare the sets: 1 class is not in all of them; ask about the 3 of the reference set, of which some vanished, with --classes reference, or about the 2 that all have, which tells nothing of the others, with --classes common ("classes" in the file of a question), or name the others alike',
  );
  assert.equal(
    problems({
      reference: packed({ cat: 5, owl: 5 }),
      shifted: packed({ Cat: 5, Owl: 5 }),
    })[0],
    'Cannot compare the sets: 4 classes are not in all of them; "Cat" and "cat", "Owl" and "owl" differ only in case: rename one of each',
  );
  assert.equal(
    problems({
      reference: packed({ cat: 5, owl: 5 }),
      shifted: packed({ chat: 5, hibou: 5 }),
    })[0],
    "Cannot compare the sets: 4 classes are not in all of them; classes are told by their names: write those of one class alike in all sets",
  );
  // A set that has both tells them apart.
  assert.match(
    problems({
      reference: packed({ A: 5, a: 5, b: 5, c: 5 }),
      shifted: packed({ b: 5, c: 5 }),
    })[0] ?? "",
    /2 classes are not in all of them; ask about the 4 of the reference set/,
  );
  assert.equal(
    problems({
      reference: packed({ a: 5, b: 5 }),
      shifted: packed({ a: 5, b: 5, c: 5 }),
    })[0],
    'Cannot compare the sets: 1 class is not in all of them; ask about the 2 that all have, which tells nothing of the others, with --classes common ("classes" in the file of a question), or name the others alike',
  );
});

Deno.test("alignClasses() takes what all sets have, with labels of one list, if it is told to", () => {
  const aligned = alignClasses({
    reference: packed({ ant: 5, cat: 5, owl: 5 }),
    shifted: packed({ cat: 2, cow: 1, owl: 3 }),
  }, { classes: "common" });
  assert(aligned.kind === "aligned");
  assert.deepEqual(aligned.leftOut, ["ant", "cow"]);
  const { reference, shifted } = aligned.sets;
  assert.deepEqual(shifted.classes, ["cat", "owl"]);
  assert.deepEqual(shifted.labels, Int32Array.of(0, 0, 1, 1, 1));
  assert.deepEqual(shifted.names, [
    "0.png",
    "1.png",
    "3.png",
    "4.png",
    "5.png",
  ]);
  assert.deepEqual([...shifted.widths], [0, 1, 3, 4, 5]);
  assert.deepEqual(
    [0, 3, 6, 9, 12].map((at) => shifted.images[at]),
    [0, 1, 3, 4, 5],
  );
  assert.deepEqual(
    reference.labels,
    Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]),
  );
});

Deno.test("alignClasses() takes the classes of the reference and the test set, of which some may have vanished, if it is told to", () => {
  const aligned = alignClasses({
    reference: packed({ ant: 5, cat: 5, owl: 5 }),
    test: packed({ ant: 5, cat: 5, fox: 5 }),
    shifted: packed({ cat: 5, cow: 1, owl: 3, fox: 1 }),
  }, { classes: "reference" });
  assert(aligned.kind === "aligned");
  assert.deepEqual(aligned.leftOut, ["cow", "fox", "owl"]);
  assert.deepEqual(aligned.vanished, ["ant"]);
  const { test, shifted } = aligned.sets;
  assert.deepEqual(shifted.classes, ["ant", "cat"]);
  assert.deepEqual(shifted.labels, Int32Array.of(1, 1, 1, 1, 1));
  assert.deepEqual(test?.labels, Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1));
});

Deno.test("alignClasses() lets shifted images have no labels, and no others", () => {
  const aligned = alignClasses(
    { reference: TWO, shifted: packed(7) },
    { classes: "same" },
  );
  assert(aligned.kind === "aligned");
  assert.equal(aligned.sets.shifted.labels, null);
  assert.deepEqual(problems({ reference: packed(7), shifted: TWO }), [
    'Cannot use reference: its images have no labels; put them into a folder for each class, or name their classes in a column "label"',
  ]);
});

Deno.test("alignClasses() refuses one class, classes of three images, and next to no shifted images", () => {
  const one = packed({ cat: 9 });
  assert.deepEqual(problems({ reference: one, shifted: one }), [
    'Cannot ask about one class, "cat": models tell classes apart, and all sets must have two of the same; of folders, those that lie in the one that is given are the classes',
  ]);
  assert.deepEqual(
    problems({ reference: TWO, shifted: packed({ cow: 9 }) }, "common"),
    [
      "Cannot ask about no class: models tell classes apart, and all sets must have two of the same",
      'Cannot compare classes: all images of shifted are of one class, "cow"; if that is no class but a folder of images without labels, give that folder as the set',
    ],
  );
  assert.deepEqual(
    problems({
      reference: packed({ cat: 3, owl: 3 }),
      test: packed({ cat: 1, owl: 5 }),
      shifted: packed({ cat: 1, owl: 1 }),
    }),
    [
      "Cannot use shifted: it has 2 images, and at least 5 are needed; add some",
      'Cannot use class "cat": reference has 3 images of it, and at least 5 are needed; add some, or leave the class out of all sets',
      'Cannot use class "owl": reference has 3 images of it, and at least 5 are needed; add some, or leave the class out of all sets',
      'Cannot use class "cat": test has 1 image of it, and at least 5 are needed; add some, or leave the class out of all sets',
    ],
  );
});

Deno.test("alignClasses() says which set has one class where another has more", () => {
  const five = packed({ ant: 5, cat: 5, cow: 5, fox: 5, owl: 5 });
  const [cat, photos] = [packed({ cat: 9 }), packed({ photos: 9 })];
  const told = (...asked: Parameters<typeof problems>) =>
    problems(...asked)
      .filter((line) => !/^Cannot compare class "|the sets/.test(line));
  const noOthers =
    'Cannot tell classes apart: all images of reference are of one class, "cat"; add images of others';
  assert.deepEqual(told({ reference: cat, shifted: five }), [noOthers]);
  assert.deepEqual(told({ reference: five, test: cat, shifted: five }), [
    noOthers.replace("reference", "test"),
  ]);
  assert.deepEqual(told({ reference: five, shifted: cat }), [
    'Cannot compare classes: all images of shifted are of one class, "cat"',
  ]);
  assert.deepEqual(told({ reference: cat, shifted: five }, "common"), [
    'Cannot ask about one class, "cat": models tell classes apart, and all sets must have two of the same; of folders, those that lie in the one that is given are the classes',
    noOthers,
  ]);
  assert.deepEqual(told({ reference: five, shifted: photos }), [
    'Cannot compare classes: all images of shifted are of one class, "photos"; if that is no class but a folder of images without labels, give that folder as the set',
  ]);
});

Deno.test("alignClasses() says of how many images a class has too few, where they were drawn", () => {
  const drawn = (counts: Parameters<typeof packed>[0]) => ({
    ...packed(counts),
    found: 60000,
    unreadable: ["a.png is damaged"],
  });
  assert.deepEqual(
    problems({
      reference: drawn({ ant: 9, cat: 3, owl: 5 }),
      test: packed({ ant: 1, cat: 5, owl: 4 }),
      shifted: drawn({ cat: 1, owl: 1 }),
    }, "common"),
    [
      'Cannot use shifted: it has 2 images, of the 3 drawn, and at least 5 are needed; draw more with --most ("most" in the file of a question), or add some',
      'Cannot use class "cat": reference has 3 images of it, of the 18 drawn, and at least 5 are needed; draw more with --most ("most" in the file of a question), add some, or leave the class out of all sets',
      'Cannot use class "owl": test has 4 images of it, and at least 5 are needed; add some, or leave the class out of all sets',
    ],
  );
  assert.deepEqual(
    problems({
      reference: drawn({ ant: 5, cat: 5, cow: 5, owl: 5 }),
      test: drawn({ cat: 5, cow: 5, owl: 5 }),
      shifted: drawn({ cat: 5, owl: 5 }),
    }).slice(1),
    [
      'Cannot compare class "ant": it is in reference and not in test and shifted: none of the 16 drawn of test and of the 11 drawn of shifted is of it; if there are such, draw more with --most ("most" in the file of a question)',
      'Cannot compare class "cow": it is in reference and test and not in shifted: none of the 11 drawn of shifted is of it; if there are such, draw more with --most ("most" in the file of a question)',
    ],
  );
});
