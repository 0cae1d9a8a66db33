import type { Images } from "../../data/images/images.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import { features } from "../../models/prediction/features.ts";
import type { Model, ModelOptions } from "../../models/model/model.ts";
import type { Weights } from "../../models/model/weights.ts";
import { withDevice } from "../../models/device/with_device.ts";

const extraction = later<
  typeof import("../../models/prediction/extract_features.ts")
>(
  import.meta.resolve("../../models/prediction/extract_features.ts"),
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
  result: features,
  run: (args: ExtractFeaturesArgs, context) =>
    withDevice(context, async (device) => {
      const { extractFeatures: extract } = await extraction();
      return await extract({ ...args, device, signal: context.signal });
    }),
});
