import assert from "node:assert/strict";
import { folderState } from "../../../engine/define/folder_state.ts";

const full = new Error("No space left on device (os error 28)");
const quota = new Error("Disk quota exceeded (os error 122)");
const denied = new Error("Read-only file system (os error 30)");
const inTheWay = new Error("Not a directory (os error 20)");
const refused = new Deno.errors.NotCapable("Requires write access");

Deno.test("folderState() names the option where there is one", () => {
  const of = (error: Error, option?: string) => folderState(error, { option });
  assert.equal(
    of(denied, "--to"),
    "permission denied; name another folder with --to",
  );
  assert.equal(of(denied), "permission denied; name another folder");
  assert.equal(
    of(refused, "--to"),
    "Deno may not; where a link leads there, name what it leads to with --to",
  );
  assert.equal(
    of(refused),
    "Deno may not; add the folder to the permissions in deno.json, or name another folder",
  );
});

Deno.test("folderState() tells another way out where one is given", () => {
  const use = { instead: "go home", whenFull: "all is kept" };
  assert.equal(
    folderState(inTheWay, use),
    "a file is in the way; go home",
  );
  for (const error of [full, quota]) {
    assert.equal(folderState(error, use), "the disk is full; all is kept");
  }
});

Deno.test("folderState() leaves alone what is about no such thing", () => {
  assert.equal(folderState(new Error("broken (os error 5)"), {}), undefined);
  assert.equal(folderState("x", {}), undefined);
});
