import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  binProperty,
  informationOf,
  informationTable,
} from "../../../stats/asked/property_information.ts";
import { close } from "../reference.ts";

Deno.test("informationOf() has the mean 0 where a property tells nothing, whatever its own values", () => {
  const random = stream(5, "information");
  const labels = Int32Array.from({ length: 4000 }, () => random.integer(2));
  // Tells the label in the first half, where it is learnt; is independent and elsewhere in the second.
  const values = Float64Array.from(
    labels,
    (label, i) => i < 2000 ? label : random.uniform() < 0.9 ? 1 : 0,
  );
  const fitted = Uint32Array.from({ length: 2000 }, (_, i) => i);
  const { bins, count } = binProperty(values, {
    categories: ["no", "yes"],
    fitted,
  });
  const information = informationOf({ bins, count, labels, classes: 2 }, {
    fitted,
    prior: Float64Array.of(0.5, 0.5),
  });
  const mean = (part: Float64Array) =>
    part.reduce((a, b) => a + b, 0) / part.length;
  assert.ok(mean(information.subarray(0, 2000)) > 2);
  assert.ok(Math.abs(mean(information.subarray(2000))) < 0.35);
});

Deno.test("informationTable() is what its definition gives in NumPy", () => {
  // t = [[30, 10, 5], [4, 16, 10]]; l = log((t + 2) / (scipy.stats.contingency.expected_freq(t) + 2)), less each row's mean by the prior.
  const table = informationTable(
    Float64Array.of(30, 10, 5, 4, 16, 10),
    [0.5, 0.2, 0.3],
  );
  const expected = [
    0.39053145954350454,
    -0.3491357366513337,
    -0.4181286081382851,
    -0.6739303120032022,
    0.6542564183094077,
    0.6870462411323985,
  ];
  for (const [cell, value] of expected.entries()) {
    close(table[cell] as number, value, 1e-12);
  }
});

Deno.test("binProperty() puts about as many examples into each bin, and unknown ones into the last", () => {
  const values = Float64Array.from({ length: 800 }, (_, i) => i);
  values[5] = NaN;
  const fitted = Uint32Array.from({ length: 800 }, (_, i) => i);
  const { bins, count } = binProperty(values, { categories: null, fitted });
  assert.equal(count, 9);
  assert.equal(bins[5], 8);
  for (let bin = 0; bin < 8; bin++) {
    const size = bins.filter((value) => value === bin).length;
    assert.ok(Math.abs(size - 100) <= 1, `${size}`);
  }
  const constant = binProperty(new Float64Array(10).fill(2), {
    categories: null,
    fitted: fitted.subarray(0, 10),
  });
  assert.deepEqual([...new Set(constant.bins)], [0]);
});

Deno.test("binProperty() parts what lies below and above the value that nearly all have, if it is to", () => {
  for (const most of [32, 0, -0.1]) {
    const values = new Float64Array(20).fill(most);
    values.set([most - 1, most + 1, NaN, most - 1e-9, most + 1e-9], 15);
    const of = (first: number) => {
      values[0] = first;
      return binProperty(values, {
        categories: null,
        fitted: Uint32Array.from({ length: 15 }, (_, i) => i),
        partsConstant: true,
      });
    };
    for (const first of [most, most + 3, most - 3]) {
      const { bins, count } = of(first);
      assert.equal(count, 4);
      assert.deepEqual([...bins.subarray(14)], [1, 0, 2, 3, 0, 2], `${most}`);
    }
  }
});
