/**
 * CIFAR-10.1: new photographs of CIFAR-10's classes, chosen by the instructions
 * by which CIFAR-10 was made (Recht, Roelofs, Schmidt, Shankar 2018,
 * arXiv:1806.00451).
 *
 * @module
 */
import type { Source } from "../../engine/define/source.ts";
import type { Images } from "../images/images.ts";
import { cifar10 } from "./cifar10.ts";
import { type NpyTypes, parseNpy } from "./npy.ts";

/** The files of one version. */
export interface Cifar101Files<File> {
  /** Pixels, 0…255: [n, 32, 32, 3]. */
  readonly images: File;
  /** Class numbers in CIFAR-10's order: [n]. */
  readonly labels: File;
}

const FOLDER =
  "https://raw.githubusercontent.com/modestyachts/CIFAR-10.1/d9982abb0bfc4846b8d13a11e66b887d946205d0/datasets";

/** The files of a version; of the images git's id alone is known. */
function filesOf(
  version: string,
  pins: { readonly images: string; readonly labels: string },
): Cifar101Files<Source> {
  const title = `CIFAR-10.1 ${version}`;
  return {
    images: {
      url: `${FOLDER}/cifar10.1_${version}_data.npy`,
      gitBlob: pins.images,
      title: `${title}, images`,
    },
    labels: {
      url: `${FOLDER}/cifar10.1_${version}_labels.npy`,
      sha256: pins.labels,
      title: `${title}, labels`,
    },
  };
}

/** Both versions: 2,021 images in v4, and 2,000 in v6, 200 of each class. */
export const cifar101 = {
  v6: filesOf("v6", {
    images: "24349cc5f3fb59648d75cd8015b5a184b1f5c250",
    labels: "ae40beda001693674edc94d925ee8268cfe68905f8f9aff800c8dcdfcd6c9448",
  }),
  v4: filesOf("v4", {
    images: "1094f59a54cf768f7b1ca5029eb4a94b8c635ebe",
    labels: "1f9544300ded199539b6662364ce7fe6c2e1ea9f87408f06db4b1a6184cffb18",
  }),
} as const;

/**
 * One version as its two files have it.
 *
 * @throws {TypeError} if a file is no such array, or a label no class of CIFAR-10
 */
export function readCifar101(
  files: Cifar101Files<Uint8Array>,
): Images {
  const { classes, shape } = cifar10;
  const images = elementsOf("images", files, {
    types: { "|u1": Uint8Array },
    must: "bytes (|u1)",
    like: shape,
  });
  const labels = elementsOf("labels", files, {
    types: { "<i4": Int32Array },
    must: "whole numbers of 32 bits (<i4)",
    like: [],
  });
  if (labels.n !== images.n) {
    throw unreadable("labels", `there are ${labels.n} for ${images.n} images`);
  }
  const numbers = new Int32Array(labels.bytes.slice().buffer);
  const wrong = numbers.findIndex((label) =>
    !(label >= 0 && label < classes.length)
  );
  if (wrong >= 0) {
    throw unreadable(
      "labels",
      `image ${wrong} has label ${
        numbers[wrong]
      }, which is no class from 0 to ${classes.length - 1}`,
    );
  }
  return {
    images: images.bytes,
    labels: Uint8Array.from(numbers),
    shape,
    classes,
  };
}

/** The elements of an array whose axes, after the first, have these sizes. */
function elementsOf<Type extends string>(
  name: keyof Cifar101Files<unknown>,
  files: Cifar101Files<Uint8Array>,
  { like, ...types }: NpyTypes<Type> & { readonly like: readonly number[] },
): { readonly n: number; readonly bytes: Uint8Array } {
  const array = parseNpy(files[name], types);
  if (typeof array === "string") throw unreadable(name, array);
  const { shape: [n = 0, ...rest], isFortran, bytes } = array;
  if (isFortran) throw unreadable(name, "it is in Fortran order");
  if (n === 0 || rest.join() !== like.join()) {
    throw unreadable(
      name,
      `its shape is [${array.shape.join(", ")}], and must be [${
        ["n", ...like].join(", ")
      }]`,
    );
  }
  return { n, bytes };
}

function unreadable(name: string, state: string): TypeError {
  return new TypeError(`Cannot read the ${name} of CIFAR-10.1: ${state}`);
}
