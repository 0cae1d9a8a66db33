import type { Images } from "../../../data/images/images.ts";
import { define } from "../../../engine/define/definition.ts";
import {
  type Augmentation,
  checkBatch,
  type DeviceAugmentation,
  type FillOptions,
  unitValues,
} from "../../../models/augmentations/augmentation.ts";
import { reflect } from "../../../models/augmentations/crop_and_mirror.ts";

/** Pixels that an image moves at most, each way. */
const MOST = 2;
const PLACES = 2 * MOST + 1;
const DOWN = 0;
const RIGHT = 1;

function fill(batch: Float32Array, { from, indices, draw }: FillOptions): void {
  checkBatch(batch, { from, indices });
  const [height, width, channels] = from.shape;
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const down = Math.floor(PLACES * draw(i, DOWN)) - MOST;
    const right = Math.floor(PLACES * draw(i, RIGHT)) - MOST;
    const image = (indices[i] as number) * height;
    for (let row = 0; row < height; row++) {
      const line = (image + reflect(row + down, height)) * width;
      for (let column = 0; column < width; column++) {
        const at = (line + reflect(column + right, width)) * channels;
        for (let channel = 0; channel < channels; channel++) {
          batch[to++] =
            unitValues[from.images[at + channel] as number] as number;
        }
      }
    }
  }
}

const device: DeviceAugmentation = {
  draws: 2,
  functions: `
fn mirrored_at(position: i32, length: i32) -> i32 {
let inside = abs(position);
return select(2 * (length - 1) - inside, inside, inside < length);
}`,
  plan: (_shape, { draw }) => ({
    statements: "",
    values: [DOWN, RIGHT].map((j) => `f32((${draw(j)} * ${PLACES}u) >> 24u)`),
  }),
  pixel: ([height, width, channels], { number, value }) => ({
    statements: `
  let from_row = mirrored_at(row + i32(${number(DOWN)}) - ${MOST}, ${height});
  let from_column = mirrored_at(column + i32(${
      number(RIGHT)
    }) - ${MOST}, ${width});`,
    values: Array.from(
      { length: channels },
      (_, channel) => value("from_row", "from_column", channel),
    ),
  }),
};

/** Images moved by up to two pixels each way, edges mirrored. Two draws an image: down, right. */
export const translate: Augmentation = define(import.meta.url, "translate", {
  name: "translate",
  title: "Translate",
  description:
    "The image moves by up to two pixels down or up and left or right; what comes in is its mirror image.",
  parameters: { pixels: MOST },
  device,
  fill,
});

/**
 * The two sets of alternating flips ("alternating flip" of arXiv:2404.00498): in the
 * first a random half of the images is mirrored, in the second the others are.
 * Epochs take turns, so two in a row see every image both ways round.
 */
export function alternatingFlips(
  images: Images,
  { mirrored }: { readonly mirrored: (image: number) => boolean },
): readonly [Images, Images] {
  const [height, width, channels] = images.shape;
  const size = height * width * channels;
  const pair = [images.images.slice(), images.images.slice()] as const;
  for (let i = 0; i < images.labels.length; i++) {
    const target = pair[mirrored(i) ? 0 : 1];
    for (let line = i * size; line < (i + 1) * size; line += width * channels) {
      for (let column = 0; column < width; column++) {
        const from = line + (width - 1 - column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          target[line + column * channels + channel] = images
            .images[from + channel] as number;
        }
      }
    }
  }
  return [{ ...images, images: pair[0] }, { ...images, images: pair[1] }];
}
