import assert from "node:assert/strict";
import { parseIdx } from "../../../data/datasets/idx.ts";

const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9);

Deno.test("parseIdx() reads sizes and values", () => {
  assert.deepEqual(parseIdx(file), {
    shape: [1, 3],
    data: Uint8Array.of(7, 8, 9),
  });
});

Deno.test("parseIdx() throws when the file is of another kind or cut short", () => {
  const cases = [
    [
      Uint8Array.of(0, 0, 13, 1),
      "it does not begin as an array of bytes does",
    ],
    [new Uint8Array(), "it does not begin as an array of bytes does"],
    [file.slice(0, 9), "it ends within the sizes of its 2 axes"],
    [file.slice(0, 14), "an array of 1×3 bytes needs 3, not 2"],
  ] as const;
  for (const [bytes, state] of cases) {
    assert.throws(() => parseIdx(bytes), {
      name: "TypeError",
      message: `Cannot read an IDX file: ${state}`,
    });
  }
});
