/**
 * The weights of the COCO detector's trunk, under the names of our network.
 *
 * @module
 */
import { BLOCKS } from "./mobilenet_v3_blocks.ts";
import type { WeightArray, Weights } from "./weights.ts";

const LAYERS = {
  expand: "expand/Conv2D",
  depthwise: "depthwise/depthwise",
  project: "project/Conv2D",
} as const;

/** Names of kernel and bias in the graph, by name of the layer. */
function namesOf(): ReadonlyMap<string, readonly [string, string]> {
  const folded = (path: string): readonly [string, string] => [
    `tower_0/${path}_weights`,
    `tower_0/${path}_bn_offset`,
  ];
  const names = new Map([["stem", folded("MobilenetV3/Conv/Conv2D")]]);
  for (const [i, { squeeze }] of BLOCKS.entries()) {
    const block = `MobilenetV3/expanded_conv${i === 0 ? "" : `_${i}`}`;
    for (const [layer, path] of Object.entries(LAYERS)) {
      if (i === 0 && layer === "expand") continue;
      names.set(`block${i}.${layer}`, folded(`${block}/${path}`));
    }
    if (squeeze === undefined) continue;
    for (const [layer, path] of [["squeeze", "Conv"], ["excite", "Conv_1"]]) {
      const gate = `${block}/squeeze_excite/${path}`;
      names.set(`block${i}.${layer}`, [`${gate}/weights`, `${gate}/biases`]);
    }
  }
  return names.set("last", folded("extern1/Conv2D"));
}

/**
 * The trunk's weights for `mobilenetV3`. The graph takes pixels of 0…255 and
 * our networks 0…1, so that the first kernel is multiplied by 255.
 *
 * @param graph arrays by their name in the graph
 * @throws {TypeError} if an array is missing
 */
export function cocoTrunk(graph: Weights): Weights {
  const weights: Record<string, WeightArray> = {};
  for (const [layer, [kernel, bias]] of namesOf()) {
    weights[`${layer}.kernel`] = arrayOf(graph, kernel);
    weights[`${layer}.bias`] = arrayOf(graph, bias);
  }
  const stem = arrayOf(weights, "stem.kernel");
  return {
    ...weights,
    "stem.kernel": { ...stem, data: stem.data.map((value) => 255 * value) },
  };
}

function arrayOf(weights: Weights, name: string): WeightArray {
  const array = weights[name];
  if (array === undefined) {
    throw new TypeError(
      `Cannot take the trunk out of a graph: it has no weights "${name}"`,
    );
  }
  return array;
}
