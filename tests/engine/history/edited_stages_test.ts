import assert from "node:assert/strict";
import {
  claimsOf,
  editedStages,
  isAmong,
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

Deno.test("claimsOf() has an edit in common of tasks on a device and of others, on the same platform", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  rig.edit("helper.ts", ["return size;", "return size + 1;"]);
  const { store } = await rig.open();
  const [load] = editedStages(await rig.planned(), store);
  assert.ok(load !== undefined);
  const { ofEdit } = claimsOf(load);
  const on = (environment: Readonly<Record<string, string>>) => ({
    ...load,
    key: { ...load.key, task: "train.ts#train" },
    edit: {
      ...load.edit,
      environment: { ...load.edit.environment, ...environment },
    },
  });
  const refuted = new Set([ofEdit]);
  assert.ok(isAmong(claimsOf(on({ device: "wasm" })), refuted));
  assert.ok(!isAmong(claimsOf(on({ platform: "another" })), refuted));
});
