/** What a run says whose store, or the code in it, is removed under it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { CHAIN } from "./chain.ts";
import { newRig } from "./rig.ts";

for (
  const [what, path, message] of [
    [
      "the store",
      "",
      /^Cannot go on with store "[^"]+": it was removed while it was used; run the command again$/,
    ],
    [
      "the code that stages are run from",
      "code",
      /^Cannot go on: "[^"]+\/code\/[^"]+" was removed, which stages are run from; finished stages are kept, run the command again$/,
    ],
  ] as const
) {
  Deno.test(`reproduce() ends with one error if ${what} is removed while it runs`, async () => {
    await using rig = await newRig(CHAIN);
    const kinds: string[] = [];
    const remove = () =>
      Deno.removeSync(join(rig.store, path), { recursive: true });
    const ended = rig.reproduce({
      emit({ kind }) {
        kinds.push(kind);
        if (kind === "stage-finished") remove();
      },
    });
    await assert.rejects(ended, { name: "StoreError", message });
    assert.ok(!kinds.includes("stage-failed"));
    assert.deepEqual(rig.counted(), ["load"]);
  });
}
