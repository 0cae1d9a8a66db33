import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { bibtex, digestOf } from "../../../data/datasets/dataset.ts";

const a = { name: "a.png", bytes: 1, sha256: "aa" };
const b = { name: "b.json", bytes: 2, sha256: "bb" };

Deno.test("digestOf() is the digest of what sha256sum prints", () => {
  const digest = createHash("sha256").update("aa  a.png\nbb  b.json\n");
  assert.equal(digestOf([a, b]), digest.digest("hex"));
});

Deno.test("digestOf() does not depend on the order of the files", () => {
  assert.equal(digestOf([b, a]), digestOf([a, b]));
});

Deno.test("digestOf() changes when a file's digest changes", () => {
  assert.notEqual(digestOf([a, { ...b, sha256: "bc" }]), digestOf([a, b]));
});

Deno.test("bibtex() writes an entry with one field a line", () => {
  const entry = bibtex({
    type: "techreport",
    key: "someone2009",
    fields: { author: "One, Some", year: "2009" },
  });
  assert.equal(
    entry,
    "@techreport{someone2009,\n  author = {One, Some},\n  year = {2009},\n}\n",
  );
});
