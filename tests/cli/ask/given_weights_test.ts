import assert from "node:assert/strict";
import { join } from "node:path";
import { preparedWeights } from "../../../cli/ask/given_weights.ts";
import {
  residualLayout,
  TRIAL_WIDTHS,
} from "../../../data/asked/weights/network_layout.ts";
import { digestOf } from "../../../engine/define/hash.ts";
import { weights } from "../../../models/model/weights.ts";

/** A file of weights that are all 1, with a head or without. */
function ones({ head }: { readonly head: boolean }): Uint8Array {
  const arrays: Readonly<Record<string, readonly number[]>> = {
    ...residualLayout(TRIAL_WIDTHS).arrays,
    ...head ? { "head.bias": [1000] } : {},
  };
  return weights.encode(Object.fromEntries(
    Object.entries(arrays).map(([name, shape]) => [name, {
      shape,
      data: new Float32Array(shape.reduce((n, size) => n * size, 1)).fill(1),
    }]),
  ));
}

/** What is said of some files, by their paths in a folder. */
async function prepared(
  files: Readonly<Record<string, Uint8Array>>,
  asked: readonly string[],
) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "old"));
    for (const [path, bytes] of Object.entries(files)) {
      await Deno.writeFile(join(folder, path), bytes);
    }
    const { weights, ...rest } = await preparedWeights(
      asked.map((path) => join(folder, path)),
      { folder },
    );
    return {
      ...rest,
      weights: weights.map(({ name, source: { sha256, title } }) => ({
        name,
        sha256,
        title,
      })),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("preparedWeights() gives files by their digests, and says that a head is left out", async () => {
  const [first, second] = [ones({ head: true }), ones({ head: false })];
  const [a, b] = [digestOf(first), digestOf(second)];
  assert.deepEqual(
    await prepared(
      { "a.safetensors": first, "old/b.safetensors": second },
      ["a.safetensors", "old/b.safetensors"],
    ),
    {
      weights: [
        { name: "a.safetensors", sha256: a, title: "a.safetensors" },
        { name: "b.safetensors", sha256: b, title: "old/b.safetensors" },
      ],
      read: [
        { name: "weights", path: "a.safetensors", sha256: a },
        { name: "weights", path: "old/b.safetensors", sha256: b },
      ],
      leftOut: [
        "The head in a.safetensors was left out: each network gets a new one, for the classes of these images.",
      ],
      problems: [],
    },
  );
});

Deno.test("preparedWeights() says of each file what is wrong with it", async () => {
  const good = ones({ head: false });
  const { problems } = await prepared(
    {
      "a.safetensors": good,
      "old/a.safetensors": good,
      "cut.safetensors": good.subarray(0, 100),
      "a.pt": good,
    },
    [
      "a.safetensors",
      "old/a.safetensors",
      "cut.safetensors",
      "a.pt",
      "no.safetensors",
    ],
  );
  assert.deepEqual(problems, [
    "Cannot use weights old/a.safetensors: another file of weights is called a.safetensors, by which they are told apart; rename one of them",
    "Cannot use weights cut.safetensors: it is not a complete safetensors file",
    "Cannot use weights a.pt: the name of the file must end in .safetensors",
    "Cannot use weights no.safetensors: the file is not there",
  ]);
});
