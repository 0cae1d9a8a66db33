import assert from "node:assert/strict";
import { classColours, tintImages } from "../../../shifts/tint.ts";
import { groupImages } from "../../../tasks/interventions/group_images.ts";
import { randomImages } from "../../models/training_fixture.ts";
import { runTask } from "../run_task.ts";

const images = randomImages(40);
const draw = { p: 0.4, seed: 9, subset: "test" };

Deno.test("groupImages() says of each image which class it is of and which colour it gets", async () => {
  const { names, of } = await runTask(groupImages, {
    images,
    by: { kind: "class and tint", draw },
  });
  assert.deepEqual(names.slice(0, 4), [
    "a in its own colour",
    "a in the colour of b",
    "a in the colour of c",
    "b in the colour of a",
  ]);
  assert.equal(names.length, 9);
  const { images: tinted } = tintImages(images, { ...draw, strength: 1 });
  const colours = classColours(3, draw.seed);
  for (const [i, group] of of.entries()) {
    assert.equal(Math.floor(group / 3), images.labels[i]);
    const red = Math.round(255 * (colours[group % 3]?.[0] ?? NaN));
    assert.equal(tinted[i * 8 * 8 * 3], red);
  }
  assert.ok(new Set(of).size > 6);
});

Deno.test("groupImages() tells an image's own colour from all others where asked", async () => {
  const each = await runTask(groupImages, {
    images,
    by: { kind: "class and tint", draw },
  });
  const { names, of } = await runTask(groupImages, {
    images,
    by: { kind: "class and own tint", draw },
  });
  assert.deepEqual(names, [
    "a in its own colour",
    "a in another colour",
    "b in its own colour",
    "b in another colour",
    "c in its own colour",
    "c in another colour",
  ]);
  for (const [i, group] of of.entries()) {
    const own = each.names[each.of[i] ?? -1]?.endsWith("its own colour");
    assert.equal(group, 2 * (images.labels[i] ?? NaN) + (own ? 0 : 1));
  }
});

Deno.test("groupImages() takes classes as groups where nothing biases them", async () => {
  const found = await runTask(groupImages, { images, by: { kind: "class" } });
  assert.deepEqual(found.names, images.classes);
  assert.deepEqual([...found.of], [...images.labels]);
});
