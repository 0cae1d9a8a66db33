import assert from "node:assert/strict";
import { namesWith } from "../../../cli/named/similar_names.ts";

const NAMES = [
  "pretrain/photo",
  "evaluate/train-2",
  "trainer/a",
  "train/photo-4201",
  "train/icons",
  "load",
];

Deno.test("namesWith() begins with names that begin with the text, whole words and short names first", () => {
  assert.deepEqual(namesWith("Train", NAMES), [
    "train/icons",
    "train/photo-4201",
    "trainer/a",
    "pretrain/photo",
    "evaluate/train-2",
  ]);
});

Deno.test("namesWith() finds words in any order, and nothing for none", () => {
  assert.deepEqual(namesWith("4201 train", NAMES), ["train/photo-4201"]);
  assert.deepEqual(namesWith("photo train", NAMES), [
    "pretrain/photo",
    "train/photo-4201",
  ]);
  assert.deepEqual(namesWith(" ", NAMES), []);
  assert.deepEqual(namesWith("training", NAMES), []);
});
