/** A trial that takes seconds, on images that are drawn, and weights for its network. */
import assert from "node:assert/strict";
import { encode } from "fast-png";
import { join } from "node:path";
import { stream } from "../../../engine/define/random.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import type { TrialScale } from "../../../pipelines/asked/trial.ts";
import { TRIAL_SCALES } from "../../../pipelines/asked/trial.ts";
import { SCALES } from "../../../pipelines/shared/synthetic/scale.ts";
import { rigsAfter, type Setting } from "../rig.ts";

const { widths } = TRIAL_SCALES.default.networks;

const SMALL: TrialScale = {
  networks: {
    ...SCALES.smoke,
    widths,
    pretraining: { ...SCALES.smoke.pretraining, steps: 2 },
  },
  batchSize: 8,
  steps: { scratch: 12, fineTuning: 4, probe: 1 },
  shares: [0.25, 0.5, 1],
  seeds: { scratch: [1, 2], fineTuning: [11, 12] },
  split: { folds: 2, epochs: 1 },
};

/** Questions whose trials are small. */
export const SMALL_TRIALS: Setting = settingOf(SMALL);

/** Questions whose trials fail: of no fine-tuned networks there is no mean. */
export const FAILING_TRIALS: Setting = settingOf({
  ...SMALL,
  seeds: { ...SMALL.seeds, fineTuning: [] },
});

/** Questions whose baselines all have one accuracy: there is one of them, three times. */
export const TRIALS_WITHOUT_LINE: Setting = settingOf({
  ...SMALL,
  shares: [1],
  seeds: { ...SMALL.seeds, scratch: [1, 1, 1] },
});

function settingOf(scale: TrialScale): Setting {
  return {
    pipelines: [],
    device: "wasm",
    asked: (inputs, question) =>
      askedPipeline(inputs, question, { default: scale }),
  };
}

/** Writes that many noisy images of 32 × 32 pixels of each of two classes, in class folders. */
export async function writeImages(
  folder: string,
  { n, seed, brightness }: {
    readonly n: number;
    readonly seed: number;
    readonly brightness: number;
  },
): Promise<void> {
  const random = stream(seed, "images");
  for (const [k, name] of ["dark", "light"].entries()) {
    await Deno.mkdir(join(folder, name), { recursive: true });
    for (let i = 0; i < n; i++) {
      const data = Uint8Array.from(
        { length: 32 * 32 * 3 },
        () => brightness + 40 * k + random.integer(100),
      );
      await Deno.writeFile(
        join(folder, name, `${i}.png`),
        encode({ width: 32, height: 32, channels: 3, depth: 8, data }),
      );
    }
  }
}

/** Words that ask about the images. */
export const IMAGES = [
  ...["--reference", "train", "--test", "held", "--shifted", "field"],
  ...["--side", "32"],
];

/** Writes the three sets. */
export async function writeSets(folder: string): Promise<void> {
  const sets = [["train", 40, 0], ["held", 30, 0], ["field", 30, 90]] as const;
  for (const [seed, [name, n, brightness]] of sets.entries()) {
    await writeImages(join(folder, name), { n, seed, brightness });
  }
}

/** Rigs with the three sets, whose small trial has been asked: what other trials have in common with it is there. */
export const rigAfterTrial = rigsAfter(async (t) => {
  await writeSets(t.folder);
  const words = ["ask", ...IMAGES, "--store", "store"];
  const { code, stderr } = await t.run(words, SMALL_TRIALS);
  assert.equal(code, 0, stderr);
});
