import assert from "node:assert/strict";
import {
  whyMissing,
  whyMissingShort,
} from "../../../pipelines/imagenet_published/missing.ts";

const failure = { stage: "fetchSource/sketch", reason: "no *network*" };

Deno.test("whyMissing() names an unavailable source, or the stage that failed", () => {
  assert.equal(
    whyMissing({ ...failure, kind: "unavailable" }),
    "source unavailable. no \\*network\\*",
  );
  assert.equal(
    whyMissing({ ...failure, kind: "failed" }),
    "stage fetchSource/sketch failed. no \\*network\\*",
  );
});

Deno.test("whyMissingShort() says the same in a few words", () => {
  assert.equal(
    whyMissingShort({ ...failure, kind: "unavailable" }),
    "not reproduced: source unavailable",
  );
  assert.equal(
    whyMissingShort({ ...failure, kind: "failed" }),
    "not reproduced: stage fetchSource/sketch failed",
  );
});
