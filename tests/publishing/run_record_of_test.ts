import assert from "node:assert/strict";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { runRecordOf } from "../../publishing/run_record_of.ts";
import type { StageRecord } from "../../engine/store/store.ts";

function record(
  { end, seconds, device, packages = {} }: {
    readonly end: string;
    readonly seconds: number;
    readonly device?: Readonly<Record<string, string>>;
    readonly packages?: Readonly<Record<string, string>>;
  },
): StageRecord {
  return {
    stage: "train",
    outputs: {},
    finishedAt: `2026-01-01T${end}.000Z`,
    seconds,
    key: {
      format: 1,
      task: "tasks/training/train.ts#train",
      result: {},
      code: {},
      packages,
      params: {},
      inputs: {},
      environment: { deno: "2.9.6", platform: "linux x86_64", ...device },
    },
  };
}

const options = {
  commit: null,
  device: { device: "wasm", reason: "no GPU was found" },
  profile: "default",
  now: Date.UTC(2026, 1, 1),
};

Deno.test("runRecordOf() counts time in which stages ran, overlaps once and pauses not at all", () => {
  const run = runRecordOf({
    a: [
      record({ end: "10:00:10", seconds: 10 }),
      record({ end: "10:00:15", seconds: 10 }),
    ],
    b: [record({ end: "12:00:05", seconds: 5 })],
  }, options);
  assert.equal(run.started, "2026-01-01T10:00:00.000Z");
  assert.equal(run.finished, "2026-01-01T12:00:05.000Z");
  assert.equal(run.seconds, 20);
  assert.deepEqual(run.pipelineStarted, {
    a: "2026-01-01T10:00:00.000Z",
    b: "2026-01-01T12:00:00.000Z",
  });
  assert.deepEqual(run.pipelineSeconds, { a: 15, b: 5 });
});

Deno.test("runRecordOf() takes device and packages from the keys, each once", () => {
  const device = { device: "webgpu", adapter: "NVIDIA H100" };
  const packages = { zod: "4.6.7", acorn: "8.19.0" };
  const run = runRecordOf({
    a: [
      record({ end: "10:00:10", seconds: 1 }),
      record({ end: "10:00:20", seconds: 1, device, packages }),
      record({ end: "10:00:30", seconds: 1, device, packages }),
    ],
  }, options);
  assert.equal(run.device.name, "webgpu: NVIDIA H100");
  assert.equal(run.deno, "2.9.6");
  assert.deepEqual(Object.entries(run.packages), [
    ["acorn", "8.19.0"],
    ["zod", "4.6.7"],
  ]);
});

Deno.test("runRecordOf() names the chosen device if no stage used one", () => {
  const run = runRecordOf({
    a: [record({ end: "10:00:10", seconds: 1 })],
  }, options);
  assert.deepEqual(run.device, { name: "wasm", reason: "no GPU was found" });
});

Deno.test("runRecordOf() names a device that was asked for, and none that was chosen", async () => {
  const asked = async (request: "auto" | "cpu") =>
    runRecordOf({}, {
      ...options,
      device: await chooseDevice(request, {
        find: () => Promise.resolve(null),
      }),
    }).device.asked;
  assert.equal(await asked("cpu"), "cpu");
  assert.equal(await asked("auto"), undefined);
});

Deno.test("runRecordOf() says where and when it is now if no stage ran", () => {
  const run = runRecordOf({ a: [] }, options);
  assert.equal(run.started, "2026-02-01T00:00:00.000Z");
  assert.equal(run.finished, undefined);
  assert.equal(run.seconds, 0);
  assert.equal(run.deno, Deno.version.deno);
  assert.equal(run.machine, `${Deno.build.os} ${Deno.build.arch}`);
});
