import assert from "node:assert/strict";
import { tendFleet } from "../../../../engine/run/slurm/tend_fleet.ts";

/** Tends a fleet for some time, in a clock of the test's own; when it was tended, in seconds. */
async function looks(
  seconds: number,
  { isNew = () => false, ready = () => 1 }: {
    readonly isNew?: (second: number) => boolean;
    readonly ready?: (second: number) => number;
  } = {},
): Promise<readonly number[]> {
  const end = new AbortController();
  const at: number[] = [];
  let now = 0;
  const fleet = {
    tend() {
      at.push(now);
      return Promise.resolve(isNew(now));
    },
    cancel: () => Promise.resolve(),
  };
  await tendFleet(fleet, {
    work: () => ({
      pools: new Map([["cpu", { ready: ready(now), running: 0 }]]),
      done: 0,
    }),
    signal: end.signal,
    pause(milliseconds) {
      now += milliseconds / 1000;
      if (now >= seconds) end.abort();
      return Promise.resolve();
    },
  });
  return at;
}

Deno.test("tendFleet() looks ever more seldom while nothing changes, and at least every half minute", async () => {
  const at = await looks(3600);
  assert.deepEqual(at.slice(0, 5), [0, 4, 10, 18, 30]);
  assert.ok(at.length < 130, `${at.length} looks in an hour`);
  assert.equal((at.at(-1) ?? 0) - (at.at(-2) ?? 0), 30);
});

Deno.test("tendFleet() looks often while workers come and go", async () => {
  const at = await looks(100, { isNew: () => true });
  assert.equal(at.length, 50);
});

Deno.test("tendFleet() looks at once when there is something to do again", async () => {
  const at = await looks(120, { ready: (second) => second < 101 ? 0 : 3 });
  assert.ok(at.includes(102), at.join());
});
