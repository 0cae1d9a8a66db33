/**
 * The trunk of a MobileNetV3 with a dense layer on top, for images that are
 * enlarged to the size that suits it.
 *
 * @module
 */
import { define } from "../engine/define/definition.ts";
import { later } from "../engine/define/later.ts";
import { BLOCKS } from "./model/mobilenet_v3_blocks.ts";
import { type Model, modelOptions } from "./model/model.ts";

const network = later<typeof import("./networks/mobilenet_v3.ts")>(
  import.meta.resolve("./networks/mobilenet_v3.ts"),
);

const defaults = { side: 64, layers: BLOCKS.length + 1 };

function creator(normalised: boolean): Model["create"] {
  return async ({ options, ...rest }) =>
    (await network()).createMobilenetV3(rest, {
      ...modelOptions(defaults, options),
      normalised,
    });
}

const LAYERS =
  "Images are enlarged (bilinear); a 3×3 convolution of stride 2; inverted residual blocks with squeeze and excitation, ReLU and hard swish; a pointwise convolution; global average pooling and a dense layer.";

/** The trunk that COCO's detector has, and a head: 1,755,874 parameters for ten classes. */
export const mobilenetV3: Model = define(import.meta.url, "mobilenetV3", {
  name: "mobilenet_v3",
  title: "MobileNetV3",
  description:
    `${LAYERS} Batch normalisation is folded into kernels and biases.`,
  defaults,
  create: creator(false),
});

/** The same layers with batch normalisations of their own, to be trained from scratch. */
export const mobilenetV3Normalised: Model = define(
  import.meta.url,
  "mobilenetV3Normalised",
  {
    name: "mobilenet_v3_normalised",
    title: "MobileNetV3 with batch normalisation",
    description:
      `${LAYERS} Every convolution but those of squeeze and excitation is normalised by the batch.`,
    defaults,
    create: creator(true),
  },
);
