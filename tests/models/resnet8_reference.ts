/**
 * What PyTorch 2.6 computes for a small ResNet-8 in double precision; made by
 * data/resnet8_reference.py.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";
import { define } from "../../engine/define/definition.ts";
import {
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";
import { writeWeights } from "../../models/model/device_weights.ts";
import type { Model } from "../../models/model/model.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { everything } from "../../models/model/model.ts";
import type { Weights } from "../../models/model/weights.ts";

const { arrays } = safetensors.decode(
  await Deno.readFile(
    new URL("data/resnet8_reference.safetensors", import.meta.url),
  ),
);

/** One array, in double precision where it is a result. */
export function reference(name: string): NamedArray {
  const array = arrays[name];
  if (array === undefined) {
    throw new Error(`Cannot find the reference "${name}"`);
  }
  return array;
}

/** All arrays `<group>/<name>`, by name. */
export function referenceGroup(
  group: string,
): Readonly<Record<string, NamedArray>> {
  return Object.fromEntries(
    Object.entries(arrays).filter(([path]) => path.startsWith(`${group}/`))
      .map(([path, array]) => [path.slice(group.length + 1), array]),
  );
}

/** A group as weights: float32. */
export function referenceWeights(group: string): Weights {
  return Object.fromEntries(
    Object.entries(referenceGroup(group)).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float32Array.from(data) },
    ]),
  );
}

/** The six images of the reference. */
export const referenceImages: Images = {
  images: reference("images").data as Uint8Array,
  labels: Uint8Array.from(reference("labels").data),
  shape: [8, 8, 3],
  classes: ["a", "b", "c", "d", "e"],
};

/** The network of the reference, with its initial weights whatever the seed. */
export const referenceModel: Model = define(
  import.meta.url,
  "referenceModel",
  {
    ...resnet8,
    async create(options) {
      const network = await resnet8.create({
        ...options,
        options: { widths: [4, 6, 8] },
      });
      writeWeights(everything(network), {
        weights: referenceWeights("initial"),
      });
      return network;
    },
  },
);
