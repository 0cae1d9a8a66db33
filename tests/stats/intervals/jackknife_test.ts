import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { jackknife } from "../../../stats/intervals/jackknife.ts";
import {
  combineErrors,
  mean,
  meanWithInterval,
} from "../../../stats/intervals/mean.ts";

Deno.test("jackknife() gives Student's interval of a mean", () => {
  const values = [0.61, 0.58, 0.66, 0.6, 0.63];
  const { value, low, high, standardErrors } = jackknife(
    (without) =>
      mean(
        values.filter((_, i) => without === undefined || i !== without.member),
      ),
    { factors: { networks: values.length } },
  );
  const student = meanWithInterval(values);
  assert.ok(Math.abs(value - student.mean) < 1e-12);
  assert.ok(Math.abs(low - student.low) < 1e-9);
  assert.ok(Math.abs(high - student.high) < 1e-9);
  assert.ok(
    Math.abs((standardErrors.networks ?? 0) - student.sd / Math.sqrt(5)) <
      1e-12,
  );
});

Deno.test("jackknife() leaves out factors of one member and refuses when no other is left", () => {
  const found = jackknife(
    (without) => without?.factor === "images" ? without.member : 0.5,
    { factors: { networks: 1, images: 3 } },
  );
  assert.deepEqual(Object.keys(found.standardErrors), ["images"]);
  assert.throws(() => jackknife(() => 0, { factors: { a: 1, b: 1 } }), {
    name: "RangeError",
    message:
      "Cannot take a jackknife over a and b: none has two members to leave out",
  });
});

Deno.test("jackknife() guards the degrees of freedom of its interval against a factor of few members", () => {
  const { value, high, standardErrors } = jackknife(
    (without) => without === undefined ? 0 : without.member / 100,
    { factors: { networks: 3, images: 20 } },
  );
  const sources = ([["networks", 2], ["images", 19]] as const).map((
    [factor, degreesOfFreedom],
  ) => ({ standardError: standardErrors[factor] ?? NaN, degreesOfFreedom }));
  const [guarded, plain] = [true, false].map((guarded) =>
    combineErrors(sources, { guarded }).halfWidth
  );
  assert.notEqual(guarded, plain);
  assert.equal(high - value, guarded);
});

Deno.test("jackknife() holds the truth about as often as its level says where networks and images are both drawn", () => {
  const random = stream(7, "jackknife test");
  const [networks, blocks, worlds] = [4, 50, 400];
  let held = 0;
  for (let world = 0; world < worlds; world++) {
    const ofNetworks = Array.from(
      { length: networks },
      () => 2 * random.normal(),
    );
    const ofBlocks = Array.from({ length: blocks }, () => 7 * random.normal());
    const { low, high } = jackknife((without) => {
      const one = (values: readonly number[], factor: string) =>
        mean(
          values.filter((_, i) =>
            without?.factor !== factor || without.member !== i
          ),
        );
      return one(ofNetworks, "networks") + one(ofBlocks, "images");
    }, { factors: { networks, images: blocks } });
    if (low <= 0 && high >= 0) held++;
  }
  assert.ok(held / worlds > 0.93 && held / worlds < 0.99, `${held}`);
});
