import assert from "node:assert/strict";
import {
  editedStages,
  withAccepted,
} from "../../../engine/history/edited_stages.ts";
import { readStored } from "../../../engine/history/read_stored.ts";
import {
  ACCEPTED_EDITS,
  textOfAccepted,
} from "../../../engine/keys/accepted_edits.ts";
import { CHAIN } from "../chain.ts";
import { newRigHere } from "../rig.ts";

Deno.test("a run, and what is read without one, tell which stages are of before accepted edits", async () => {
  await using rig = await newRigHere(CHAIN);
  const first = await rig.reproduce();
  assert.deepEqual(first.result.accepted, new Set());
  rig.edit("helper.ts", ["return size;", "return size + 0;"]);
  const { store } = await rig.open();
  const edited = editedStages(await rig.planned(), store);
  assert.deepEqual(edited.map(({ node }) => node.stage.name), ["load"]);
  rig.files[ACCEPTED_EDITS] = textOfAccepted(
    withAccepted([], {
      same: edited,
      refuted: new Set(),
      moment: "2026-01-01T00:00:00.000Z",
    }),
  );
  const { runs, result } = await rig.reproduce();
  assert.deepEqual(runs, []);
  assert.deepEqual(result.accepted, new Set(["load"]));
  const stored = await readStored(await rig.open(), { runs: [] });
  assert.ok(stored.kind === "complete");
  assert.deepEqual(stored.done.result.accepted, new Set(["load"]));
});
