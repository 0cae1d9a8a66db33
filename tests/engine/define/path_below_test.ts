import assert from "node:assert/strict";
import { pathBelow } from "../../../engine/define/path_below.ts";

Deno.test("pathBelow() gives the way to what lies in a folder, and none to what lies elsewhere", () => {
  assert.equal(pathBelow("/a/b", "/a/b/c/d"), "c/d");
  assert.equal(pathBelow("/a/b", "/a/b"), "");
  assert.equal(pathBelow("/a/b", "/a"), undefined);
  assert.equal(pathBelow("/a/b", "/a/bc"), undefined);
});

Deno.test("pathBelow() takes no name that begins with dots for a way out", () => {
  assert.equal(pathBelow("/a", "/a/..b/c"), "..b/c");
  assert.equal(pathBelow("/a", "/a/..."), "...");
});
