import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Images } from "../../../data/images/images.ts";

/** Side of the patches that are whitened. */
export const PATCH = 2;
/** Added to eigenvalues, so that directions without variance do not blow up. */
export const EPSILON = 5e-4;
/** Images that the covariance is taken from. */
const IMAGES = 5000;

/** Mean and standard deviation of a channel of the training images, 0…1. */
const MEAN = [0.4914, 0.4822, 0.4465];
const DEVIATION = [0.247, 0.2435, 0.2616];

/**
 * The covariance of all patches of the first images, normalised by channel:
 * [row · column · channel]², patches being laid out as a filter is.
 */
export function patchCovariance({ images, labels, shape }: Images): Matrix {
  const [height, width, channels] = shape;
  const size = PATCH * PATCH * channels;
  const n = Math.min(labels.length, IMAGES);
  const products = new Float64Array(size * size);
  const sums = new Float64Array(size);
  const patch = new Float64Array(size);
  let count = 0;
  for (let image = 0; image < n; image++) {
    for (let row = 0; row + PATCH <= height; row++) {
      for (let column = 0; column + PATCH <= width; column++) {
        for (let k = 0; k < size; k++) {
          const channel = k % channels;
          const right = Math.floor(k / channels) % PATCH;
          const down = Math.floor(k / channels / PATCH);
          const at = ((image * height + row + down) * width + column + right) *
              channels + channel;
          patch[k] = ((images[at] as number) / 255 -
            (MEAN[channel] as number)) / (DEVIATION[channel] as number);
        }
        for (let a = 0; a < size; a++) {
          const value = patch[a] as number;
          sums[a] = (sums[a] as number) + value;
          for (let b = 0; b <= a; b++) {
            const at = a * size + b;
            products[at] = (products[at] as number) +
              value * (patch[b] as number);
          }
        }
        count++;
      }
    }
  }
  const covariance = Matrix.zeros(size, size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const value = ((products[a * size + b] as number) -
        (sums[a] as number) * (sums[b] as number) / count) / (count - 1);
      covariance.set(a, b, value);
      covariance.set(b, a, value);
    }
  }
  return covariance;
}

/**
 * The filters of the first layer ("frozen patch-whitening" of arXiv:2404.00498): the
 * eigenvectors of the patches' covariance, each divided by the root of its
 * eigenvalue, and their negatives; [2, 2, channel, 2 · 4 · channel].
 */
export function whiteningFilters(images: Images): {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
} {
  const covariance = patchCovariance(images);
  const { rows: size } = covariance;
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(
    covariance,
    { assumeSymmetric: true },
  );
  const filters = 2 * size;
  const values = new Float32Array(size * filters);
  for (let k = 0; k < size; k++) {
    for (let d = 0; d < size; d++) {
      const value = eigenvectorMatrix.get(k, d) /
        Math.sqrt((realEigenvalues[d] as number) + EPSILON);
      values[k * filters + d] = value;
      values[k * filters + size + d] = -value;
    }
  }
  const channels = size / PATCH ** 2;
  return { shape: [PATCH, PATCH, channels, filters], values };
}
