import assert from "node:assert/strict";
import { secondsInOthers } from "../../../cli/ask/other_questions.ts";
import type { Store } from "../../../engine/store/store.ts";

const SECONDS: Readonly<Record<string, number>> = { a: 2, b: 4 };

/** Keys of stages are called like them, in two questions. */
const STORE = {
  lastKeys: (pipeline: string): Readonly<Record<string, string>> =>
    pipeline === "asked-a.default"
      ? { read: "a", tell: "a" }
      : pipeline === "asked-b.default"
      ? { read: "b" }
      : {},
  secondsOf: (key: string) => SECONDS[key],
} satisfies Pick<Store, "lastKeys" | "secondsOf">;

Deno.test("secondsInOthers() gives the mean of what a stage took in other questions, where it has run", () => {
  const seconds = secondsInOthers(
    new Set(["asked-a", "asked-b", "asked-new"]),
    { profile: "default", store: STORE },
  );
  assert.deepEqual(
    [seconds("read"), seconds("tell"), seconds("find")],
    [3, 2, undefined],
  );
});
