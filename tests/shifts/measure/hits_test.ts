import assert from "node:assert/strict";
import { type Hits, hits } from "../../../shifts/measure/hits.ts";

const run: Hits = {
  name: "scratch",
  seed: 101,
  networks: [
    { epoch: 3, right: Uint8Array.of(1, 0, 1) },
    { right: Uint8Array.of(1, 1, 1) },
  ],
};

Deno.test("hits reads what it writes", () => {
  assert.deepEqual(hits.decode(hits.encode(run)), run);
});

Deno.test("hits refuses networks that saw different images, and other files", () => {
  assert.throws(
    () =>
      hits.encode({
        ...run,
        networks: [...run.networks, { right: new Uint8Array(2) }],
      }),
    new TypeError(
      'Cannot encode hits of "scratch": its networks saw 3 and 2 images',
    ),
  );
  const other = new TextEncoder().encode("\x02\0\0\0\0\0\0\0{}");
  assert.throws(
    () => hits.decode(other),
    new TypeError(
      'Cannot decode hits: the file needs an array "right" [network, image] of 8 bits',
    ),
  );
});
