import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "../engine/files_below.ts";

const TESTS = fileURLToPath(new URL("..", import.meta.url));

/** Imports of a test that leaves something to `deno task test:full`. */
const LEAVES = /import \{[^}]*\b(inFull|isFull|devicesOf)\b[^}]*\} from "/;

Deno.test("every test that leaves something to test:full has a neighbour that runs all of it, and no other has", () => {
  const paths = filesBelow(TESTS);
  const leaving = paths.filter((path) =>
    path.endsWith("_test.ts") &&
    LEAVES.test(Deno.readTextFileSync(join(TESTS, path)))
  );
  assert.ok(leaving.length > 0);
  assert.deepEqual(
    paths.filter((path) => path.endsWith("_full.ts")),
    leaving.map((path) => path.replace(/_test\.ts$/, "_full.ts")).sort(),
  );
  for (const path of leaving) {
    assert.equal(
      Deno.readTextFileSync(
        join(TESTS, path.replace(/_test\.ts$/, "_full.ts")),
      ),
      `import "./${basename(path)}";\n`,
    );
  }
});
