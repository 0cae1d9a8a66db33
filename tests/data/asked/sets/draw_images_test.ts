import assert from "node:assert/strict";
import { drawImages } from "../../../../data/asked/sets/draw_images.ts";
import { stream } from "../../../../engine/define/random.ts";

/** So many images of each class, one class after the other. */
function ofClasses(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([label, n]) =>
    Array.from({ length: n }, (_, i) => ({
      name: `${label}/${i}.png`,
      label,
      group: null,
    }))
  );
}

/** So many images of each group, one group after the other. */
function ofGroups(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([group, n]) =>
    Array.from({ length: n }, (_, i) => ({
      name: `${group}/${i}.png`,
      label: null,
      group,
    }))
  );
}

/** How many are drawn of each class, or of each group. */
function drawnOf(
  images: ReturnType<typeof ofClasses> | ReturnType<typeof ofGroups>,
  options: { readonly most: number; readonly name: string },
): ReadonlyMap<string, number> {
  const drawn = drawImages(images, options);
  assert.equal(new Set(drawn).size, drawn.length);
  assert.ok(drawn.length <= options.most);
  const counts = new Map<string, number>();
  for (const i of drawn) {
    const name = images[i]?.label ?? images[i]?.group ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const each = (from: number, to: number, n: number) =>
  Object.fromEntries(
    Array.from({ length: to - from }, (_, i) => [`c${from + i}`, n]),
  );

Deno.test("drawImages() takes the first of a random order where that is enough of each class", () => {
  const two = ofClasses({ cat: 300, owl: 100 });
  for (const images of [two, two.map((one) => ({ ...one, label: null }))]) {
    for (const name of ["reference", "shifted"]) {
      const order = stream(0, "asked", name).permutation(400);
      assert.deepEqual(
        drawImages(images, { most: 80, name }),
        [...order.subarray(0, 80)].sort((a, b) => a - b),
      );
    }
  }
});

Deno.test("drawImages() takes five of each class first where some would have too few, and more by share", () => {
  const images = ofClasses({
    ...each(0, 100, 20),
    rare: 3,
    small: 2000,
    large: 6000,
  });
  for (const name of ["reference", "shifted"]) {
    const counts = drawnOf(images, { most: 1000, name });
    assert.equal(counts.values().reduce((sum, n) => sum + n, 0), 1000);
    const ofEach = Array.from({ length: 100 }, (_, i) => counts.get(`c${i}`));
    assert.ok(ofEach.every((n = 0) => n >= 5), `${ofEach}`);
    assert.equal(counts.get("rare"), 3);
    const [small = 0, large = 0] = [counts.get("small"), counts.get("large")];
    assert.ok(large > 2 * small && large < 4 * small, `${small}, ${large}`);
  }
});

Deno.test("drawImages() leaves shifted images as they come where each class has one", () => {
  const images = ofClasses({ ...each(0, 20, 100), large: 8000 });
  const options = { most: 600, name: "shifted" };
  const counts = drawnOf(images, options);
  assert.equal(counts.size, 21);
  assert.ok(Math.min(...counts.values()) < 5);
  const order = stream(0, "asked", "shifted").permutation(images.length);
  assert.deepEqual(
    drawImages(images, options),
    [...order.subarray(0, 600)].sort((a, b) => a - b),
  );
});

Deno.test("drawImages() takes as many of each class as there is room for", () => {
  const counts = drawnOf(ofClasses(each(0, 100, 20)), {
    most: 250,
    name: "test",
  });
  assert.deepEqual([...new Set(counts.values())].sort(), [2, 3]);
  assert.equal(counts.size, 100);
});

Deno.test("drawImages() passes over a group for which there is no room, wherever it stands in the order", () => {
  const names = ["a", "b", "c", "d", "e"];
  for (const large of names) {
    const sizes = Object.fromEntries(
      names.map((name) => [name, name === large ? 30 : 5]),
    );
    assert.deepEqual(
      drawnOf(ofGroups(sizes), { most: 25, name: "shifted" }),
      new Map(names.filter((name) => name !== large).map((name) => [name, 5])),
    );
  }
});

Deno.test("drawImages() fills what groups leave of more than half with a part of one that is too large", () => {
  const images = ofGroups({ lone: 1, huge: 100, large: 80 });
  const taken = drawImages(images, { most: 50, name: "reference" });
  assert.equal(taken.length, 50);
  assert.deepEqual(new Set(taken).size, 50);
  assert.ok(taken.includes(0), "the one for which there is room");
  const groups = new Set(taken.map((i) => images[i]?.group));
  assert.equal(groups.size, 2);
});

Deno.test("drawImages() takes a random part of one group where all are too large", () => {
  const images = ofGroups({ a: 300, b: 300 });
  const counts = drawnOf(images, { most: 100, name: "shifted" });
  assert.deepEqual([...counts.values()], [100]);
  const drawn = drawImages(images, { most: 100, name: "shifted" })
    .map((i) => i % 300);
  assert.deepEqual(drawn, drawn.toSorted((a, b) => a - b));
  assert.ok(drawn.some((i) => i < 100) && drawn.some((i) => i >= 200));
});
