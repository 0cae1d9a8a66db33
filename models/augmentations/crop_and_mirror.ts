/**
 * Random crops and mirror images: the usual augmentation for CIFAR-10.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import { define } from "../../engine/define/definition.ts";
import {
  type Augmentation,
  checkBatch,
  type DeviceAugmentation,
  type FillOptions,
  unitValues,
} from "./augmentation.ts";

/** What each draw of an image decides. */
const DOWN = 0;
const RIGHT = 1;
const MIRRORED = 2;

/** Position in 0 … length − 1 that a position up to `PAD` outside is the mirror image of; edges are not repeated. */
export function reflect(position: number, length: number): number {
  const inside = Math.abs(position);
  return inside < length ? inside : 2 * (length - 1) - inside;
}

function checkShape(shape: Images["shape"], pad: number): void {
  const [height, width] = shape;
  if (height <= pad || width <= pad) {
    throw new RangeError(
      `Cannot pad images of shape [${shape}] by reflection: height and width must be above ${pad}`,
    );
  }
}

/** How many crops there are along each axis. */
function cropsWithin(pad: number): number {
  return 2 * pad + 1;
}

function fill(
  batch: Float32Array,
  { from, indices, draw, pad }: FillOptions & { readonly pad: number },
): void {
  checkBatch(batch, { from, indices });
  checkShape(from.shape, pad);
  const crops = cropsWithin(pad);
  const [height, width, channels] = from.shape;
  const row = width * channels;
  const columns = new Int32Array(row); // where each value of a row is read from
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const down = Math.floor(crops * draw(i, DOWN)) - pad;
    const right = Math.floor(crops * draw(i, RIGHT)) - pad;
    const mirrored = draw(i, MIRRORED) >= 0.5;
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

function deviceWithin(pad: number): DeviceAugmentation {
  return {
    draws: 3,
    functions: `
fn reflect_at(position: i32, length: i32) -> i32 {
  let inside = abs(position);
  return select(2 * (length - 1) - inside, inside, inside < length);
}`,
    plan(shape, { draw }) {
      checkShape(shape, pad);
      const crop = (j: number) =>
        `f32((${draw(j)} * ${cropsWithin(pad)}u) >> 24u)`;
      return {
        statements: "",
        values: [crop(DOWN), crop(RIGHT), `f32(${draw(MIRRORED)} >> 23u)`],
      };
    },
    pixel([height, width, channels], { number, value }) {
      return {
        statements: `
  let from_row = reflect_at(row + i32(${number(DOWN)}) - ${pad}, ${height});
  let turned = select(column, ${width - 1} - column, ${number(MIRRORED)} > 0.5);
  let from_column = reflect_at(turned + i32(${
          number(RIGHT)
        }) - ${pad}, ${width});`,
        values: Array.from(
          { length: channels },
          (_, channel) => value("from_row", "from_column", channel),
        ),
      };
    },
  };
}

/** How an augmentation with this padding is described and done. */
function within(
  pad: number,
): Pick<Augmentation, "description" | "device" | "fill"> {
  return {
    description:
      `The image is padded by ${pad} pixels on each side by reflection, cropped to its size at a random place, and mirrored left to right half of the time.`,
    device: deviceWithin(pad),
    fill: (batch, options) => fill(batch, { ...options, pad }),
  };
}

/** Random crops of the padded image, mirrored half of the time. Three draws an image: down, right, mirrored. */
export const cropAndMirror: Augmentation = define(
  import.meta.url,
  "cropAndMirror",
  { name: "crop_and_mirror", title: "Crop and mirror", ...within(4) },
);

/** The same for images of half the side, padded by half as much. */
export const cropAndMirrorSmall: Augmentation = define(
  import.meta.url,
  "cropAndMirrorSmall",
  {
    name: "crop_and_mirror_small",
    title: "Crop and mirror, small images",
    ...within(2),
  },
);
