import assert from "node:assert/strict";
import { join } from "node:path";
import { filesBelow } from "../files_below.ts";

const TESTS = new URL("../", import.meta.url).pathname;

Deno.test("main.ts tries the properties of every file that has some", () => {
  const main = Deno.readTextFileSync(join(TESTS, "fuzz/main.ts"));
  const tried = [...main.matchAll(/^import "(.*)";$/gm)]
    .map(([, path = ""]) => join("fuzz", path));
  const all = filesBelow(TESTS.slice(0, -1)).filter((path) =>
    path.endsWith("_test.ts") &&
    /^import \{ fuzz \} from /m.test(Deno.readTextFileSync(join(TESTS, path)))
  );
  assert.deepEqual(tried.toSorted(), all.toSorted());
});
