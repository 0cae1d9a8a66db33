import assert from "node:assert/strict";
import { join } from "node:path";
import { editedFiles } from "../../cli/edited_files.ts";
import { gitCommit } from "../../cli/git_commit.ts";
import { ROOT } from "./rig.ts";

const commit = gitCommit(ROOT);

/** A project whose modules are made of these files. */
function made(...files: readonly string[]) {
  const filesOf = () => Promise.resolve(files.map((file) => join(ROOT, file)));
  return { project: { filesOf }, root: ROOT };
}

Deno.test("editedFiles() knows nothing where there is no commit", async () => {
  const edited = editedFiles([], { ...made("deno.json"), commit: null });
  assert.equal(await edited, undefined);
});

Deno.test({
  name: "editedFiles() names files that no commit has, in order",
  ignore: commit === null,
  async fn() {
    const edited = await editedFiles([], {
      ...made("z/none.ts", "../beside.ts", "LICENSE"),
      commit,
    });
    assert.deepEqual(edited, ["../beside.ts", "z/none.ts"]);
  },
});
