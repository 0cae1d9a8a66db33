import * as tf from "@tensorflow/tfjs-core";

// Mean and standard deviation of the channels of CIFAR-10's training images;
// other numbers of channels get the mean and deviation of no data set.
const MEAN = [0.4914, 0.4822, 0.4465];
const DEVIATION = [0.247, 0.2435, 0.2616];

/** (x − mean) / deviation by channel, for x [n, height, width, channel] with values 0…1. */
export function normalise(x: tf.Tensor4D): tf.Tensor4D {
  const channels = x.shape[3];
  const [mean, deviation] = channels === MEAN.length
    ? [MEAN, DEVIATION]
    : [new Array(channels).fill(0.5), new Array(channels).fill(0.25)];
  return tf.div(tf.sub(x, tf.tensor1d(mean)), tf.tensor1d(deviation));
}
