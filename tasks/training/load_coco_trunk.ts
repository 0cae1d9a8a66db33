import { centerNet, readCenterNet } from "../../data/datasets/center_net.ts";
import { readGraphWeights } from "../../data/datasets/graph_weights.ts";
import { defineTask } from "../../engine/define/task.ts";
import { cocoTrunk } from "../../models/model/coco_trunk.ts";
import { weights } from "../../models/model/weights.ts";

/** The trunk of a detector trained on COCO, to go on from. */
export const loadCocoTrunk = defineTask({
  module: import.meta.url,
  name: "loadCocoTrunk",
  result: weights,
  async run(_: Readonly<Record<string, never>>) {
    const [graph, values] = centerNet.files;
    return cocoTrunk(readGraphWeights(
      await readCenterNet(graph.name),
      await readCenterNet(values.name),
    ));
  },
});
