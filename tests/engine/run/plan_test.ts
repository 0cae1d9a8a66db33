import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOfKey, type Key } from "../../../engine/keys/key.ts";
import { CHAIN } from "../chain.ts";
import { newRigHere } from "../rig.ts";

Deno.test("plan() runs and writes nothing", async () => {
  await using rig = await newRigHere(CHAIN);
  assert.deepEqual(await rig.plan(), {
    load: ["never run before"],
    train: ["never run before"],
    evaluate: ["never run before"],
  });
  assert.deepEqual(rig.counted(), []);
  const entries = await Array.fromAsync(
    Deno.readDir(rig.store),
    ({ name }) => name,
  );
  assert.deepEqual(entries.sort(), ["format.json", "tmp"]);
});

Deno.test("plan() says of a stage that was stopped that it goes on", async () => {
  await using rig = await newRigHere(CHAIN);
  const { store } = await rig.open();
  const [load] = await rig.planned();
  const { scratch } = store;
  await scratch(digestOfKey(load?.key as Key)).save(new Uint8Array([1]));
  assert.deepEqual(await rig.plan(), {
    load: ["stopped before it ended, and goes on from there"],
    train: ["never run before"],
    evaluate: ["never run before"],
  });
});

Deno.test("plan() gives the key, the key before and the record of a stage", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  const [load, train, evaluate] = await rig.planned();
  assert.equal(load?.state, "cached");
  assert.deepEqual(load?.before, load?.key);
  assert.equal(load?.record?.stage, "load");
  assert.equal(train?.state, "run");
  assert.deepEqual(train?.before?.params, { epochs: 12 });
  assert.deepEqual(train?.key.params, { epochs: 13 });
  assert.equal(train?.key.task, "train.ts#train");
  assert.equal(evaluate?.state, "may-run");
  assert.deepEqual(evaluate?.key.inputs, {});
});

Deno.test("plan() says for certain that a stage runs whose own code changed, though it waits for another", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  rig.edit("evaluate.ts", ["accuracy of", "error of"]);
  const [, , evaluate] = await rig.planned();
  assert.equal(evaluate?.state, "run");
  assert.deepEqual((await rig.plan())["evaluate"], [
    "evaluate.ts changed",
    "input run may change, because train runs",
  ]);
});

Deno.test("plan() runs a forced stage for no other cause, with the inputs that are made", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  const open = await rig.open();
  const [load, train, evaluate] = await open.plan(
    new Set(["train", "evaluate"]),
  );
  assert.deepEqual(
    [train, evaluate].map((one) => [one?.state, one?.causes]),
    Array(2).fill(["run", [{ kind: "forced" }]]),
  );
  assert.deepEqual(train?.key.inputs, {
    images: load?.record?.outputs["value"]?.digest,
  });
  assert.deepEqual(evaluate?.key.inputs, {});
  assert.deepEqual([train?.record, evaluate?.record], [undefined, undefined]);
});

Deno.test("plan() takes an artifact of an earlier key from the store, and still knows the last one", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  await rig.reproduce();
  rig.edit("pipeline.ts", ["epochs: 13", "epochs: 12"]);
  const [, train] = await rig.planned();
  assert.equal(train?.state, "cached");
  assert.deepEqual(train?.causes, []);
  assert.deepEqual(train?.key.params, { epochs: 12 });
  assert.deepEqual(train?.before?.params, { epochs: 13 });
  assert.deepEqual(train?.record?.key, train?.key);
});

Deno.test("plan() misses the record of a stage whose key is the last one", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const [, train] = await rig.planned();
  const digest = digestOfKey(train?.key as Key);
  await Deno.remove(
    join(rig.store, "records", digest.slice(0, 2), `${digest}.json`),
  );
  const [load, again, evaluate] = await rig.planned();
  assert.equal(load?.state, "cached");
  assert.equal(again?.state, "run");
  assert.deepEqual(again?.causes, [{ kind: "missing", field: "record" }]);
  assert.equal(again?.before, undefined);
  assert.equal(evaluate?.state, "may-run");
  assert.deepEqual(evaluate?.causes, [
    { kind: "waits", name: "run", from: "train" },
  ]);
  const before = digestOfKey(evaluate?.before as Key);
  await Deno.remove(
    join(rig.store, "records", before.slice(0, 2), `${before}.json`),
  );
  const [, , last] = await rig.planned();
  assert.equal(last?.state, "run");
  assert.deepEqual(last?.causes, [{ kind: "missing", field: "record" }]);
});
