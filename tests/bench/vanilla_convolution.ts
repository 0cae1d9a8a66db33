import * as tf from "@tensorflow/tfjs-core";

/**
 * Gives tfjs's wasm backend the filter gradient that it lacks, from its own
 * operations: for each tap a slice of the padded input, flattened, transposed
 * and multiplied with the gradient. What one would write without kernels.
 */
export function convolveByProducts(): void {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const x = inputs["x"] as tf.Tensor4D;
        const dy = inputs["dy"] as tf.Tensor4D;
        const [kh, kw, from, to] = (attrs as unknown as {
          readonly filterShape: [number, number, number, number];
        }).filterShape;
        const [n, height, width] = dy.shape;
        const padded = tf.pad(x, [
          [0, 0],
          [(kh - 1) / 2, (kh - 1) / 2],
          [(kw - 1) / 2, (kw - 1) / 2],
          [0, 0],
        ]);
        const flat = tf.reshape(dy, [n * height * width, to]) as tf.Tensor2D;
        const taps: tf.Tensor[] = [];
        for (let i = 0; i < kh; i++) {
          for (let j = 0; j < kw; j++) {
            const part = tf.slice(padded, [0, i, j, 0], [
              n,
              height,
              width,
              from,
            ]);
            taps.push(
              tf.matMul(
                tf.reshape(part, [n * height * width, from]) as tf.Tensor2D,
                flat,
                true,
              ),
            );
          }
        }
        return tf.reshape(tf.stack(taps), [kh, kw, from, to]);
      }),
  });
}
