import assert from "node:assert/strict";
import fc from "fast-check";
import { mixedAccuracy } from "../../shifts/mixture.ts";
import { tintMixture } from "../../shifts/tint.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("mixedAccuracy() is p own + (1 - p) random for a tint's reference set", () => {
  fc.assert(fc.property(share, share, share, (p, own, random) => {
    const { reference } = tintMixture(p);
    const accuracy = mixedAccuracy({ own, random }, reference);
    assert.ok(Math.abs(accuracy - (p * own + (1 - p) * random)) < 1e-12);
  }));
});

Deno.test("mixedAccuracy() is that of the random colours for a tint's shifted set", () => {
  fc.assert(fc.property(share, share, share, (p, own, random) => {
    assert.equal(
      mixedAccuracy({ own, random }, tintMixture(p).shifted),
      random,
    );
  }));
});

Deno.test("mixedAccuracy() does not look at a component without a share", () => {
  assert.equal(mixedAccuracy({ a: 0.5, b: NaN }, { a: 1, b: 0 }), 0.5);
});

Deno.test("mixedAccuracy() weights any number of classes", () => {
  const shares = { cat: 0.5, dog: 0.25, frog: 0.25 };
  const accuracies = { cat: 0.8, dog: 0.4, frog: 0 };
  assert.equal(mixedAccuracy(accuracies, shares), 0.5);
});

Deno.test("mixedAccuracy() throws when the shares do not sum to 1", () => {
  assert.throws(() => mixedAccuracy({ a: 1, b: 1 }, { a: 0.5, b: 0.25 }), {
    name: "RangeError",
    message: "Cannot mix accuracies: the shares sum to 0.75, not 1",
  });
});

Deno.test("mixedAccuracy() throws when a share is negative", () => {
  assert.throws(() => mixedAccuracy({ a: 1, b: 1 }, { a: 1.5, b: -0.5 }), {
    name: "RangeError",
    message: 'Cannot mix accuracies: the share of "b" is -0.5',
  });
});

Deno.test("mixedAccuracy() throws when an accuracy is not between 0 and 1", () => {
  assert.throws(() => mixedAccuracy({ a: 51 }, { a: 1 }), {
    name: "RangeError",
    message: 'Cannot mix accuracies: that of "a" is 51',
  });
});
