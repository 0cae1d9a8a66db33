import assert from "node:assert/strict";
import { bytes, json } from "../../../engine/define/codec.ts";
import { orElse } from "../../../engine/define/or_else.ts";
import { isRef, targetOf } from "../../../engine/define/ref.ts";
import { anyTaskOf, defineTask } from "../../../engine/define/task.ts";
import type { TaskContext } from "../../../engine/define/task_context.ts";

const make = defineTask({
  module: import.meta.url,
  name: "make",
  result: bytes,
  run: (_: unknown) => new Uint8Array(),
});
const pair = defineTask({
  module: import.meta.url,
  name: "pair",
  result: { left: bytes, right: bytes },
  run: (_: unknown) => ({ left: new Uint8Array(), right: new Uint8Array() }),
});

const CONTEXT: TaskContext = {
  signal: new AbortController().signal,
  environment: {},
  scratch: {
    load: () => Promise.resolve(undefined),
    save: () => Promise.resolve(),
  },
  progress: () => {},
  fetch: () => Promise.reject(new TypeError("Cannot fetch in this test")),
};

Deno.test("a task call gives a ref, or a record of one for each field", () => {
  const ref = make({ a: 1 });
  assert.ok(isRef(ref));
  assert.equal(targetOf(ref).field, "value");
  const { left, right } = pair({});
  assert.deepEqual([targetOf(left).field, targetOf(right).field], [
    "left",
    "right",
  ]);
  assert.equal(targetOf(left).stage, targetOf(right).stage);
});

Deno.test("defineTask() refuses a name that is no identifier", () => {
  assert.throws(() => defineTask({ ...make.task, name: "a-b" }), {
    message: 'Cannot define task "a-b": a task is named after its export',
  });
});

Deno.test("defineTask() refuses a codec of which nothing says where its code is", () => {
  const { encode, decode } = bytes;
  for (
    const codec of [
      { name: "bytes", encode, decode },
      { ...bytes, decode: (value: Uint8Array) => value.toReversed() },
      { ...json({ parse: Number }), decode: () => 1 },
    ]
  ) {
    for (const [field, result] of [["value", codec], ["a", { a: codec }]]) {
      const made = () => defineTask({ ...make.task, result: result as never });
      assert.throws(made, {
        name: "TypeError",
        message:
          `Cannot define task "make": nothing says which module the codec of its ${field} is from; export it as define(import.meta.url, "its name", { name, encode, decode })`,
      });
    }
  }
});

Deno.test("anyTaskOf() refuses what is not a task", () => {
  assert.throws(() => anyTaskOf(1), {
    message: "Cannot run 1: it is not a task",
  });
});

Deno.test("a task refuses orElse() among its arguments", () => {
  const part = orElse<number>(1, () => 0);
  assert.throws(() => make({ value: part }, "a"), {
    name: "TypeError",
    message:
      'Cannot use argument "value" of stage "make/a": a part that may be missing (orElse) belongs into a pipeline\'s output, not among the arguments of a task',
  });
});

Deno.test("a task call names its stage by the task, and its label", () => {
  const names = [make({}), make({}, "a")].map((ref) =>
    targetOf(ref).stage.name
  );
  assert.deepEqual(names, ["make", "make/a"]);
});

Deno.test("anyTaskOf() gives results by field, whether they have one or several", async () => {
  const [one, two] = [anyTaskOf(make), anyTaskOf(pair)];
  assert.deepEqual(Object.keys(one.codecs), ["value"]);
  assert.deepEqual(Object.keys(two.codecs), ["left", "right"]);
  const empty = new Uint8Array();
  assert.deepEqual(await one.run({}, CONTEXT), { value: empty });
  assert.deepEqual(await two.run({}, CONTEXT), { left: empty, right: empty });
  assert.equal(one.together, undefined);
});

Deno.test("anyTaskOf() gives what stages make together by field, and what ends one as it is", async () => {
  const reason = new RangeError("the loss is NaN");
  const task = defineTask({
    ...make.task,
    together: {
      most: () => 2,
      group: () => null,
      run: () =>
        Promise.resolve([
          { status: "fulfilled", value: Uint8Array.of(1) },
          { status: "rejected", reason },
        ]),
    },
  });
  assert.deepEqual(await anyTaskOf(task).together?.run([]), [
    { status: "fulfilled", value: { value: Uint8Array.of(1) } },
    { status: "rejected", reason },
  ]);
});
