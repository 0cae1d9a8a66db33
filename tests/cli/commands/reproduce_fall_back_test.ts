import assert from "node:assert/strict";
import { on, rig } from "../rig.ts";
import { training, trainingOnDevice } from "../toy_pipelines.ts";

const pipelines = [training()];

Deno.test("reproduce() fails when a GPU does, and goes on on another device only where it was allowed", async () => {
  await using t = await rig();
  const setting = { pipelines: [trainingOnDevice()], device: "gpu" };
  const failed = await t.run(on("reproduce"), setting);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /Cannot trust the GPU's results: the device is/);
  assert.doesNotMatch(failed.stderr, /Going on/);

  const allowed = await t.run(
    on("reproduce", "--fall-back", "wasm"),
    setting,
  );
  assert.equal(allowed.code, 0, allowed.stderr);
  assert.match(
    allowed.stderr,
    /the device is lost\nContinuing on device "wasm" \(--fall-back\)\.\n$/,
  );
  assert.match(allowed.stdout, /toy-device at profile default: 2 ran/);
});

Deno.test("reproduce() refuses a device to fall back on that is not there before it begins", async () => {
  await using t = await rig();
  const { code, stderr, stdout } = await t.run(
    on("reproduce", "--fall-back", "webgpu"),
    { pipelines },
  );
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot use device "webgpu": this machine has no adapter/,
  );
  assert.doesNotMatch(stdout, /start/);
});
