import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import { drawnIcons } from "../../../data/drawings/drawn_icons.ts";
import { iconSets } from "../../../data/drawings/icon_sets.ts";
import type { Images } from "../../../data/images/images.ts";
import { quickDraw } from "../../../data/drawings/quick_draw.ts";
import {
  rejectedRenditions,
  renditionNames,
} from "../../../data/drawings/rendition_names.ts";
import { drawRenditions } from "../../../data/drawings/renditions.ts";
import {
  readSketches,
  sketchCategories,
} from "../../../data/drawings/sketches.ts";
import project from "../../../package.json" with { type: "json" };
import { loadDrawings } from "../../../tasks/datasets/load_drawings.ts";
import { contextOnCpu } from "../../tasks/context.ts";
import { isFull, test } from "../../full.ts";

const listed = renditionNames.flatMap(({ set, names }) =>
  names.map((name) => `${set}:${name}`)
);

function digestsOf({ images, labels }: Images): readonly string[] {
  const size = images.length / labels.length;
  return Array.from(
    labels,
    (_, i) =>
      createHash("sha256").update(images.subarray(i * size, (i + 1) * size))
        .digest("hex"),
  );
}

function counts({ labels, classes }: Images): readonly number[] {
  return classes.map((_, label) =>
    Array.from(labels).filter((one) => one === label).length
  );
}

Deno.test("renditionNames lists each drawing once, of sets and classes that exist, and none that was rejected", () => {
  assert.equal(new Set(listed).size, listed.length);
  const prefixes = iconSets.map(({ prefix }) => prefix);
  for (const { set, label } of renditionNames) {
    assert.ok(prefixes.includes(set), set);
    assert.ok(cifar10.classes.includes(label), label);
  }
  const rejected = Object.keys(rejectedRenditions);
  assert.deepEqual(listed.filter((name) => rejected.includes(name)), []);
});

Deno.test("iconSets are the packages of package.json, under licences that ask for attribution at most", async () => {
  assert.deepEqual(
    iconSets.map(({ source, version }) => [source, version]).sort(),
    Object.entries(project.dependencies)
      .filter(([name]) => name.startsWith("@iconify-json/")).sort(),
  );
  for (const { prefix, source, licence } of iconSets) {
    const info = JSON.parse(
      await Deno.readTextFile(
        new URL(import.meta.resolve(`${source}/info.json`)),
      ),
    );
    assert.equal(info.license.spdx, licence, prefix);
    assert.match(licence, /^(MIT|Apache-2\.0|CC-BY-[34]\.0)$/, prefix);
  }
});

test.inFull("drawRenditions() draws every listed drawing in the format of CIFAR-10, near-duplicates once", async () => {
  let made = 0;
  for (const look of ["colour", "monochrome"] as const) {
    const { images, names, duplicates, skipped } = await drawRenditions(look);
    assert.deepEqual(skipped, []);
    assert.deepEqual(images.shape, cifar10.shape);
    assert.deepEqual(images.classes, cifar10.classes);
    assert.equal(new Set(digestsOf(images)).size, images.labels.length);
    assert.equal(names.length, images.labels.length);
    assert.ok(counts(images).every((n) => n >= 4), `${counts(images)}`);
    made += images.labels.length + duplicates;
  }
  assert.equal(made, listed.length);
});

Deno.test("readSketches() gives black sketches on white of nine classes", async () => {
  const sketches = await readSketches(2);
  assert.deepEqual(counts(sketches), [2, 4, 14, 2, 0, 2, 2, 2, 8, 6]);
  const { images } = sketches;
  for (let i = 0; i < images.length; i += 3) {
    assert.ok(images[i] === images[i + 1] && images[i] === images[i + 2]);
  }
  // Ground around the sketch, ink in it.
  assert.equal(images[0], 255);
  assert.ok(images.includes(0));
});

Deno.test("no category is in both pre-training and evaluation data", () => {
  const categories = Object.values(sketchCategories).flat();
  assert.deepEqual(
    categories.filter((name) => quickDraw.classes.includes(name)),
    [],
  );
});

if (isFull) {
  Deno.test("no image is in both pre-training and evaluation data", async () => {
    const evaluation = [
      await readSketches(100),
      (await drawRenditions("colour")).images,
      (await drawRenditions("monochrome")).images,
    ].flatMap(digestsOf);
    const pretraining = await loadDrawings.task.run(
      { seed: 0, perClass: 100 },
      contextOnCpu(),
    );
    const { images: icons } = await drawnIcons({
      seed: 0,
      leastSets: 9,
      colourings: 3,
    });
    const seen = new Set([pretraining, icons].flatMap(digestsOf));
    assert.ok(seen.size > 40_000);
    assert.deepEqual(evaluation.filter((digest) => seen.has(digest)), []);
  });
}
