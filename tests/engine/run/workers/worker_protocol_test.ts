import assert from "node:assert/strict";
import {
  isUnavailable,
  SourceUnavailableError,
  StageError,
} from "../../../../engine/define/error.ts";
import { bytes } from "../../../../engine/define/codec.ts";
import { define, sourceOf } from "../../../../engine/define/definition.ts";
import { targetOf } from "../../../../engine/define/ref.ts";
import { defineTask } from "../../../../engine/define/task.ts";
import {
  errorOf,
  failureOf,
  requestOf,
} from "../../../../engine/run/workers/worker_protocol.ts";

function taskOf(name: string) {
  return defineTask({
    module: `file:///${name}.ts`,
    name,
    result: bytes,
    run: (_: unknown) => new Uint8Array(),
  });
}

Deno.test("errorOf() gives back what failureOf() was given", () => {
  const error = new RangeError("a", { cause: new TypeError("b") });
  const back = errorOf(structuredClone(failureOf(error)));
  assert.equal(back.name, "RangeError");
  assert.equal(back.message, "a");
  assert.equal(back.stack, error.stack);
  assert.ok(back.cause instanceof Error);
  assert.equal(back.cause.name, "TypeError");
  assert.equal(errorOf(failureOf("text")).message, "text");
});

Deno.test("requestOf() says where artifacts and definitions go, and what reads and makes them", () => {
  const load = taskOf("load");
  const tint = define("file:///tint.ts", "tint", { apply: () => 0 });
  const ref = taskOf("train")(
    { images: [load({})], shift: tint, epochs: 3 },
    "a",
  );
  const request = requestOf(targetOf(ref).stage, {
    inputs: { "images[0]": "1".repeat(64) },
    environment: { device: "wasm" },
  });
  assert.deepEqual(request, {
    stage: "train/a",
    task: { module: "file:///train.ts", name: "train" },
    args: { images: [null], shift: null, epochs: 3 },
    inputs: {
      "images[0]": {
        digest: "1".repeat(64),
        codec: sourceOf(bytes),
      },
    },
    definitions: { shift: { module: "file:///tint.ts", name: "tint" } },
    environment: { device: "wasm" },
  });
  assert.deepEqual(structuredClone(request), request);
});

Deno.test("errorOf() keeps apart that a source cannot be had", () => {
  const error = new StageError("load", "Cannot load", {
    cause: new SourceUnavailableError("Cannot read it: it is not installed"),
  });
  const back = errorOf(structuredClone(failureOf(error)));
  assert.ok(isUnavailable(back));
  assert.equal(back.message, error.message);
});
