/**
 * No augmentation.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import {
  type Augmentation,
  checkBatch,
  type DeviceAugmentation,
  type FillOptions,
  unitValues,
} from "./augmentation.ts";

function fill(batch: Float32Array, { from, indices }: FillOptions): void {
  checkBatch(batch, { from, indices });
  const size = from.shape[0] * from.shape[1] * from.shape[2];
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const start = (indices[i] as number) * size;
    for (let k = start; k < start + size; k++) {
      batch[to++] = unitValues[from.images[k] as number] as number;
    }
  }
}

const device: DeviceAugmentation = {
  draws: 0,
  plan: () => ({ statements: "", values: [] }),
  pixel: ([, , channels], { value }) => ({
    statements: "",
    values: Array.from(
      { length: channels },
      (_, channel) => value("row", "column", channel),
    ),
  }),
};

/** The images as they are. Draws nothing. */
export const none: Augmentation = define(import.meta.url, "none", {
  name: "none",
  title: "No augmentation",
  description: "Images as they are.",
  device,
  fill,
});
