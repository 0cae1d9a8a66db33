import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { filesBelow } from "../files_below.ts";
import { ALONE, GROUP_NAMES, testsOf } from "../group.ts";

const TESTS = fileURLToPath(new URL("..", import.meta.url));

Deno.test("every test that is no benchmark's is in one group, or alone, and deno task test runs all of them", () => {
  const paths = filesBelow(TESTS);
  assert.deepEqual(
    [...GROUP_NAMES.flatMap(testsOf), ...ALONE].sort(),
    paths.filter((path) =>
      path.endsWith("_test.ts") && !path.startsWith("bench/")
    ).sort(),
  );
  assert.deepEqual(
    config.test.include,
    ["tests/groups/*.ts", ...ALONE.map((path) => `tests/${path}`)],
  );
  for (const name of GROUP_NAMES) {
    const module = Deno.readTextFileSync(`${TESTS}/groups/${name}.ts`);
    assert.match(module, new RegExp(`^await register\\("${name}"\\);$`, "m"));
  }
});
