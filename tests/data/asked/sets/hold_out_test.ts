import assert from "node:assert/strict";
import {
  heldOut,
  whyNotHeldOut,
} from "../../../../data/asked/sets/hold_out.ts";

/** So many images of two classes in turn, or of the classes that groups have. */
function setOf(
  n: number,
  groupOf?: (i: number) => string,
  labelOf = (i: number) => i % 2,
) {
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
  for (const [groups, words] of [[1, "1 group"], [2, "2 groups"]] as const) {
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

Deno.test("heldOut() holds out a fifth of each class where there are no groups, one image at least", () => {
  const set = setOf(100, undefined, (i) => i < 5 ? 0 : 1);
  const held = [...heldOut(set)];
  assert.equal(held.filter((i) => i < 5).length, 1);
  assert.equal(held.length, 20);
  assert.deepEqual(held, [...heldOut(set)]);
});

Deno.test("whyNotHeldOut() says of which class none would be tested in whole groups", () => {
  // Cats are in two groups of forty, so that a draw of eight may have none.
  const groupOf = (i: number) => `${Math.floor(i / 5)}`;
  const set = (start: number) =>
    setOf(200, groupOf, (i) => Math.floor(i / 5) - start >>> 0 < 2 ? 0 : 1);
  const said = Array.from({ length: 20 }, (_, k) => whyNotHeldOut(set(2 * k)));
  assert.ok(said.includes(undefined));
  assert.ok(said.includes(
    'Cannot hold out a fifth of the reference images: in whole groups, no image of class "cat" would be held out; name other images to test on with --test',
  ));
});
