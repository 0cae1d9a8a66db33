import assert from "node:assert/strict";
import { bytes } from "../../../engine/define/codec.ts";
import { define } from "../../../engine/define/definition.ts";
import {
  callsIn,
  isInlineCall,
  withCalls,
} from "../../../engine/define/inline.ts";
import { leavesOf } from "../../../engine/define/leaves.ts";
import { mapLeaves, targetOf } from "../../../engine/define/ref.ts";
import { defineTask } from "../../../engine/define/task.ts";

const run = (_: unknown) => new Uint8Array();
const options = { module: import.meta.url, result: bytes, run };
const make = defineTask({ ...options, name: "make" });
const shift = defineTask({ ...options, name: "shift", inline: true });
const mix = defineTask({ ...options, name: "mix", inline: true });
const how = define(import.meta.url, "how", {});

const plain = make({}, "plain");
const shifted = shift({ images: plain, how, "a.b": [1, { c: undefined }] });
const uses = [
  { images: shifted, n: 1 },
  { sets: { one: mix([shifted, plain]), other: shift(plain) }, e: {} },
  shifted,
  { a: make({ images: shifted }, "stage") },
].map((args, i) => targetOf(make(args, `use-${i}`)).stage);

Deno.test("leavesOf() has the leaves of a call where withCalls() puts them", () => {
  for (const stage of uses) {
    const placed: (readonly [string, unknown])[] = [];
    mapLeaves(withCalls(stage.args), (leaf, path) => placed.push([path, leaf]));
    assert.deepEqual(
      leavesOf(stage).map(({ path, leaf }) => [path, leaf]),
      placed,
    );
    assert.equal(new Set(placed.map(([path]) => path)).size, placed.length);
  }
  assert.deepEqual(leavesOf(uses[0] as never).map(({ path }) => path), [
    "images.by",
    "images.from.images",
    "images.from.how",
    "images.from.a\\.b[0]",
    "images.from.a\\.b[1]",
    "images.field",
    "n",
  ]);
});

Deno.test("callsIn() names the calls of a stage as far down as they go, each with its definitions, and not those of other stages", () => {
  assert.deepEqual(uses.map(callsIn), [
    ["shift (how)"],
    ["mix", "shift (how)", "shift"],
    ["shift (how)"],
    [],
  ]);
});

Deno.test("isInlineCall() takes nothing else for a call", () => {
  const call = withCalls(shifted) as object;
  assert.ok(isInlineCall(call));
  for (
    const other of [
      { ...call, field: 1 },
      { ...call, by: make },
      { ...call, by: how },
      { by: shift, from: {} },
      [call],
      null,
    ]
  ) assert.ok(!isInlineCall(other));
});
