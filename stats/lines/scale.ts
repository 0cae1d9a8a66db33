/**
 * Scales on which accuracies are compared: probit, logit and linear.
 *
 * @module
 */
import { z } from "zod";
import { normalCdf, normalQuantile } from "../intervals/distributions.ts";

/** Name of a scale. */
export type ScaleName = "probit" | "logit" | "linear";

/** A strictly increasing change of units, with its inverse and its slope. */
export interface Scale {
  /** Name of the scale. */
  readonly name: ScaleName;
  /** From an accuracy in (0, 1) to scaled units. */
  forward(accuracy: number): number;
  /** From scaled units to an accuracy, which may lie outside of [0, 1] on the linear scale. */
  inverse(scaled: number): number;
  /** Derivative of `inverse`: accuracy per scaled unit. */
  slope(scaled: number): number;
}

/** Every scale by name. Probit is the paper's; the figures of Taori et al., arXiv:2007.00644, have logit. */
export const scales: Readonly<Record<ScaleName, Scale>> = {
  probit: {
    name: "probit",
    forward: normalQuantile,
    inverse: normalCdf,
    slope: (scaled) => Math.exp(-scaled * scaled / 2) / Math.sqrt(2 * Math.PI),
  },
  logit: {
    name: "logit",
    forward: (accuracy) => Math.log(accuracy) - Math.log1p(-accuracy),
    inverse: (scaled) => 1 / (1 + Math.exp(-scaled)),
    slope: (scaled) => {
      const accuracy = 1 / (1 + Math.exp(-Math.abs(scaled)));
      return accuracy * (1 - accuracy);
    },
  },
  linear: {
    name: "linear",
    forward: (accuracy) => accuracy,
    inverse: (scaled) => scaled,
    slope: () => 1,
  },
};

/**
 * What happens to accuracies that probit and logit send to infinity: an error,
 * or a clip to [bound, 1 − bound]. Without `bound` the clip is 1/(2n), half an
 * image of the n tested. The linear scale needs and applies neither.
 */
export type ExtremeRule =
  | { readonly kind: "error" }
  | { readonly kind: "clip"; readonly bound?: number | undefined };

/** Schema of {@linkcode ScaleName}. */
export const scaleNameSchema: z.ZodType<ScaleName> = z.enum([
  "probit",
  "logit",
  "linear",
]);

/** Schema of {@linkcode ExtremeRule}. */
export const extremeRuleSchema: z.ZodType<ExtremeRule> = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("error") }),
    z.strictObject({
      kind: z.literal("clip"),
      bound: z.number().gt(0).lt(0.5).optional(),
    }),
  ],
);

/** How to scale one accuracy. */
export interface ToScaleOptions {
  /** Scale to go to. */
  readonly scale: ScaleName;
  /** Model whose accuracy it is; named in errors. */
  readonly model: string;
  /** Rule for accuracies at or near 0 and 1; an error by default. */
  readonly extremes?: ExtremeRule | undefined;
  /** Number of test images, for a clip to 1/(2n). */
  readonly size?: number | undefined;
}

/** A scaled accuracy. */
export interface Scaled {
  /** In scaled units; finite. */
  readonly value: number;
  /** Whether the rule for extremes moved the accuracy. */
  readonly clipped: boolean;
}

/**
 * An accuracy in scaled units.
 *
 * @throws {RangeError} if the accuracy is not in [0, 1], if it is 0 or 1 on a
 * probit or logit scale without a clip, or if the clip lacks its size
 */
export function toScale(accuracy: number, options: ToScaleOptions): Scaled {
  const { scale, model, extremes = { kind: "error" }, size } = options;
  if (!(accuracy >= 0 && accuracy <= 1)) {
    throw new RangeError(
      `Cannot take the ${scale} of ${accuracy} for model "${model}": accuracies are fractions from 0 to 1`,
    );
  }
  const { forward } = scales[scale];
  if (scale === "linear") return { value: forward(accuracy), clipped: false };
  if (extremes.kind === "error") {
    if (accuracy === 0 || accuracy === 1) {
      throw new RangeError(
        `Cannot take the ${scale} of ${accuracy} for model "${model}": accuracies must lie strictly between 0 and 1`,
      );
    }
    return { value: forward(accuracy), clipped: false };
  }
  const bound = extremes.bound ?? boundOf(size, { accuracy, model });
  if (!(bound > 0 && bound < 0.5)) {
    throw new RangeError(
      `Cannot clip accuracies to ${bound}: the bound must lie strictly between 0 and 0.5`,
    );
  }
  const kept = Math.min(Math.max(accuracy, bound), 1 - bound);
  return { value: forward(kept), clipped: kept !== accuracy };
}

function boundOf(
  size: number | undefined,
  { accuracy, model }: { readonly accuracy: number; readonly model: string },
): number {
  if (size !== undefined && Number.isInteger(size) && size > 1) {
    return 1 / (2 * size);
  }
  // Only 0 and 1 themselves need the size: anything else passes as it is.
  if (accuracy > 0 && accuracy < 1 && size === undefined) {
    return Number.MIN_VALUE;
  }
  throw new RangeError(
    `Cannot clip the accuracy ${accuracy} of model "${model}" to 1/(2n): its number of test images is ${
      size ?? "unknown"
    }`,
  );
}
