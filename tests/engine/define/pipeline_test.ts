import assert from "node:assert/strict";
import {
  definePipeline,
  type ProfileName,
} from "../../../engine/define/pipeline.ts";

Deno.test("definePipeline() gives the numbers of a profile to build", () => {
  const pipeline = definePipeline({
    module: import.meta.url,
    name: "a-b",
    title: "A",
    profiles: { smoke: 1, default: 2, full: 3 },
    build: (profile) => ({ profile }),
  });
  assert.deepEqual(pipeline.build("default"), { profile: 2 });
  assert.deepEqual(pipeline.profiles, ["smoke", "default", "full"]);
  assert.throws(
    () =>
      definePipeline({
        module: import.meta.url,
        name: "A b",
        title: "",
        profiles: { smoke: 1, default: 2, full: 3 },
        build: (n: number) => ({ n }),
      }),
    {
      message: 'Cannot define pipeline "A b": a name has only a-z, 0-9 and "-"',
    },
  );
});

Deno.test("definePipeline() lets a pipeline leave out a profile, but not all", () => {
  const of = (profiles: Partial<Record<ProfileName, number>>) =>
    definePipeline({
      module: import.meta.url,
      name: "a",
      title: "A",
      profiles,
      build: (n: number) => ({ n }),
    });
  const pipeline = of({ default: 2, smoke: 1 });
  assert.deepEqual(pipeline.profiles, ["smoke", "default"]);
  assert.throws(() => pipeline.build("full"), {
    name: "RangeError",
    message: 'Cannot build pipeline "a" at profile full: it has smoke, default',
  });
  assert.throws(() => of({}), {
    message:
      'Cannot define pipeline "a": it has no profile; give it one of smoke, default, full, gpu',
  });
});

Deno.test("definePipeline() names the pipeline whose build throws", () => {
  const cause = new TypeError("oops");
  const pipeline = definePipeline({
    module: import.meta.url,
    name: "odd",
    title: "",
    profiles: { smoke: {} },
    build() {
      throw cause;
    },
  });
  assert.throws(() => pipeline.build("smoke"), {
    message: 'Cannot build pipeline "odd": oops',
    cause,
  });
});
