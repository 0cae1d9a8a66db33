import assert from "node:assert/strict";
import { demandOf, unservedIn } from "../../../cli/slurm/demand.ts";
import { DEFAULT_POOL, type Pool } from "../../../engine/run/slurm/pools.ts";

const pool = (name: string, more: Partial<Pool> = {}): Pool => ({
  ...DEFAULT_POOL,
  name,
  workers: 2,
  jobs: 3,
  ...more,
});

const demand = (
  counts: Readonly<Record<string, readonly [ready: number, running: number]>>,
  pools: readonly Pool[],
) =>
  Object.fromEntries(
    [...demandOf(
      new Map(
        Object.entries(counts).map(([device, [ready, running]]) => [
          device,
          { ready, running },
        ]),
      ),
      { pools, device: "wasm" },
    )].map(([name, { ready, running }]) => [name, [ready, running]]),
  );

Deno.test("demandOf() gives each pool the stages of its device, and the first those of none", () => {
  assert.deepEqual(
    demand(
      { wasm: [2, 1], any: [1, 0], webgpu: [4, 0], cpu: [9, 9] },
      [pool("cpu"), pool("gpu", { device: "webgpu" })],
    ),
    { cpu: [3, 1], gpu: [4, 0] },
  );
});

Deno.test("demandOf() gives a second pool what the first has no room for", () => {
  assert.deepEqual(
    demand({ wasm: [10, 2] }, [pool("short"), pool("long")]),
    { short: [4, 2], long: [6, 0] },
  );
  assert.deepEqual(
    demand({ wasm: [1, 8] }, [pool("short"), pool("long")]),
    { short: [0, 6], long: [1, 2] },
  );
  assert.deepEqual(demand({}, [pool("short")]), { short: [0, 0] });
});

Deno.test("unservedIn() names the device and the pools where none computes on that of the run", () => {
  const unserved = (
    kind: string,
    ready: number,
    pools: readonly Pool[] = [pool("gpu", { device: "webgpu" })],
  ) =>
    unservedIn(new Map([[kind, { ready, running: 1 }]]), {
      pools,
      device: "wasm",
    });
  assert.equal(
    unserved("wasm", 1),
    'Cannot go on: stages of this run are for device "wasm", and no pool computes on it ("gpu" on "webgpu"); add a pool with "device": "wasm", or name the device of one with --device',
  );
  assert.equal(unserved("wasm", 0), undefined);
  assert.equal(unserved("any", 1), undefined);
  // That of another run on the store.
  assert.equal(unserved("cpu", 1), undefined);
  assert.equal(unserved("wasm", 1, [pool("cpu")]), undefined);
  const both = [pool("a", { device: "webgpu" }), pool("b", { device: "wasm" })];
  assert.equal(unserved("wasm", 1, both), undefined);
});
