import assert from "node:assert/strict";
import {
  isLeftAside,
  otherFiles,
  otherNewFiles,
} from "../../../stats/asked/named_properties.ts";
import type { FoundRemainder } from "../../../stats/asked/ask_findings_schemas.ts";
import { evidence, fell, found, OTHER_FILES } from "./judged.ts";

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

Deno.test("otherNewFiles() names what as many files have otherwise as are new, where a shift is seen of no others", () => {
  const { shift } = evidence({ outside: 0.4 });
  assert(shift !== null);
  const named = (
    { isOfFile = true, absent = 0.17, low = 0.5 }:
      & Partial<FoundRemainder>
      & { isOfFile?: boolean },
  ) => {
    const properties = ["file type", "bytes"];
    return otherNewFiles({
      biases: properties.map((property) =>
        fell({ ofFile: isOfFile || undefined, property })
      ),
      shift: {
        ...shift,
        remainders: properties.map((property) => ({
          property,
          auroc: 0.52,
          low,
          high: 0.6,
          reached: 1 - absent,
          absent,
        })),
      },
      outOfSupport: found({ low: 0.17 }),
    });
  };
  assert.equal(named({}), "type");
  assert.equal(named({ absent: 0.16 }), "");
  assert.equal(named({ low: 0.51 }), "");
  assert.equal(named({ isOfFile: false }), "");
});
