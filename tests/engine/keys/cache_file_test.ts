import assert from "node:assert/strict";
import { isNumber, recordOf } from "../../../engine/define/shape.ts";
import { cacheFile, type SmallFiles } from "../../../engine/keys/cache_file.ts";

const NAME = "numbers.json";

/** Files in memory. */
function memory(): SmallFiles & { readonly held: Map<string, Uint8Array> } {
  const held = new Map<string, Uint8Array>();
  return {
    held,
    readSmall: (name) => held.get(name),
    write: (name, bytes) => Promise.resolve(void held.set(name, bytes)),
  };
}

const numbersIn = (files: SmallFiles) =>
  cacheFile(NAME, { files, isContent: recordOf(isNumber) });

Deno.test("cacheFile() reads what was written, and nothing before", async () => {
  const files = memory();
  assert.equal(numbersIn(files).read(), undefined);
  await numbersIn(files).write({ "a\nb": 1 });
  assert.deepEqual(numbersIn(files).read(), { "a\nb": 1 });
});

Deno.test("cacheFile() reads nothing of a file whose bytes are others", async () => {
  const files = memory();
  await numbersIn(files).write({ a: 1 });
  const bytes = files.held.get(NAME) ?? new Uint8Array();
  for (let at = 0; at < bytes.length; at++) {
    files.held.set(NAME, bytes.with(at, (bytes[at] ?? 0) ^ 1));
    assert.equal(numbersIn(files).read(), undefined);
    files.held.set(NAME, bytes.slice(0, at));
    assert.equal(numbersIn(files).read(), undefined);
  }
});

Deno.test("cacheFile() reads nothing of another shape", async () => {
  const files = memory();
  await cacheFile(NAME, { files, isContent: (_): _ is unknown => true })
    .write({ a: "1" });
  assert.equal(numbersIn(files).read(), undefined);
});

Deno.test("cacheFile() bears files that cannot be written", async () => {
  const files = {
    readSmall: () => undefined,
    write: () => Promise.reject(new Error("Cannot write: read-only")),
  };
  await numbersIn(files).write({ a: 1 });
});
