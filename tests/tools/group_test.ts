import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { filesBelow } from "../files_below.ts";
import { fitNoTest, GROUP_NAMES, testsOf } from "../group.ts";

const TESTS = fileURLToPath(new URL("..", import.meta.url));

Deno.test("every test is in one group, and deno task test runs all groups", () => {
  const paths = filesBelow(TESTS);
  assert.deepEqual(
    GROUP_NAMES.flatMap((group) => testsOf(group, { full: false })).sort(),
    paths.filter((path) => path.endsWith("_test.ts")).sort(),
  );
  assert.deepEqual(config.test.include, ["tests/groups/*.ts"]);
  for (const name of GROUP_NAMES) {
    const module = Deno.readTextFileSync(`${TESTS}/groups/${name}.ts`);
    assert.match(module, new RegExp(`^await register\\("${name}"\\);$`, "m"));
  }
});

Deno.test("fitNoTest() finds the words that are in no path, and minds what is left out", () => {
  const full = { full: true };
  assert.deepEqual(
    fitNoTest(["cli/commands/new", "!slurm/", "tests/"], full),
    [],
  );
  assert.deepEqual(
    fitNoTest(["nosuch", "cli/", "!none", "tools/group_test"], full),
    ["nosuch", "!none", "tools/group_test"],
  );
  assert.deepEqual(fitNoTest(["tools/group_test"], { full: false }), []);
});

Deno.test("test:full runs every *_full.ts and every test that leaves something to it", () => {
  const paths = filesBelow(TESTS);
  const full = GROUP_NAMES.flatMap((group) => testsOf(group, { full: true }));
  assert.deepEqual(
    full.filter((path) => path.endsWith("_full.ts")).sort(),
    paths.filter((path) => path.endsWith("_full.ts")).sort(),
  );
  // A mention of what only it runs, by whatever import.
  const leaving = paths.filter((path) =>
    path.endsWith("_test.ts") &&
    /\b(?:inFull|fewOf|devicesOf)\(|\bisFull\b/.test(
      Deno.readTextFileSync(`${TESTS}/${path}`),
    ) && path !== "tools/group_test.ts"
  );
  assert.ok(leaving.length > 50);
  assert.deepEqual(leaving.filter((path) => !full.includes(path)), []);
});
