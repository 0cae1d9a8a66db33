import assert from "node:assert/strict";
import { takeShare } from "../../../tasks/datasets/take_share.ts";
import { contextOnCpu } from "../context.ts";

const images = {
  images: Uint8Array.from({ length: 100 }, (_, i) => i),
  labels: new Uint8Array(100),
  shape: [1, 1, 1] as const,
  classes: ["any"],
};

Deno.test("takeShare() takes the first share, a batch at least, and no more than there are", async () => {
  const taken = async (share: number, atLeast: number) => [
    ...(await takeShare.task.run({ images, share, atLeast }, contextOnCpu()))
      .images,
  ];
  const first = (n: number) => Array.from({ length: n }, (_, i) => i);
  assert.deepEqual(await taken(0.25, 8), first(25));
  assert.deepEqual(await taken(0.255, 8), first(26));
  assert.deepEqual(await taken(0.0625, 32), first(32));
  assert.deepEqual(await taken(0.5, 300), first(100));
});
