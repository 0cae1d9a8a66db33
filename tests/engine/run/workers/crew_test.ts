import assert from "node:assert/strict";
import { newCrew } from "../../../../engine/run/workers/crew.ts";

/** Doubles all numbers; fails at zero. */
function double(
  all: readonly number[],
): Promise<readonly PromiseSettledResult<number>[]> {
  return Promise.allSettled(
    all.map((n) =>
      n === 0 ? Promise.reject(new Error("zero")) : Promise.resolve(2 * n)
    ),
  );
}

Deno.test("newCrew() starts once when all members have brought their work", async () => {
  const crew = newCrew<number, number>(3);
  const starts: (readonly number[])[] = [];
  const start = (all: readonly number[]) => {
    starts.push(all);
    return double(all);
  };
  const results = [crew.bring(1, start), crew.bring(0, start)];
  assert.deepEqual(starts, []);
  results.push(crew.bring(3, start));
  const ends = await Promise.allSettled(results);
  assert.deepEqual(starts, [[1, 0, 3]]);
  assert.deepEqual(
    ends.map((end) =>
      end.status === "fulfilled" ? end.value : end.reason.message
    ),
    [2, "zero", 6],
  );
});

Deno.test("newCrew() starts without a member when it leaves before it has brought anything", async () => {
  let isEmpty = false;
  const crew = newCrew<number, number>(2, () => isEmpty = true);
  const result = crew.bring(4, double);
  crew.leave();
  assert.equal(await result, 8);
  assert.equal(isEmpty, false);
  crew.leave();
  assert.equal(isEmpty, true);
});

Deno.test("newCrew() fails all members when the start throws", async () => {
  const crew = newCrew<number, number>(2);
  const start = () => Promise.reject(new Error("no worker"));
  const results = [crew.bring(1, start), crew.bring(2, start)];
  for (const result of results) {
    await assert.rejects(result, { message: "no worker" });
  }
});
