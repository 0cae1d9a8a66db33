/**
 * Random crops and mirror images: the usual augmentation for CIFAR-10.
 *
 * @module
 */
import { define } from "../../engine/definition.ts";
import {
  type Augmentation,
  checkBatch,
  type FillOptions,
  unitValues,
} from "../augmentation.ts";

const PAD = 4;

/** Position in 0 … length − 1 that a position up to `PAD` outside is the mirror image of; edges are not repeated. */
function reflect(position: number, length: number): number {
  const inside = Math.abs(position);
  return inside < length ? inside : 2 * (length - 1) - inside;
}

function fill(
  batch: Float32Array,
  { from, indices, random }: FillOptions,
): void {
  checkBatch(batch, { from, indices });
  const [height, width, channels] = from.shape;
  if (height <= PAD || width <= PAD) {
    throw new RangeError(
      `Cannot pad images of shape [${from.shape}] by reflection: height and width must be above ${PAD}`,
    );
  }
  const row = width * channels;
  const columns = new Int32Array(row); // where each value of a row is read from
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const down = random.integer(2 * PAD + 1) - PAD;
    const right = random.integer(2 * PAD + 1) - PAD;
    const mirrored = random.integer(2) === 1;
    for (let x = 0; x < width; x++) {
      const column = reflect((mirrored ? width - 1 - x : x) + right, width);
      for (let channel = 0; channel < channels; channel++) {
        columns[x * channels + channel] = column * channels + channel;
      }
    }
    const start = (indices[i] as number) * height * row;
    for (let y = 0; y < height; y++) {
      const source = start + reflect(y + down, height) * row;
      for (let k = 0; k < row; k++) {
        const byte = from.images[source + (columns[k] as number)] as number;
        batch[to++] = unitValues[byte] as number;
      }
    }
  }
}

/** Random crops of the padded image, mirrored half of the time. Draws three integers an image: down, right, mirrored. */
export const cropAndMirror: Augmentation = define(
  import.meta.url,
  "cropAndMirror",
  {
    name: "crop_and_mirror",
    title: "Crop and mirror",
    description:
      "The image is padded by 4 pixels on each side by reflection, cropped to its size at a random place, and mirrored left to right half of the time.",
    parameters: { pad: PAD, mirror: 0.5 },
    fill,
  },
);
