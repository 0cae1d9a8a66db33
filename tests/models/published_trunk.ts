/**
 * The detector as it was published, run by tfjs's own reader of graphs, and
 * the trunk's weights as we take them out of it.
 *
 * @module
 */
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import { z } from "zod";
import { centerNet, readCenterNet } from "../../data/datasets/center_net.ts";
import { readGraphWeights } from "../../data/datasets/graph_weights.ts";
import { cocoTrunk } from "../../models/model/coco_trunk.ts";
import type { Weights } from "../../models/model/weights.ts";

const dimensions = z.object({
  dim: z.array(z.object({ size: z.string() })),
});
const graphSchema = z.looseObject({
  modelTopology: z.looseObject({
    node: z.array(z.looseObject({
      op: z.string(),
      name: z.string(),
      attr: z.looseObject({
        shape: z.object({ shape: dimensions }).optional(),
      }).optional(),
    })),
  }),
  signature: z.looseObject({
    inputs: z.record(z.string(), z.looseObject({ tensorShape: dimensions })),
  }),
  weightsManifest: z.array(z.object({
    weights: z.array(z.object({
      name: z.string(),
      shape: z.array(z.number()),
      dtype: z.enum(["float32", "int32"]),
    })),
  })),
});

/** The weights of the trunk, and a way to run the published graph. */
export interface PublishedTrunk {
  readonly weights: Weights;
  /** The graph on the current device; to be disposed. */
  load(): Promise<GraphModel>;
}

/** Reads both from the package. */
export async function publishedTrunk(): Promise<PublishedTrunk> {
  const [graphFile, weightsFile] = centerNet.files;
  const model = await readCenterNet(graphFile.name);
  const values = readGraphWeights(model, await readCenterNet(weightsFile.name));
  const graph = graphSchema.parse(JSON.parse(new TextDecoder().decode(model)));
  // Published for one image of 512×512; nothing below the detector needs that.
  const shapes = [
    ...Object.values(graph.signature.inputs).map((input) => input.tensorShape),
    ...graph.modelTopology.node
      .filter(({ op }) => op === "Placeholder")
      .flatMap(({ attr }) => attr?.shape?.shape ?? []),
  ];
  for (const { dim } of shapes) {
    for (const side of dim.slice(0, 3)) side.size = "-1";
  }
  const specs = graph.weightsManifest.flatMap(({ weights }) => weights);
  return {
    weights: cocoTrunk(values),
    load: () =>
      loadGraphModel({
        load: () =>
          Promise.resolve({
            modelTopology: graph.modelTopology,
            weightSpecs: specs,
            weightData: bytesOf(specs, values),
          }),
      }),
  };
}

/** The weights in full precision, with 1/6 as it was before it was rounded to half precision. */
function bytesOf(
  specs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
  }[],
  values: Weights,
): ArrayBuffer {
  const parts = specs.map(({ name, shape }) => {
    // Whole numbers are axes of means: height and width.
    const data = values[name]?.data ?? (
      name.endsWith("squeeze_excite/Mean/reduction_indices")
        ? new Float32Array(Int32Array.of(1, 2).buffer)
        : new Float32Array(shape.reduce((a, b) => a * b, 1))
    );
    return name.endsWith("/y") && Math.abs((data[0] ?? 0) - 1 / 6) < 1e-3
      ? Float32Array.of(1 / 6)
      : data;
  });
  const joined = new Float32Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let start = 0;
  for (const part of parts) {
    joined.set(part, start);
    start += part.length;
  }
  return joined.buffer;
}
