import assert from "node:assert/strict";
import { loadCifar101 } from "../../../tasks/datasets/load_cifar10_1.ts";
import { npy } from "../../data/asked/tables/npy.ts";
import { runTask } from "../run_task.ts";

/** One image of one colour. */
const version = (colour: number, label: number) => ({
  images: npy(new Uint8Array(3072).fill(colour), { shape: [1, 32, 32, 3] }),
  labels: npy(Int32Array.of(label), { shape: [1] }),
});

Deno.test("loadCifar101() shrinks both versions, and says of which bytes they are", async () => {
  const args = { v6: version(60, 3), v4: version(70, 4), side: 16 };
  const { v6, v4, digest } = await runTask(loadCifar101, args);
  assert.deepEqual([v6.shape, v4.shape], [[16, 16, 3], [16, 16, 3]]);
  assert.deepEqual(v6.images, new Uint8Array(16 * 16 * 3).fill(60));
  assert.deepEqual([...v6.labels, ...v4.labels], [3, 4]);
  const other = { ...args, v4: version(71, 4) };
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.notEqual((await runTask(loadCifar101, other)).digest, digest);
});
