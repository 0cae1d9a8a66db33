import * as tf from "@tensorflow/tfjs";

/** √ of the sum of all squares of all `gradients`; nothing is read back. */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() =>
    // Stacked, not tf.addN: on WebGPU that binds a buffer for each gradient at
    // once, and devices allow few (8 in tfjs).
    tf.sqrt(tf.sum(tf.stack(
      gradients.map((gradient) => tf.sum(tf.square(gradient))),
    )))
  );
}

/**
 * The factor that brings `gradients` to a global norm of at most `limit`, as
 * PyTorch's `clip_grad_norm_` computes it: min(1, limit / (norm + 10⁻⁶)). Pass
 * it on as the `scale` of an optimizer update.
 */
export function clipScale(
  gradients: readonly tf.Tensor[],
  { limit }: { readonly limit: number },
): tf.Scalar {
  return tf.tidy(() =>
    tf.minimum(tf.div(limit, tf.add(globalNorm(gradients), 1e-6)), 1)
  );
}

/** `gradients`, scaled to a global norm of at most `limit`. The caller disposes them. */
export function clip(
  gradients: readonly tf.Tensor[],
  { limit }: { readonly limit: number },
): tf.Tensor[] {
  return tf.tidy(() => {
    const scale = clipScale(gradients, { limit });
    return gradients.map((gradient) => tf.mul(gradient, scale));
  });
}
