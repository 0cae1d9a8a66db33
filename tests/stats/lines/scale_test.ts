import assert from "node:assert/strict";
import fc from "../../property.ts";
import { type ScaleName, scales, toScale } from "../../../stats/lines/scale.ts";
import { close, scipy } from "../reference.ts";

const names: readonly ScaleName[] = ["probit", "logit", "linear"];
const model = "resnet8";

Deno.test("scales.probit agrees with SciPy's norm to 1e-9", () => {
  const { forward, inverse, slope } = scales.probit;
  for (const [accuracy, scaled] of scipy.probit) {
    close(forward(accuracy), scaled);
  }
  for (const [scaled, accuracy, density] of scipy.probitInverse) {
    close(inverse(scaled), accuracy);
    close(slope(scaled), density);
  }
});

Deno.test("scales.logit agrees with SciPy's logit and expit to 1e-9", () => {
  const { forward, inverse, slope } = scales.logit;
  for (const [accuracy, scaled] of scipy.logit) {
    close(forward(accuracy), scaled);
  }
  for (const [scaled, accuracy, density] of scipy.logitInverse) {
    close(inverse(scaled), accuracy);
    close(slope(scaled), density);
  }
});

Deno.test("scales undo themselves", () => {
  fc.assert(fc.property(
    fc.constantFrom(...names),
    fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
    (name, accuracy) => {
      const { forward, inverse } = scales[name];
      close(inverse(forward(accuracy)), accuracy);
    },
  ));
});

Deno.test("scales have the slope of their inverse", () => {
  fc.assert(fc.property(
    fc.constantFrom(...names),
    fc.double({ min: -4, max: 4, noNaN: true }),
    (name, scaled) => {
      const { inverse, slope } = scales[name];
      const step = 1e-5;
      const measured = (inverse(scaled + step) - inverse(scaled - step)) /
        (2 * step);
      close(slope(scaled), measured, 1e-8);
    },
  ));
});

Deno.test("toScale() names the model when an accuracy is 0 or 1", () => {
  assert.throws(() => toScale(1, { scale: "probit", model }), {
    name: "RangeError",
    message:
      'Cannot take the probit of 1 for model "resnet8": accuracies must lie strictly between 0 and 1',
  });
  assert.throws(
    () => toScale(0, { scale: "logit", model }),
    /Cannot take the logit of 0 for model "resnet8"/,
  );
});

Deno.test("toScale() takes 0 and 1 as they are on the linear scale", () => {
  assert.deepEqual(toScale(1, { scale: "linear", model }), {
    value: 1,
    clipped: false,
  });
});

Deno.test("toScale() refuses accuracies in per cent", () => {
  assert.throws(() => toScale(84.3, { scale: "linear", model }), {
    message:
      'Cannot take the linear of 84.3 for model "resnet8": accuracies are fractions from 0 to 1',
  });
  assert.throws(() => toScale(NaN, { scale: "probit", model }), /of NaN/);
});

Deno.test("toScale() clips to half an image by default and says so", () => {
  const options = {
    scale: "probit",
    model,
    extremes: { kind: "clip" },
  } as const;
  const { value, clipped } = toScale(1, { ...options, size: 500 });
  close(value, scales.probit.forward(0.999));
  assert.equal(clipped, true);
  assert.equal(toScale(0.9985, { ...options, size: 500 }).clipped, false);
  assert.equal(toScale(0.5, options).clipped, false);
});

Deno.test("toScale() clips to a given bound", () => {
  const options = {
    scale: "logit",
    model,
    extremes: { kind: "clip", bound: 0.001 },
  } as const;
  close(toScale(0, options).value, scales.logit.forward(0.001));
  close(toScale(0.9999, options).value, scales.logit.forward(0.999));
});

Deno.test("toScale() cannot clip to half an image of an unknown number", () => {
  const options = {
    scale: "probit",
    model,
    extremes: { kind: "clip" },
  } as const;
  assert.throws(() => toScale(0, options), {
    message:
      'Cannot clip the accuracy 0 of model "resnet8" to 1/(2n): its number of test images is unknown',
  });
  assert.throws(() => toScale(0.5, { ...options, size: 0 }), /images is 0$/);
});

Deno.test("toScale() refuses a bound that leaves nothing", () => {
  assert.throws(
    () =>
      toScale(0.4, {
        scale: "probit",
        model,
        extremes: { kind: "clip", bound: 0.5 },
      }),
    {
      message:
        "Cannot clip accuracies to 0.5: the bound must lie strictly between 0 and 0.5",
    },
  );
});
