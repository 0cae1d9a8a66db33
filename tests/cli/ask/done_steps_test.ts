import assert from "node:assert/strict";
import {
  doneTo,
  stepsOfClasses,
  stepsOfCopies,
} from "../../../cli/ask/done_steps.ts";

const PACKED = {
  found: 4,
  names: ["a", "b"],
  unreadable: ["c is damaged"],
  copies: ["d is a copy of a"],
  groups: null,
};

Deno.test("doneTo() counts files that cannot be read and copies apart, and names none in public", () => {
  assert.deepEqual(
    doneTo("test", { packed: PACKED, listing: { remarks: ["all of it."] } }),
    [
      {
        text:
          "1 file of the test images cannot be read and was left out: c is damaged.",
        inShort:
          "1 file of the test images cannot be read and was left out: c is damaged.",
        inPublic: "1 file of the test images cannot be read and was left out.",
      },
      {
        text:
          "1 file of the test images is a copy of another and was left out: d is a copy of a.",
        inShort:
          "1 file of the test images is a copy of another and was left out: d is a copy of a.",
        inPublic:
          "1 file of the test images is a copy of another and was left out.",
      },
      { text: "test: all of it.", inPublic: "test: all of it." },
    ],
  );
});

Deno.test("doneTo() names all files for the page, some for the terminal, and says of how many images they were drawn", () => {
  const unreadable = Array.from(
    { length: 60 },
    (_, i) => `${i}.png is damaged`,
  );
  const [drawn, left] = doneTo("shifted", {
    packed: { ...PACKED, found: 100, unreadable, copies: [] },
    listing: { remarks: [] },
  });
  assert.equal(
    drawn?.text,
    "Of the 100 shifted images 62 were drawn at random.",
  );
  assert.match(
    left?.text ?? "",
    /58\.png is damaged; 59\.png is damaged\.$/,
  );
  assert.match(left?.inShort ?? "", /4\.png is damaged; and 55 more\.$/);
  const [inGroups] = doneTo("shifted", {
    packed: { ...PACKED, found: 100, groups: ["g", "h"] },
    listing: { remarks: [] },
  });
  assert.equal(
    inGroups?.text,
    "Of the 100 shifted images 4 were drawn at random, in whole groups as far as they fit.",
  );
});

Deno.test("stepsOfClasses() says that unlabelled images of classes that were left out may look new", () => {
  const textOf = (isLabelled: boolean) =>
    stepsOfClasses({ leftOut: ["cat", "owl"], vanished: [] }, { isLabelled })
      .map(({ text }) => text);
  const head =
    "Classes missing from at least one set were left out: cat and owl";
  assert.deepEqual(textOf(true), [
    `${head}; that they vanished or are new is a shift of which the answer tells nothing.`,
  ]);
  assert.deepEqual(textOf(false), [
    `${head}; shifted images of them, which have no labels, are still there and may look new.`,
  ]);
});

Deno.test("stepsOfCopies() names what was removed and where its equal is, and to everybody only how many", () => {
  const copies = [[
    { set: "test", name: "a/3.png" },
    { set: "shifted", name: "a/9.jpg" },
  ], [
    { set: "reference", name: "b/1.png" },
    { set: "shifted", name: "a/10.jpg" },
  ]] as const;
  const head =
    "2 examples are in another set as well, as far as can be seen, and were left out";
  const [step] = stepsOfCopies(copies, { isHeldOut: false });
  assert.equal(
    step?.text,
    `${head}: a/10.jpg of shifted is b/1.png of reference; a/9.jpg of shifted is a/3.png of test.`,
  );
  assert.equal(step?.inPublic, `${head}.`);
  // Test images that were held out are in the folder of the reference set.
  const [ofFolder] = stepsOfCopies(copies, { isHeldOut: true });
  assert.match(ofFolder?.text ?? "", /is a\/3\.png of reference\.$/);
  assert.deepEqual(stepsOfCopies([], { isHeldOut: true }), []);
});
