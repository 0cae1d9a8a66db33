/**
 * A small residual network for images of about 32×32 pixels.
 *
 * @module
 */
import { define } from "../engine/define/definition.ts";
import { later } from "../engine/define/later.ts";
import { type Model, modelOptions } from "./model/model.ts";

const network = later<typeof import("./networks/resnet8.ts")>(
  import.meta.resolve("./networks/resnet8.ts"),
);

const defaults = { widths: [16, 32, 64] };

/** The residual network with 16, 32 and 64 channels: 75,274 parameters for ten classes. */
export const resnet8: Model = define(import.meta.url, "resnet8", {
  name: "resnet8",
  title: "ResNet-8",
  description:
    "A 3×3 convolution with bias and ReLU; three residual blocks of two 3×3 convolutions, each with batch normalisation and ReLU; identity shortcuts padded with zero channels; 2×2 average pooling after the first two blocks; global average pooling and a dense layer. Inputs are normalised by channel.",
  defaults,
  create: async ({ options, ...rest }) =>
    (await network()).createResnet8(rest, modelOptions(defaults, options)),
});
