import assert from "node:assert/strict";
import { aboutShift } from "../../../../pipelines/shared/synthetic/material.ts";
import type { AnyShift } from "../../../../shifts/shift.ts";
import { flip } from "../../../../shifts/flip.ts";

Deno.test("aboutShift() refuses a shift that is neither in nor out of support, before anything runs", () => {
  assert.equal(aboutShift(flip).support, "out");
  assert.throws(
    () => aboutShift({ ...flip, support: "maybe" } as unknown as AnyShift),
    {
      name: "TypeError",
      message:
        'Cannot use shift "flip": its support is "maybe"; it must be "in" or "out"',
    },
  );
});
