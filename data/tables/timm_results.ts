/**
 * The accuracies that timm, the PyTorch image models library, publishes of its
 * networks: one table a test set, one row a network and resolution.
 *
 * @module
 */
import type { Citation } from "../datasets/dataset.ts";
import type { PublishedTable } from "./published_table.ts";

const REPOSITORY = "huggingface/pytorch-image-models";
const COMMIT = "4e5207c7bb6592474ca56e28b2cf85be8f1a550f";

const citation: Citation = {
  type: "misc",
  key: "wightman2019",
  fields: {
    author: "Wightman, Ross",
    title: "PyTorch Image Models",
    year: "2019",
    howpublished: "https://github.com/huggingface/pytorch-image-models",
    doi: "10.5281/zenodo.4414861",
  },
};

function table(
  file: string,
  { title, bytes, sha256 }: Pick<PublishedTable, "title" | "bytes" | "sha256">,
): PublishedTable {
  return {
    title: `timm: ${title}`,
    url:
      `https://raw.githubusercontent.com/${REPOSITORY}/${COMMIT}/results/${file}`,
    sha256,
    bytes,
    publisher: "timm (PyTorch Image Models), folder results/",
    commit: COMMIT,
    date: "2025-10-30",
    licence: "Apache-2.0",
    licenceUrl:
      `https://raw.githubusercontent.com/${REPOSITORY}/${COMMIT}/LICENSE`,
    citation,
    reading:
      "CSV; columns model, img_size and top1 (per cent) by name. A model has one row per resolution.",
  };
}

/** The tables by the test set that they are of. */
export const timmResults = {
  imagenet: table("results-imagenet.csv", {
    title: "ImageNet",
    bytes: 123_104,
    sha256: "30972bf7c7ab451bbd4480ec6116b13d0a84441c57bbc946896fd312264acfcd",
  }),
  v2: table("results-imagenetv2-matched-frequency.csv", {
    title: "ImageNet-V2, matched frequency",
    bytes: 152_771,
    sha256: "1d066d8897c40224b14f3cf1d02029c49ebdc56b761ba9a3841bd3bdd3bd0a8e",
  }),
  sketch: table("results-sketch.csv", {
    title: "ImageNet-Sketch",
    bytes: 156_199,
    sha256: "f3176de38d4a26aa808b3d0cc1fee4261268d70b2be7c9d43e65cb03b3864f46",
  }),
  renditions: table("results-imagenet-r.csv", {
    title: "ImageNet-R",
    bytes: 156_142,
    sha256: "2dcc1f3dea098ffc1080ad04309b11477646f6f25837b041ce6075610f863209",
  }),
  renditionsClean: table("results-imagenet-r-clean.csv", {
    title: "ImageNet, the 200 classes of ImageNet-R",
    bytes: 121_582,
    sha256: "ce531f6b5d2471f98a1029dae76f683b9ccf69d1d5b54ee09d78c4d530e2bb9c",
  }),
  adversarial: table("results-imagenet-a.csv", {
    title: "ImageNet-A",
    bytes: 155_354,
    sha256: "89471dcea0cd98b56211e2b808cb6bbf7b3c8bb4fe691ba58fec1f198e3fcf91",
  }),
  adversarialClean: table("results-imagenet-a-clean.csv", {
    title: "ImageNet, the 200 classes of ImageNet-A",
    bytes: 121_595,
    sha256: "9146fe8f640dffec93fc7b0052aff2bc38f9de6627cab06117bdf9f43496c162",
  }),
  real: table("results-imagenet-real.csv", {
    title: "ImageNet with ReaL labels",
    bytes: 150_724,
    sha256: "e94696aed665475e4d0235195733775c5e1b3f36d6f5f7de99f4386e7ed11630",
  }),
} as const satisfies Readonly<Record<string, PublishedTable>>;

/** Name of one of {@linkcode timmResults}. */
export type TimmTableName = keyof typeof timmResults;

/** Something of each of {@linkcode timmResults}. */
export type OfEachTable<T> = Readonly<Record<TimmTableName, T>>;

/** What is given for the name of each table. */
export function ofEachTable<T>(
  give: (name: TimmTableName) => T,
): OfEachTable<T> {
  const names = Object.keys(timmResults) as TimmTableName[];
  const entries = names.map((name) => [name, give(name)]);
  return Object.fromEntries(entries) as OfEachTable<T>;
}

/**
 * Images that each test set has: those of the papers that published them
 * (arXiv 1409.0575, 1902.10811, 1905.13549, 2006.16241, 1907.07174,
 * 2006.07159). The tables bear them out, and a test checks it: nearly every
 * accuracy in them is a whole number of so many images.
 */
export const timmTestImages: OfEachTable<number> = {
  imagenet: 50_000,
  v2: 10_000,
  sketch: 50_889,
  renditions: 30_000,
  renditionsClean: 10_000,
  adversarial: 7500,
  adversarialClean: 10_000,
  real: 46_837,
};
