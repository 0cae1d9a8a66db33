import assert from "node:assert/strict";
import {
  isLeftAside,
  otherFiles,
} from "../../../stats/asked/named_properties.ts";
import { fell, OTHER_FILES } from "./judged.ts";

Deno.test("isLeftAside() asks that a file's values changed for sure", () => {
  for (const [low, is] of [[0.1, false], [0.2, true]] as const) {
    const moved = { value: 0.25, low, high: 0.3 };
    assert.equal(isLeftAside({ ofFile: true, moved }), is);
    assert.equal(isLeftAside({ moved }), false);
  }
});

Deno.test("otherFiles() names what nearly all files have otherwise, as measured", () => {
  const named = (value: number) =>
    otherFiles([fell({
      ...OTHER_FILES,
      property: "file type",
      moved: { value, low: 0.8, high: 0.95 },
    })]);
  assert.deepEqual([0.85, 0.9].map(named), ["", "type"]);
});
