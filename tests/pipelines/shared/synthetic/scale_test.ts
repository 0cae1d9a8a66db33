import assert from "node:assert/strict";
import { baselinesOf } from "../../../../pipelines/shared/synthetic/networks.ts";
import {
  keptEpochs,
  SCALES,
} from "../../../../pipelines/shared/synthetic/scale.ts";
import { plainSetting } from "../../../../pipelines/shared/synthetic/setting.ts";

Deno.test("keptEpochs() gives the checkpoints that a training reaches, and refuses one beyond its end", () => {
  const checkpoints = [3, 4, 6];
  assert.equal(keptEpochs({ epochs: 6, checkpoints }), checkpoints);
  assert.throws(() => keptEpochs({ epochs: 5, checkpoints }), {
    name: "RangeError",
    message:
      "Cannot keep a checkpoint after epoch 6: the training has 5; change `checkpoints` along with `epochs` in scale.ts",
  });
});

Deno.test("no baselines are trained for fewer epochs than their checkpoints ask for", () => {
  const { smoke } = SCALES;
  const plain = { ...smoke.scratch.plain, epochs: 5 };
  const scale = { ...smoke, scratch: { ...smoke.scratch, plain } };
  assert.throws(
    () => baselinesOf(plainSetting(scale), scale),
    /^RangeError: Cannot keep a checkpoint after epoch 6: /,
  );
});
