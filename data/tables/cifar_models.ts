/**
 * How often 30 published networks are right on CIFAR-10's test images and on
 * CIFAR-10.1: counts of ours, from predictions that others published. The table
 * lies beside this file; `tools/cifar_models.ts` writes it.
 *
 * @module
 */
import type { Citation } from "../datasets/dataset.ts";
import { parseCsv, withoutRemarks } from "./csv.ts";

const REPOSITORY = "modestyachts/CIFAR-10.1";
const COMMIT = "d9982abb0bfc4846b8d13a11e66b887d946205d0";

/** The predictions that were counted. */
export const cifarPredictions = {
  url: `https://github.com/${REPOSITORY}`,
  commit: COMMIT,
  /** Of the 90 files of predictions and the two of labels, as `digestOf` takes it. */
  sha256: "91f43cf127682cc95950dd03eda3a65c17200c984c415673432952b18d947d8c",
  licence: "MIT",
  licenceUrl:
    `https://raw.githubusercontent.com/${REPOSITORY}/${COMMIT}/LICENSE`,
  citation: {
    type: "misc",
    key: "recht2018",
    fields: {
      author:
        "Recht, Benjamin and Roelofs, Rebecca and Schmidt, Ludwig and Shankar, Vaishaal",
      title: "Do CIFAR-10 Classifiers Generalize to CIFAR-10?",
      year: "2018",
      url: "https://arxiv.org/abs/1806.00451",
    },
  } satisfies Citation,
} as const;

/** Images of CIFAR-10's own test set and of the two versions of CIFAR-10.1. */
export const cifarTestImages = {
  original: 10_000,
  v4: 2021,
  v6: 2000,
} as const;

/** One of these test sets. */
export type CifarTestSet = keyof typeof cifarTestImages;

/** A network that was trained on CIFAR-10 alone. */
export interface CifarModel {
  /** Name that its predictions are published under, e.g. "resnet_basic_32". */
  readonly model: string;
  /** Networks that are built alike, as we sort them, e.g. "ResNet". */
  readonly family: string;
  /** How many images it gets right at the first guess. */
  readonly hits: Readonly<Record<CifarTestSet, number>>;
}

const TITLE = "cifar_models.csv";
const COLUMNS = "model,family,original,v4,v6";

/** The table as it lies here. */
export async function readCifarModels(): Promise<readonly CifarModel[]> {
  return cifarModels(
    await Deno.readTextFile(new URL("./cifar_models.csv", import.meta.url)),
  );
}

/**
 * The networks of a table whose lines of remarks begin with `#`.
 *
 * @throws {Error} naming the line, if it is no such table or a count is none
 */
export function cifarModels(text: string): readonly CifarModel[] {
  const { columns, rows } = parseCsv(withoutRemarks(text), { name: TITLE });
  if (columns.join() !== COLUMNS) {
    throw new Error(
      `Cannot read table "${TITLE}": its columns are ${columns.join()}, not ${COLUMNS}`,
    );
  }
  return rows.map(({ line, cells: [model = "", family = "", ...counts] }) => {
    const [original, v4, v6] = (["original", "v4", "v6"] as const).map(
      (set, i) => {
        const [count = "", images] = [counts[i], cifarTestImages[set]];
        if (/^\d+$/.test(count) && Number(count) <= images) {
          return Number(count);
        }
        throw new Error(
          `Cannot read table "${TITLE}": line ${line}, column "${set}" holds "${count}", not a count of ${images} images`,
        );
      },
    ) as [number, number, number];
    return { model, family, hits: { original, v4, v6 } };
  });
}
