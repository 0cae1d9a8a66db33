import assert from "node:assert/strict";
import { nameGroups } from "../../../cli/named/similar_names.ts";

const NAMES = [
  "train/coco",
  "train/plain-4101",
  "train/plain-4102",
  "evaluate/tint-0.5-on-100-4101-final",
  "evaluate/tint-0.5-on-200-4101-final",
  "evaluate/tint-0.5",
];

Deno.test("nameGroups() lists few names as they are", () => {
  assert.deepEqual(nameGroups(NAMES, 6), NAMES);
});

Deno.test("nameGroups() puts names that are alike up to a number on one line", () => {
  assert.deepEqual(nameGroups(NAMES, 5), [
    "train/coco",
    "train/plain-* (2)",
    "evaluate/tint-0.5-on-* (2)",
    "evaluate/tint-0.5",
  ]);
});

Deno.test("nameGroups() says how many lines it leaves out", () => {
  assert.deepEqual(nameGroups(NAMES, 3), [
    "train/coco",
    "train/plain-* (2)",
    "… and 2 more lines",
  ]);
});
