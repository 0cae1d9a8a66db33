import assert from "node:assert/strict";
import { cifar10 } from "../../../data/datasets/cifar10.ts";
import { conceptOf, iconConcepts } from "../../../data/drawings/icon_concepts.ts";
import { type IconFile, readIcons } from "../../../data/drawings/icon_drawing.ts";
import {
  iconRelatives,
  LEAST_SETS,
  withoutIconRelatives,
} from "../../../data/drawings/icon_relatives.ts";
import { iconSets } from "../../../data/drawings/icon_sets.ts";
import { renditionNames } from "../../../data/drawings/rendition_names.ts";

const files = await Promise.all(iconSets.map(readIcons));
const concepts = iconConcepts(files, { leastSets: LEAST_SETS });
const relatives = Object.values(iconRelatives).flat();

function setOf(prefix: string, names: readonly string[]): IconFile {
  return {
    prefix,
    icons: Object.fromEntries(names.map((name) => [name, { body: "" }])),
  };
}

Deno.test("conceptOf() leaves out how a thing is drawn and which of several drawings it is", () => {
  assert.deepEqual(
    ["anchor", "anchor-bold", "house-02", "door-filled-3", "line", "t-shirt"]
      .map(conceptOf),
    ["anchor", "anchor", "house", "door", "line", "t-shirt"],
  );
});

Deno.test("iconConcepts() takes what many sets draw, hidden drawings apart", () => {
  const nine = Array.from({ length: 9 }, (_, i) =>
    setOf(`${i}`, ["ant", "zebra-bold", ...i < 8 ? ["bed"] : [], "cat"]));
  const hidden: IconFile = {
    prefix: "9",
    icons: { bed: { body: "", hidden: true }, "ant-2": { body: "" } },
  };
  const found = iconConcepts([...nine, hidden], { leastSets: 9 });
  assert.deepEqual(found.map(({ name }) => name), ["ant", "zebra"]);
  assert.deepEqual(found[0]?.drawings.at(-1), { set: 9, name: "ant-2" });
  assert.equal(found[0]?.drawings.length, 10);
});

Deno.test("iconConcepts() refuses concepts that few sets draw, and none", () => {
  assert.throws(() => iconConcepts([], { leastSets: 8 }), {
    name: "RangeError",
    message:
      "Cannot take icon concepts that 8 sets draw: relatives of the classes are known among those of 9 or more",
  });
  assert.throws(() => iconConcepts([], { leastSets: 9 }), {
    name: "RangeError",
    message: "Cannot take icon concepts: none is drawn by 9 of 0 sets",
  });
});

Deno.test("iconRelatives has every class of CIFAR-10, and concepts that many sets draw", () => {
  assert.deepEqual(Object.keys(iconRelatives).sort(), [...cifar10.classes]);
  assert.equal(new Set(relatives).size, relatives.length);
  for (const relative of relatives) {
    const sets = files.filter(({ icons }) =>
      Object.keys(icons).some((name) => conceptOf(name) === relative)
    );
    assert.ok(sets.length >= LEAST_SETS, `${relative}: ${sets.length}`);
  }
});

Deno.test("no drawing of an icon concept shows a class of CIFAR-10", () => {
  const shown = new Set(renditionNames.flatMap(({ set, names }) =>
    names.map((name) => `${set}:${name}`)
  ));
  const drawings = concepts.flatMap(({ drawings }) =>
    drawings.map(({ set, name }) => `${files[set]?.prefix}:${name}`)
  );
  assert.ok(drawings.length > 3000);
  assert.deepEqual(drawings.filter((name) => shown.has(name)), []);
});

/** Words that name a class, a kind of it or a relative, looked for in every concept. */
const WORDS = new Set(
  `aircraft airplane airport ambulance antelope automobile bird boat bull bus
   calf camel canoe car cat chick chicken cow crow deer dog donkey dove duck
   eagle ewe ferry fire-engine flamingo foal frog giraffe goat goose helicopter
   horse jeep jet kitten leopard limousine lion lorry moose owl ox parrot peacock
   penguin plane pony poodle puppy racing ram raven rooster sailboat sheep ship
   speedboat stag swan taxi tiger toad tractor train tram truck turkey unicorn
   van vehicle vessel wolf yacht zebra`.split(/\s+/),
);

Deno.test("no icon concept has a word that names a class of CIFAR-10 or its relatives", () => {
  const names = concepts.map(({ name }) => name);
  assert.ok(names.length > 200);
  const near = (name: string) =>
    name.split("-").some((word) =>
      WORDS.has(word) || WORDS.has(word.replace(/s$/, ""))
    );
  assert.deepEqual(names.filter(near), []);
  // The words find what was left out.
  const missed = relatives.filter((name) => !near(name));
  assert.deepEqual(missed, ["rocket", "satellite"]);
  assert.deepEqual(withoutIconRelatives(relatives), []);
});
