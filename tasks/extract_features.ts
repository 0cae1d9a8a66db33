import type { Images } from "../data/images.ts";
import { later } from "../engine/later.ts";
import { defineTask } from "../engine/task.ts";
import { features } from "../models/features.ts";
import type { Model, ModelOptions } from "../models/model.ts";
import type { Weights } from "../models/weights.ts";
import { withDevice } from "../models/with_device.ts";

const extraction = later<typeof import("../models/extract_features.ts")>(
  import.meta.resolve("../models/extract_features.ts"),
);

/** A network, and the images that it looks at. */
export interface ExtractFeaturesArgs {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** Weights of the network; those of its head are not used. */
  readonly weights: Weights;
  readonly images: Images;
}

/** What the last layer of a network is given for each image. */
export const extractFeatures = defineTask({
  module: import.meta.url,
  name: "extractFeatures",
  runsIn: "worker",
  result: features,
  run: (args: ExtractFeaturesArgs, context) =>
    withDevice(context, async (device) => {
      const { extractFeatures: extract } = await extraction();
      return await extract({ ...args, device, signal: context.signal });
    }),
});
