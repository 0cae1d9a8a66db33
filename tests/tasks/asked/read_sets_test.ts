import assert from "node:assert/strict";
import {
  type PackedSet,
  packedSet,
} from "../../../data/asked/sets/packed_set.ts";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import type { Source } from "../../../engine/define/source.ts";
import { findBiases } from "../../../models/asked/find_biases.ts";
import { readSets, type ReadSetsArgs } from "../../../tasks/asked/read_sets.ts";
import { runTask } from "../run_task.ts";

/** A set of that many images, half of each class, called by their numbers. */
function packed(
  n: number,
  { classes = ["cat", "owl"], groups = null, cameras }: {
    readonly classes?: readonly string[];
    readonly groups?: readonly string[] | null;
    readonly cameras?: readonly string[];
  } = {},
): Uint8Array {
  const set: PackedSet = {
    images: Uint8Array.from({ length: 3 * n }, (_, i) => Math.floor(i / 3)),
    side: 1,
    labels: Int32Array.from({ length: n }, (_, i) => i % 2),
    classes,
    groups,
    ...cameras && { properties: { camera: cameras } },
    names: Array.from({ length: n }, (_, i) => `${i}`),
    widths: new Int32Array(n),
    heights: new Int32Array(n),
    bytes: new Int32Array(n),
    types: new Uint8Array(n),
    found: n,
    unreadable: [],
    copies: [],
  };
  return packedSet.encode(set);
}

/** Files that a test reads, by their addresses. */
const files = new Map<string, Uint8Array>();

/** A packed set as a source. */
function source(bytes: Uint8Array): Source {
  const url = `file:///${files.size}`;
  files.set(url, bytes);
  return { url, sha256: "", title: "a set" };
}

const args = {
  reference: source(packed(50)),
  shifted: source(packed(20)),
  classes: "same" as const,
  seed: 0,
};

/** The sets as the task gives them. */
function read(given: ReadSetsArgs) {
  return runTask(readSets, given, {
    fetch: ({ url }) =>
      Promise.resolve(files.get(url) ?? assert.fail(`no file ${url}`)),
  });
}

/** Numbers that the images of a set are called by, which their pixels show as well. */
function numbers({ names }: Pick<AskedSet, "names">): readonly number[] {
  return (names ?? []).map(Number);
}

Deno.test("readSets() gives all images of each set, shuffled, where there is a test set", async () => {
  const sets = await read({ ...args, test: source(packed(30)) });
  for (
    const [about, images, n] of [
      [sets.aboutReference, sets.reference, 50],
      [sets.aboutTest, sets.test, 30],
      [sets.aboutShifted, sets.shifted, 20],
    ] as const
  ) {
    const all = Array.from({ length: n }, (_, i) => i);
    assert.deepEqual(numbers(about).toSorted((a, b) => a - b), all);
    assert.notDeepEqual(numbers(about), all);
    assert.deepEqual(
      [...images.images].filter((_, i) => i % 3 === 0),
      numbers(about),
    );
    assert.deepEqual([...images.labels], numbers(about).map((i) => i % 2));
    assert.deepEqual([...about.labels ?? []], [...images.labels]);
  }
});

Deno.test("readSets() holds out a fifth of the reference where there is no test set, the same each time", async () => {
  const { aboutReference, aboutTest } = await read(args);
  assert.deepEqual([aboutReference.n, aboutTest.n], [40, 10]);
  assert.deepEqual(
    numbers(aboutReference).concat(numbers(aboutTest))
      .toSorted((a, b) => a - b),
    Array.from({ length: 50 }, (_, i) => i),
  );
  assert.deepEqual((await read(args)).aboutTest, aboutTest);
});

Deno.test("readSets() holds out whole groups", async () => {
  const groups = Array.from({ length: 50 }, (_, i) => `g${i % 7}`);
  const { aboutReference, aboutTest } = await read({
    ...args,
    reference: source(packed(50, { groups })),
  });
  assert(aboutTest.n >= 10 && aboutTest.n <= 16);
  assert(
    !aboutReference.groups?.some((group) => aboutTest.groups?.includes(group)),
  );
});

Deno.test("readSets() says which classes differ", async () => {
  await assert.rejects(
    read({ ...args, shifted: source(packed(20, { classes: ["cat", "cow"] })) }),
    /class "cow": it is in shifted and not in reference\n.*class "owl"/,
  );
});

Deno.test("readSets() marks properties as those of files", async () => {
  const { aboutShifted } = await read(args);
  const { properties } = aboutShifted;
  assert.deepEqual(Object.keys(properties).sort(), [
    "bytes",
    "file type",
    "height",
    "width",
  ]);
  assert(Object.values(properties).every(({ ofFile }) => ofFile === true));
});

/** A set with two cameras, of which one takes most images of a class, or neither does. */
function filmed(n: number, { linked }: { readonly linked: boolean }): Source {
  const random = stream(n, "cameras");
  return source(packed(n, {
    cameras: Array.from(
      { length: n },
      (_, i) =>
        ["canon", "nikon"][
          linked && random.uniform() < 0.9 ? i % 2 : random.integer(2)
        ] ?? "",
    ),
  }));
}

Deno.test("readSets() gives properties of lists, with which a planted bias is found", async () => {
  const { aboutReference, aboutTest, aboutShifted } = await read({
    ...args,
    reference: filmed(300, { linked: true }),
    shifted: filmed(200, { linked: false }),
  });
  const { camera } = aboutTest.properties;
  assert.deepEqual(camera?.categories, ["canon", "nikon"]);
  assert.equal(camera.ofFile, undefined);
  const sets = {
    reference: aboutReference,
    test: aboutTest,
    shifted: aboutShifted,
  };
  const { biases } = findBiases(sets, {
    parts: {
      inSupport: new Uint8Array(200).fill(1),
      weights: new Float64Array(200).fill(1),
    },
    seed: 1,
    placebos: 199,
  });
  assert.deepEqual(
    biases.filter(({ counts }) => counts).map(({ property }) => property),
    ["camera"],
  );
});

Deno.test("readSets() refuses a column that is no property", async () => {
  await assert.rejects(
    read({ ...args, reference: filmed(50, { linked: true }) }),
    {
      message:
        'Cannot use images: column "camera" is no property: no row of set "shifted" has a value there; take it out of the properties',
    },
  );
});
