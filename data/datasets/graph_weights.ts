/**
 * Weights of a TensorFlow.js graph model, without the graph.
 *
 * @module
 */
import { z } from "zod";

/** An array of weights, in row-major order. */
export interface GraphWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const modelSchema = z.object({
  weightsManifest: z.tuple([
    z.object({
      weights: z.array(z.object({
        name: z.string(),
        shape: z.array(z.int().nonnegative()),
        dtype: z.enum(["float32", "int32"]),
        quantization: z.object({ dtype: z.literal("float16") }).optional(),
      })),
    }),
  ]),
});

/**
 * The arrays of floats by name. Half precision is widened, which changes no
 * value; whole numbers, such as axes and shapes, are left out.
 *
 * @param model the bytes of the file that describes the graph
 * @param weights the bytes of its one weights file: all arrays one after the other, in the order of the manifest
 * @throws {TypeError} if the two do not fit together, or the manifest has more than one group or other types
 */
export function readGraphWeights(
  model: Uint8Array,
  weights: Uint8Array,
): Readonly<Record<string, GraphWeight>> {
  const parsed = modelSchema.safeParse(
    JSON.parse(new TextDecoder().decode(model)),
  );
  if (!parsed.success) {
    throw new TypeError(
      `Cannot read the weights of a graph: ${z.prettifyError(parsed.error)}`,
    );
  }
  const [{ weights: entries }] = parsed.data.weightsManifest;
  const lengths = entries.map(({ shape, quantization }) =>
    shape.reduce((product, side) => product * side, 1) *
    (quantization === undefined ? 4 : 2)
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== weights.length) {
    throw new TypeError(
      `Cannot read the weights of a graph: they should be ${total} bytes and are ${weights.length}`,
    );
  }
  const read: Record<string, GraphWeight> = {};
  let start = 0;
  for (const [i, { name, shape, dtype, quantization }] of entries.entries()) {
    // A copy begins where an array of any type may begin.
    const { buffer } = weights.slice(start, start + (lengths[i] ?? 0));
    start += lengths[i] ?? 0;
    if (dtype === "int32") continue;
    read[name] = {
      shape,
      data: quantization === undefined
        ? new Float32Array(buffer)
        : Float32Array.from(new Float16Array(buffer)),
    };
  }
  return read;
}
