import assert from "node:assert/strict";
import { causesBetween, sentenceOf } from "../../../engine/keys/cause.ts";
import type { Key } from "../../../engine/keys/key.ts";

const KEY: Key = {
  format: 1,
  task: "tasks/training/train.ts#train",
  result: { value: "json" },
  code: { "models/training/train.ts": "1", "old.ts": "1" },
  packages: { zod: "4.0.0 (sha256 1)" },
  params: {
    epochs: 12,
    "model": { definition: "models/mlp.ts#mlp" },
    gone: [],
    unnamed: "",
  },
  inputs: { images: "1", more: "1" },
  environment: { deno: "2.9.5" },
};

Deno.test("causesBetween() finds nothing between equal keys", () => {
  assert.deepEqual(causesBetween(KEY, structuredClone(KEY), {}), []);
});

Deno.test("sentenceOf() says every difference between two keys", () => {
  const after: Key = {
    format: 2,
    task: "tasks/fit.ts#fit",
    result: { value: "bytes" },
    code: { "models/training/train.ts": "2", "new.ts": "1" },
    packages: { zod: "4.1.0 (sha256 2)", acorn: "8.0.0 (sha256 3)" },
    params: {
      epochs: 13,
      model: { definition: "models/resnet.ts#resnet" },
      none: null,
      "tags[0]": "x",
    },
    inputs: { images: "2", extra: "1" },
    environment: { deno: "2.9.6" },
  };
  const producers = { images: "load", extra: "shift" };
  assert.deepEqual(causesBetween(KEY, after, producers).map(sentenceOf), [
    "task tasks/training/train.ts#train → tasks/fit.ts#fit",
    "epochs 12 → 13",
    "gone removed, was []",
    "model models/mlp.ts#mlp → models/resnet.ts#resnet",
    "none added: null",
    "tags[0] added: x",
    'unnamed removed, was ""',
    "store format 1 → 2",
    "models/training/train.ts changed",
    "new.ts added to its code",
    "old.ts removed from its code",
    "format of value json → bytes",
    "package acorn added: 8.0.0 (sha256 3)",
    "package zod 4.0.0 (sha256 1) → 4.1.0 (sha256 2)",
    "deno 2.9.5 → 2.9.6",
    "input extra added, made by shift",
    "input images changed, made by load",
    "input more removed, made by a stage that is gone",
  ]);
});

Deno.test("causesBetween() says nothing of an input that is not made yet", () => {
  const after = { ...KEY, inputs: { images: undefined, more: "1" } };
  assert.deepEqual(causesBetween(KEY, after, {}), []);
});

Deno.test("sentenceOf() says the causes that are not in keys", () => {
  assert.deepEqual(
    ([
      { kind: "new" },
      { kind: "unfinished" },
      { kind: "forced" },
      { kind: "waits", name: "images", from: "load" },
      { kind: "missing", field: "value" },
      { kind: "damaged", field: "value" },
    ] as const).map(sentenceOf),
    [
      "never run before",
      "stopped before it ended, and goes on from there",
      "forced on the command line",
      "input images may change, because load runs",
      "its value is missing from the store",
      "its value is damaged in the store",
    ],
  );
});
