import assert from "node:assert/strict";
import { wilson } from "../../../stats/intervals/proportion.ts";
import { worstGroups } from "../../../stats/asked/worst_groups.ts";
import { close } from "../reference.ts";

Deno.test("worstGroups() lists groups and their classes by accuracy, none of few examples", () => {
  const group = Array.from(
    { length: 130 },
    (_, i) => i < 60 ? "dark" : i < 120 ? "light" : "odd",
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
      ["light", null, 60, 1],
    ],
  );
  assert.equal(found[1]?.low, wilson({ successes: 30, n: 60 }).low);
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
  close(together?.low ?? NaN, wilson({ successes: 5.4, n: 9 }).low, 1e-12);
  assert.ok(width() > 2 * width(alone), `${width()} and ${width(alone)}`);
  const never = { ...of, right: new Float64Array(n), drawnWith };
  assert.equal(
    worstGroups([never], { most: 1 })[0]?.high,
    wilson({ successes: 0, n: 10 }).high,
  );
});
