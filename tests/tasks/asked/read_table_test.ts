import assert from "node:assert/strict";
import { digestOf } from "../../../engine/define/hash.ts";
import type { Source } from "../../../engine/define/source.ts";
import { readTable } from "../../../tasks/asked/read_table.ts";
import { npy } from "../../data/asked/tables/npy.ts";
import { runTask } from "../run_task.ts";

const FILES = new Map<string, Uint8Array>();

/** A file that can be fetched. */
function source(title: string, bytes: Uint8Array): Source {
  const url = `file:///${FILES.size}/${title}`;
  FILES.set(url, bytes);
  return { url, sha256: digestOf(bytes), title };
}

const context = {
  fetch: ({ url }: Source) =>
    Promise.resolve(FILES.get(url) ?? new Uint8Array()),
};

const features = {
  x: {
    reference: source(
      "r.npy",
      npy(Float32Array.of(1, 2), { shape: [2, 1] }),
    ),
    shifted: source("s.npy", npy(Float32Array.of(3), { shape: [1, 1] })),
  },
};

const table = (lines: readonly string[]) =>
  source("t.csv", new TextEncoder().encode(lines.join("\n")));

Deno.test("readTable() reads one table or two, and features beside it", async () => {
  const one = await runTask(readTable, {
    predictions: table(["set,label,m", "test,a,a", "test,b,a", "shifted,a,a"]),
    features,
    columns: {},
  }, context);
  assert.deepEqual(one.test.right, { m: Uint8Array.of(1, 0) });
  assert.deepEqual(one.shifted.features, {
    x: { values: Float32Array.of(3), dimension: 1 },
  });
  const two = await runTask(readTable, {
    predictions: {
      reference: table(["label,m", "a,a", "b,a"]),
      shifted: table(["label,m", "a,a"]),
    },
    features,
    columns: {},
  }, context);
  assert.deepEqual(two, one);
});

Deno.test("readTable() says what is wrong, a line a kind", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => `train ${i},a,a`);
  await assert.rejects(
    async () =>
      await runTask(readTable, {
        predictions: table(["set,label,m"].concat(rows)),
        features: {},
        columns: {},
      }, context),
    ({ message }: Error) => {
      const [first = "", ...others] = message.split("\n");
      assert.match(first, /line 2 of t\.csv is of set "train 0"/);
      assert.match(first, / \(the first of 12 like it\)$/);
      assert.equal(others.length, 3);
      return true;
    },
  );
});
