import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "../files_below.ts";

const TESTS = fileURLToPath(new URL("..", import.meta.url));

/** Imports of a test that leaves something to `deno task test:full`. */
const LEAVES =
  /import \{[^}]*\b(inFull|isFull|fewOf|test|devicesOf)\b[^}]*\} from "/;

const read = (path: string) => Deno.readTextFileSync(join(TESTS, path));

Deno.test("every test that leaves something to test:full has a neighbour that runs all of it, and every other *_full.ts has tests of its own", () => {
  const paths = filesBelow(TESTS);
  const tests = paths.filter((path) => path.endsWith("_test.ts"));
  const neighbours = new Set<string>();
  for (const path of tests) {
    const full = path.replace(/_test\.ts$/, "_full.ts");
    if (paths.includes(full)) neighbours.add(full);
    assert.equal(LEAVES.test(read(path)), paths.includes(full), path);
    if (!paths.includes(full)) continue;
    assert.equal(read(full), `import "./${basename(path)}";\n`);
  }
  assert.ok(neighbours.size > 0);
  for (const path of paths.filter((path) => path.endsWith("_full.ts"))) {
    if (neighbours.has(path)) continue;
    assert.match(
      read(path),
      /^ *(?:Deno\.test|onEachDevice|slurmTest)\(/m,
      path,
    );
  }
});
