import assert from "node:assert/strict";
import { existsSync } from "node:fs";

const ROOT = new URL("../../", import.meta.url);

/** Files and folders that a text names: what is linked, and what looks like a path in it. */
function pathsIn(text: string): readonly string[] {
  const linked = [...text.matchAll(/\]\(([^)#:]+)\)/g)];
  const named = [...text.matchAll(/`([\w.-]+\/[\w./-]*)`/g)];
  return [...linked, ...named].map(([, path = ""]) => path);
}

/** What only a command makes, or only an example has. */
const MADE =
  /^(site(-\w+)?|\.store|own|er|photos|runs|tests\/browser\/shots)\//;

Deno.test("pathsIn() finds links and paths, and no pattern", () => {
  assert.deepEqual(
    pathsIn(
      "[a](docs/a.md), [b](https://b.org), `cli/b.ts` and `tests/`; not `data/<name>.ts`, `a b/c` or `--to`",
    ),
    ["docs/a.md", "cli/b.ts", "tests/"],
  );
});

for (const guide of ["README.md", "CONTRIBUTING.md"]) {
  Deno.test(`${guide} names only files that are there`, async () => {
    const text = await Deno.readTextFile(new URL(guide, ROOT));
    const gone = pathsIn(text).filter((path) =>
      !MADE.test(path) && !existsSync(new URL(path, ROOT))
    );
    assert.deepEqual(gone, []);
  });
}
