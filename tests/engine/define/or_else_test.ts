import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../../engine/define/codec.ts";
import { SourceUnavailableError } from "../../../engine/define/error.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import { orElse } from "../../../engine/define/or_else.ts";
import {
  isOrElse,
  isRef,
  type Lazy,
  mapLeaves,
  type ValueFailure,
  walkRefs,
} from "../../../engine/define/ref.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { toyPipeline, toyProject } from "../toy_project.ts";
import { test } from "../../full.ts";

const number = json(z.number());

export const make = defineTask({
  module: import.meta.url,
  name: "make",
  result: number,
  run: ({ value }: { value: number }) => value,
});

export const fail = defineTask({
  module: import.meta.url,
  name: "fail",
  result: number,
  run({ kind }: { kind: "failed" | "unavailable" }): number {
    throw kind === "failed"
      ? new RangeError("the loss is NaN")
      : new SourceUnavailableError("Cannot fetch it: no connection");
  },
});

/** What a pipeline with this output gives. */
async function outputOf(build: () => Lazy<unknown>) {
  await using project = await toyProject();
  const [done] = await project.reproduce([toyPipeline("toy", build)]);
  return done?.output;
}

const describe = ({ kind, stage, reason }: ValueFailure) =>
  `${kind}: ${stage}: ${reason}`;

Deno.test("orElse() is a leaf whose refs are found where it stands", () => {
  const part = orElse<number>(make({ value: 1 }, "a"), () => 0);
  const output = {
    parts: [
      part,
      orElse<unknown>({ b: make({ value: 2 }, "b") }, () => ({ b: 0 })),
    ],
  };
  assert.ok(isOrElse(part) && !isRef(part) && !isOrElse(make({ value: 1 })));
  const paths: string[] = [];
  walkRefs(output, (_, path) => paths.push(path));
  assert.deepEqual(paths, ["parts[0]", "parts[1].b"]);
  assert.deepEqual(
    mapLeaves(output, (leaf, path) => isOrElse(leaf) ? path : leaf),
    { parts: ["parts[0]", "parts[1]"] },
  );
  assert.deepEqual(
    graphOf(output).nodes.map(({ stage }) => stage.name),
    ["make/a", "make/b"],
  );
});

Deno.test("orElse() gives the value if all of it was made", async () => {
  assert.deepEqual(
    await outputOf(() => ({
      part: orElse<unknown>(
        { a: make({ value: 1 }, "a"), b: [make({ value: 2 }, "b"), 3] },
        describe,
      ),
      whole: orElse<unknown>(make({ value: 4 }, "c"), describe),
    })),
    { kind: "value", value: { part: { a: 1, b: [2, 3] }, whole: 4 } },
  );
});

Deno.test("orElse() gives the substitute, with the stage that failed, why, and of which kind", async () => {
  assert.deepEqual(
    await outputOf(() => ({
      failed: orElse<unknown>(fail({ kind: "failed" }, "a"), describe),
      unavailable: orElse<unknown>(
        [make({ value: 1 }), { deep: fail({ kind: "unavailable" }, "b") }],
        describe,
      ),
      whole: make({ value: 1 }, "c"),
    })),
    {
      kind: "value",
      value: {
        failed: "failed: fail/a: the loss is NaN",
        unavailable: "unavailable: fail/b: Cannot fetch it: no connection",
        whole: 1,
      },
    },
  );
});

test.inFull("orElse() names the root of a failure further up", async () => {
  assert.deepEqual(
    await outputOf(() =>
      orElse<unknown>(
        make(
          { value: make({ value: fail({ kind: "unavailable" }) }, "a") },
          "b",
        ),
        describe,
      )
    ),
    {
      kind: "value",
      value: "unavailable: fail: Cannot fetch it: no connection",
    },
  );
});

test.inFull("orElse() puts artifacts into the substitute, if other parts have them made", async () => {
  assert.deepEqual(
    await outputOf(() => {
      const other = make({ value: 7 });
      return {
        part: orElse<unknown>(
          fail({ kind: "failed" }),
          ({ stage }) => ({ stage, instead: other }),
        ),
        other,
      };
    }),
    {
      kind: "value",
      value: { part: { stage: "fail", instead: 7 }, other: 7 },
    },
  );
});

test.inFull("orElse() in a substitute has a turn of its own", async () => {
  assert.deepEqual(
    await outputOf(() =>
      orElse<unknown>(fail({ kind: "failed" }), (first) => ({
        first: first.stage,
        second: orElse<unknown>(make({ value: 1 }), describe),
      }))
    ),
    {
      kind: "value",
      value: {
        first: "fail",
        second:
          'failed: make: Cannot find stage "make": no other part of the output needs it',
      },
    },
  );
});

test.inFull("orElse() leaves the output unresolved if its substitute cannot be made", async () => {
  assert.deepEqual(
    await outputOf(() => ({
      part: orElse<unknown>(
        fail({ kind: "failed" }, "a"),
        () => ({ instead: fail({ kind: "failed" }, "b") }),
      ),
    })),
    {
      kind: "unresolved",
      missing: [{ path: "part.instead", stage: "fail/b" }],
    },
  );
});
