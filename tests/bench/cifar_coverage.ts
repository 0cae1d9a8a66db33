/**
 * How often intervals of effective robustness hold zero for 30 published
 * networks, each over the line of the networks of other families: those of
 * decision 017, which follow every image through network and line, on
 * CIFAR-10.1 v6 and v4.
 *
 *     deno run --allow-read --allow-env tests/bench/cifar_coverage.ts FOLDER
 *
 * FOLDER is a copy of github.com/modestyachts/CIFAR-10.1 at the commit of
 * `cifarPredictions`. What comes of it stands on the page of cifar-published.
 *
 * @module
 */
import { join } from "node:path";
import { cifar10 } from "../../data/datasets/cifar10.ts";
import { parseNpy } from "../../data/datasets/npy.ts";
import { readPackageFile } from "../../data/datasets/package_file.ts";
import {
  cifarTestImages,
  type CifarTestSet,
  readCifarModels,
} from "../../data/tables/cifar_models.ts";
import { clopperPearson } from "../../stats/intervals/proportion.ts";
import { imageError, type JudgedPoint } from "../../stats/lines/image_error.ts";
import { meanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../stats/lines/regression.ts";

const [folder = "."] = Deno.args;
const read = (path: string) => Deno.readFile(join(folder, path));
const jsonOf = (bytes: Uint8Array): readonly number[] =>
  JSON.parse(new TextDecoder().decode(bytes));

const labels: Record<CifarTestSet, ArrayLike<number>> = {
  original: jsonOf(
    await readPackageFile("test_lables.json", { dataset: cifar10 }),
  ),
  v4: await labelsOf("v4"),
  v6: await labelsOf("v6"),
};

async function labelsOf(version: string): Promise<Int32Array> {
  const found = parseNpy(
    await read(`datasets/cifar10.1_${version}_labels.npy`),
    {
      types: { "<i4": Int32Array },
      must: "<i4",
    },
  );
  if (typeof found === "string") throw new TypeError(found);
  return new Int32Array(found.bytes.slice().buffer);
}

/** Accuracy of a network on a set, and what each image adds to it. */
async function judged(model: string, set: CifarTestSet) {
  const predictions = jsonOf(
    await read(
      `model_predictions/${set}_predictions/${model}_predictions.json`,
    ),
  );
  const n = cifarTestImages[set];
  const right = predictions.map((one, i) => one === labels[set][i] ? 1 : 0);
  const accuracy = right.reduce((sum: number, one) => sum + one, 0) / n;
  return { accuracy, influence: right.map((one) => (one - accuracy) / n) };
}

for (const version of ["v6", "v4"] as const) {
  const networks = await Promise.all(
    (await readCifarModels()).map(async ({ model, family }) => {
      const [before, after] = await Promise.all([
        judged(model, "original"),
        judged(model, version),
      ]);
      const point: JudgedPoint = {
        model,
        reference: before.accuracy,
        shifted: after.accuracy,
        referenceSize: cifarTestImages.original,
        shiftedSize: cifarTestImages[version],
        referenceInfluence: before.influence,
        shiftedInfluence: after.influence,
      };
      return { family, point };
    }),
  );
  const held = networks.filter(({ family, point }) => {
    const others = networks.filter((one) => one.family !== family)
      .map((one) => one.point);
    const line = fitLine(others);
    const runs = others.map((one) => [one]);
    const { low, high } = meanEffectiveRobustness([point], {
      line,
      runs,
      imageError: imageError([{
        line,
        runs,
        terms: [{ sign: 1, networks: [point] }],
      }], { images: "disjoint" }),
    });
    return low <= 0 && high >= 0;
  });
  const { low, high } = clopperPearson({
    successes: held.length,
    n: networks.length,
  });
  Deno.stdout.writeSync(
    new TextEncoder().encode(
      `${version}: ${held.length} of ${networks.length} (${
        [low, high].map((end) => `${(100 * end).toFixed(1)}%`).join(" to ")
      })\n`,
    ),
  );
}
