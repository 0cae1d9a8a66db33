import assert from "node:assert/strict";
import {
  isPlainPath,
  readWritten,
  writtenText,
} from "../../../reports/site/written_list.ts";

const DIGEST = "0".repeat(64);

Deno.test("readWritten() reads what writtenText() wrote, in order of path", () => {
  const files = { b: DIGEST, "a/c": DIGEST };
  const text = writtenText({ files, profile: "smoke" });
  assert.deepEqual(readWritten(text), { files, profile: "smoke" });
  assert.ok(text.indexOf("a/c") < text.indexOf('"b"'));
  assert.deepEqual(readWritten(writtenText({ files: {} })), { files: {} });
});

for (
  const text of [
    "",
    "{",
    "{}",
    '{"files":{"a":"1"}}',
    `{"files":{"../a":"${DIGEST}"}}`,
    `{"files":{"/a":"${DIGEST}"}}`,
  ]
) {
  Deno.test(`readWritten() takes ${text || "nothing"} for no list`, () => {
    assert.equal(readWritten(text), undefined);
  });
}

Deno.test("isPlainPath() is false for what leads elsewhere or is written in two ways", () => {
  for (const path of ["a", "a/b.c", ".nojekyll", "..a", "__proto__"]) {
    assert.ok(isPlainPath(path), path);
  }
  for (const path of ["", ".", "..", "/a", "a/", "a//b", "a/./b", "a/../b"]) {
    assert.ok(!isPlainPath(path), path);
  }
});
