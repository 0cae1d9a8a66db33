import assert from "node:assert/strict";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import { namesOf } from "../../../cli/new/names.ts";

Deno.test("namesOf() writes a name as each place has it", () => {
  assert.deepEqual(namesOf("small-rotation-2x"), {
    kebab: "small-rotation-2x",
    snake: "small_rotation_2x",
    title: "Small rotation 2x",
    shift: "smallRotation2xShift",
    pipeline: "smallRotation2xPipeline",
  });
  assert.equal(namesOf("colour-shift").shift, "colourShift");
});

Deno.test("namesOf() exports no reserved word", () => {
  for (const word of ["new", "default", "class", "await"]) {
    const { shift, pipeline } = namesOf(word);
    assert.deepEqual(
      [shift, pipeline],
      [`${word}Shift`, `${word}Pipeline`],
    );
  }
});

Deno.test("namesOf() refuses what is no name in one line, with the name that was perhaps meant", () => {
  const state = (name: string) => {
    try {
      namesOf(name);
    } catch (error) {
      assert.ok(error instanceof UsageError);
      assert.doesNotMatch(error.message, /\n/);
      assert.match(
        error.message,
        /: a name is lower-case words joined by hyphens, 36 letters at most/,
      );
      return /did you mean "(.*)"\?$/.exec(error.message)?.[1];
    }
    assert.fail(`${name} is taken for a name`);
  };
  assert.equal(state("smallRotation"), "small-rotation");
  assert.equal(state("Small rotation!"), "small-rotation");
  assert.equal(state("small_rotation.ts"), "small-rotation");
  assert.equal(state("../evil"), "evil");
  assert.equal(state("2-tints"), "tints");
  assert.equal(state("-a"), "a");
  assert.equal(state("a--b"), "a-b");
  assert.equal(state(""), undefined);
  assert.equal(state("…"), undefined);
  assert.equal(state("a".repeat(37)), undefined);
});
