import assert from "node:assert/strict";
import { newNotes } from "../../../cli/display/new_notes.ts";

Deno.test("newNotes() holds once for each text and never for none", () => {
  const isNew = newNotes();
  assert.equal(isNew(undefined), false);
  assert.equal(isNew("webgpu has no fast kernel for AdamW"), true);
  assert.equal(isNew("webgpu has no fast kernel for AdamW"), false);
  assert.equal(isNew("another"), true);
});
