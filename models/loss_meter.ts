import * as tf from "@tensorflow/tfjs";

/** Losses that wait on the device until they are read together. */
export interface LossMeter {
  /** How many losses wait. */
  readonly waiting: number;
  /** Takes a loss, which the meter then owns. */
  add(loss: tf.Scalar): void;
  /** The losses since the last reading, in order, with one read-back. */
  read(): Promise<Float32Array>;
  /** Frees the losses that wait. */
  dispose(): void;
}

/** A meter without losses. */
export function lossMeter(): LossMeter {
  let losses: tf.Scalar[] = [];
  return {
    get waiting() {
      return losses.length;
    },
    add(loss) {
      losses.push(tf.keep(loss));
    },
    async read() {
      const joined = tf.stack(losses);
      tf.dispose(losses);
      losses = [];
      const values = await joined.data() as Float32Array;
      joined.dispose();
      return values;
    },
    dispose() {
      tf.dispose(losses);
      losses = [];
    },
  };
}
