import assert from "node:assert/strict";
import { heldOut, whyNotHeldOut } from "../../../../data/asked/sets/hold_out.ts";

/** So many images of two classes in turn, or of the classes that groups have. */
function setOf(n: number, groupOf?: (i: number) => string, labelOf = (i: number) => i % 2) {
  return {
    names: Array.from({ length: n }, (_, i) => `${i}`),
    groups: groupOf === undefined
      ? null
      : Array.from({ length: n }, (_, i) => groupOf(i)),
    labels: Int32Array.from({ length: n }, (_, i) => labelOf(i)),
    classes: ["cat", "owl"],
  };
}

Deno.test("heldOut() takes a fifth, in whole groups, and passes over those that are too large", () => {
  assert.equal(heldOut(setOf(100)).size, 20);
  assert.equal(heldOut(setOf(100, (i) => `${i % 10}`)).size, 20);
  // One group of 70, three of 10.
  const uneven = (i: number) => i < 70 ? "large" : `${i % 3}`;
  const held = heldOut(setOf(100, uneven));
  assert.ok([...held].every((i) => i >= 70));
  assert.equal(held.size, 20);
});

Deno.test("whyNotHeldOut() says why a set in few groups, or in groups that are classes, cannot be cut in two", () => {
  assert.equal(whyNotHeldOut(setOf(100)), undefined);
  assert.equal(whyNotHeldOut(setOf(5)), undefined);
  for (const [groups, words] of [[1, "1 groups"], [2, "2 groups"]] as const) {
    assert.equal(
      whyNotHeldOut(setOf(100, (i) => `${i % groups}`)),
      `Cannot hold out a fifth of the reference images: they are of ${words}, and any would be too many; name other images to test on with --test`,
    );
  }
  // Each class is a group.
  const label = (i: number) => i < 20 ? 0 : 1;
  const grouped = setOf(100, (i) => i < 20 ? "a" : "b", label);
  assert.equal(
    whyNotHeldOut(grouped),
    'Cannot hold out a fifth of the reference images: in whole groups, no image of class "cat" would be left; name other images to test on with --test',
  );
});
