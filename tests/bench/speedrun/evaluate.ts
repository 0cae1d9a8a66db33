import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../../data/images/images.ts";
import type { SpeedNetwork } from "./network.ts";

/** The share of images whose class a network finds, by the mean of its logits for an image and its mirror image. */
export async function mirroredAccuracy(
  network: SpeedNetwork,
  { images, batchSize }: {
    readonly images: Images;
    readonly batchSize: number;
  },
): Promise<number> {
  const n = images.labels.length;
  const [height, width, channels] = images.shape;
  const size = height * width * channels;
  let right = 0;
  for (let start = 0; start < n; start += batchSize) {
    const end = Math.min(start + batchSize, n);
    const pixels = images.images.subarray(start * size, end * size);
    const labels = Int32Array.from(images.labels.subarray(start, end));
    const hits = tf.tidy(() => {
      const x = tf.tensor4d(
        Float32Array.from(pixels, (byte) => byte / 255),
        [end - start, height, width, channels],
      );
      const logits = tf.add(
        network.logits(x, { training: false }),
        network.logits(tf.reverse(x, 2), { training: false }),
      );
      const found = tf.argMax(logits, 1);
      return tf.sum(tf.equal(found, tf.tensor1d(labels, "int32")));
    });
    right += (await hits.data())[0] as number;
    hits.dispose();
  }
  return right / n;
}
