import assert from "node:assert/strict";
import { isOfReadOnlyStore, storeError } from "../../../engine/define/error.ts";

Deno.test("storeError() says that the disk is full", () => {
  const full = new Error("No space left on device (os error 28)");
  const error = storeError(full, { folder: "s" });
  assert.equal(
    error.message,
    'Cannot write to store "s": the disk is full; free some space and run again, finished stages are kept',
  );
  assert.equal(error.cause, full);
});

Deno.test("storeError() says that permission is missing", () => {
  const denied = new Deno.errors.PermissionDenied("(os error 13)");
  assert.equal(
    storeError(denied, { folder: "s" }).message,
    'Cannot write to store "s": permission denied; name another folder with --store',
  );
  const refused = new Deno.errors.NotCapable("Requires write access");
  assert.equal(
    storeError(refused, { folder: "s" }).message,
    'Cannot write to store "s": Deno may not; where a link leads there, name what it leads to with --store',
  );
  assert.equal(
    storeError(new Error("Read-only file system (os error 30)"), {
      folder: "s",
      action: "read",
    }).message,
    'Cannot read store "s": permission denied; name another folder with --store',
  );
});

Deno.test("isOfReadOnlyStore() tells what only reading can do from what goes wrong otherwise", () => {
  const of = (error: Error) =>
    isOfReadOnlyStore(storeError(error, { folder: "s" }));
  assert.ok(of(new Deno.errors.PermissionDenied("(os error 13)")));
  assert.ok(of(new Deno.errors.NotCapable("Requires write access")));
  assert.ok(of(new Error("Read-only file system (os error 30)")));
  assert.ok(!of(new Error("No space left on device (os error 28)")));
  assert.ok(!isOfReadOnlyStore(new Deno.errors.PermissionDenied("denied")));
});

Deno.test("storeError() says that the folder is none", () => {
  assert.equal(
    storeError(new Error("Not a directory (os error 20)"), { folder: "s" })
      .message,
    'Cannot write to store "s": a file is in the way; name another folder with --store',
  );
});

Deno.test("storeError() passes on what it does not know", () => {
  assert.equal(
    storeError(new Error("x"), { folder: "s" }).message,
    'Cannot write to store "s": x',
  );
  const known = storeError("y", { folder: "s" });
  assert.equal(storeError(known, { folder: "other" }), known);
});
