import assert from "node:assert/strict";
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import { criticalValue } from "../../../stats/intervals/quantile.ts";
import { worstGroups } from "../../../stats/asked/worst_groups.ts";
import { stream } from "../../../engine/define/random.ts";
import { close } from "../reference.ts";

Deno.test("worstGroups() lists groups and their classes by accuracy, none of few examples", () => {
  const group = Array.from(
    { length: 119 },
    (_, i) => i < 60 ? "dark" : i < 100 ? "light" : "odd",
  );
  const labels = Int32Array.from(group, (_, i) => i % 2);
  const right = Float64Array.from(
    group,
    (name, i) =>
      name === "dark" ? (i % 2 === 0 ? 0 : 1) : name === "odd" ? 0 : 1,
  );
  const found = worstGroups(
    [{ group, labels, classes: ["cat", "dog"], right }],
    { most: 3 },
  );
  assert.deepEqual(
    found.map((
      { group, class: kind, n, accuracy },
    ) => [group, kind, n, accuracy]),
    [
      ["dark", "cat", 30, 0],
      ["dark", null, 60, 0.5],
      ["light", null, 40, 1],
    ],
  );
  // Dark ones, light ones and of each the cats and the dogs, which are 20 of the light ones.
  assert.equal(found[1]?.lookedAt, 6);
  const { low, high } = clopperPearson(
    { successes: 30, n: 60 },
    { level: 1 - 0.05 / 6 },
  );
  assert.deepEqual([found[1]?.low, found[1]?.high], [low, high]);
});

Deno.test("worstGroups() says of the same examples once that models are wrong on them", () => {
  const labels = Int32Array.from({ length: 120 }, (_, i) => i % 2);
  const right = Float64Array.from(labels, (_, i) => i < 40 ? 0 : 1);
  const of = (property: string, from: number) => ({
    group: Array.from(
      labels,
      (_, i) => `${property} ${i >= from && i < 40 + from ? "low" : "high"}`,
    ),
    labels,
    classes: ["cat", "dog"],
    right,
  });
  const found = worstGroups([of("brightness", 0), of("contrast", 5)], {
    most: 2,
  });
  assert.deepEqual(found.map(({ group, class: kind }) => [group, kind]), [
    ["brightness low", null],
    ["contrast high", "cat"],
  ]);
});

Deno.test("worstGroups() lists no property that is the same everywhere", () => {
  const right = new Float64Array(40);
  const labels = new Int32Array(40);
  const group = Array.from({ length: 40 }, () => "file type PNG");
  assert.deepEqual(
    worstGroups([{ group, labels, classes: ["cat"], right }], { most: 3 }),
    [],
  );
});

Deno.test("worstGroups() has the interval of as many examples as those drawn together are worth", () => {
  const n = 200;
  const drawnWith = Array.from({ length: n }, (_, i) => `${i % 10}`);
  const group = Array.from({ length: n }, (_, i) => i % 20 < 10 ? "a" : "b");
  // All right or all wrong of each that were drawn together.
  const right = Float64Array.from(
    drawnWith,
    (name) => Number(name) < 6 ? 1 : 0,
  );
  const of = { group, right, labels: new Int32Array(n), classes: ["one"] };
  const [alone] = worstGroups([of], { most: 1 });
  const [together] = worstGroups([{ ...of, drawnWith }], { most: 1 });
  assert.equal(together?.accuracy, 0.6);
  const width = (found = together) =>
    (found?.high ?? NaN) - (found?.low ?? NaN);
  const level = 1 - 0.05 / 2;
  const fewer = criticalValue(level, 99) / criticalValue(level, 9);
  const n9 = Math.floor(9 * fewer ** 2);
  assert.ok(n9 < 9);
  close(
    together?.low ?? NaN,
    clopperPearson({ successes: Math.floor(0.6 * n9), n: n9 }, { level }).low,
    1e-12,
  );
  assert.ok(width() > 2 * width(alone), `${width()} and ${width(alone)}`);
  const never = { ...of, right: new Float64Array(n), drawnWith };
  assert.equal(
    worstGroups([never], { most: 1 })[0]?.high,
    clopperPearson({ successes: 0, n: 10 }, { level }).high,
  );
});

Deno.test("worstGroups() has intervals that hold though the worst were searched for", () => {
  const [draws, accuracy, n] = [60, 0.8, 400];
  let [listed, held, first] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const random = stream(draw, "worst groups");
    const labels = Int32Array.from({ length: n }, () => random.integer(4));
    const right = Float64Array.from(
      { length: n },
      () => random.uniform() < accuracy ? 1 : 0,
    );
    const found = worstGroups(
      Array.from({ length: 9 }, (_, k) => ({
        group: Array.from(
          { length: n },
          () => `property ${k} ${random.integer(8)}`,
        ),
        right,
        labels,
        classes: ["a", "b", "c", "d"],
      })),
      { most: 10 },
    );
    const holds = found.map(({ low, high }) =>
      low <= accuracy && accuracy <= high
    );
    listed += holds.length;
    held += holds.filter(Boolean).length;
    first += holds[0] ? 1 : 0;
  }
  assert.ok(held >= 0.95 * listed, `${held} of ${listed}`);
  assert.ok(first >= 0.9 * draws, `${first} of ${draws}`);
});

Deno.test("worstGroups() rounds the mean of several models, and no interval is narrower for it", () => {
  const group = Array.from({ length: 60 }, (_, i) => i < 30 ? "a" : "b");
  const right = Float64Array.from(group, (name) => name === "a" ? 1 / 3 : 1);
  const [found] = worstGroups(
    [{ group, right, labels: new Int32Array(60), classes: ["one"] }],
    { most: 1 },
  );
  const level = 1 - 0.05 / 2;
  const exact = clopperPearson({ successes: 10, n: 30 }, { level });
  close(found?.low ?? NaN, exact.low, 1e-12);
  close(found?.high ?? NaN, exact.high, 1e-12);
});
