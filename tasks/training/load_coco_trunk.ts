import { readGraphWeights } from "../../data/datasets/graph_weights.ts";
import {
  centerNet,
  readHumanModels,
} from "../../data/datasets/human_models.ts";
import { defineTask } from "../../engine/define/task.ts";
import { cocoTrunk } from "../../models/model/coco_trunk.ts";
import { weights } from "../../models/model/weights.ts";

/** The trunk of a detector trained on COCO, to go on from; an optional download. */
export const loadCocoTrunk = defineTask({
  module: import.meta.url,
  name: "loadCocoTrunk",
  // A worker would lose the kind of error that a missing download is.
  result: weights,
  async run(_: Readonly<Record<string, never>>) {
    const [graph, values] = centerNet.files;
    return cocoTrunk(readGraphWeights(
      await readHumanModels(graph),
      await readHumanModels(values),
    ));
  },
});
