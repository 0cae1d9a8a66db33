import assert from "node:assert/strict";
import { on, rig } from "../rig.ts";
import { training, trainingOnDevice } from "../toy_pipelines.ts";

const pipelines = [training()];

Deno.test("reproduce() fails when the GPU that was asked for does, and continues on another device where it was allowed or nobody chose", async () => {
  await using t = await rig();
  const setting = { pipelines: [trainingOnDevice()], device: "gpu" };
  const chosen = ["--device", "webgpu-software"];
  const failed = await t.run(on("reproduce", ...chosen), setting);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /Cannot trust the GPU's results: the device is/);
  assert.doesNotMatch(failed.stderr, /Continuing/);

  for (
    const [words, why] of [
      [[...chosen, "--fall-back", "wasm"], " (--fall-back)"],
      [[], ""],
    ] as const
  ) {
    await using t = await rig();
    const { code, stdout, stderr } = await t.run(
      on("reproduce", ...words),
      setting,
    );
    assert.equal(code, 0, stderr);
    assert.ok(
      stderr.endsWith(
        `the device is lost\nContinuing on device "wasm"${why}.\n`,
      ),
      stderr,
    );
    assert.match(stdout, /toy-device at profile default: 2 ran/);
  }
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
