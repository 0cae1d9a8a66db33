import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { risingOrder } from "../../../stats/splits/rising_order.ts";

for (const n of [0, 1, 2, 7, 8, 9, 16, 17, 100, 1000]) {
  for (const distinct of [1, 3, 1e9]) {
    Deno.test(`risingOrder() gives the order of a stable sort of ${n} numbers, ${distinct} of them distinct`, () => {
      const random = stream(n, "rising", distinct);
      const numbers = Float64Array.from(
        { length: n },
        () => random.integer(distinct) - distinct / 2,
      );
      assert.deepEqual(
        [...risingOrder(numbers)],
        [...numbers.keys()].sort((a, b) =>
          (numbers[a] as number) - (numbers[b] as number)
        ),
      );
    });
  }
}

Deno.test("risingOrder() takes both zeros for equal, and infinities for what they are", () => {
  assert.deepEqual(
    [...risingOrder([Infinity, 0, -0, -Infinity, 0, 1])],
    [3, 1, 2, 4, 5, 0],
  );
});
