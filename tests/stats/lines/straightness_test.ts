import assert from "node:assert/strict";
import { fitLine } from "../../../stats/lines/regression.ts";
import type { Term } from "../../../stats/lines/over_line.ts";
import {
  straightness,
  straightnessSchema,
  withoutGroups,
} from "../../../stats/lines/straightness.ts";
import { INTERVAL_TEXT } from "../../../reports/pages/method_text.ts";
import { close } from "../reference.ts";
import { narrow, photo, sizes, values } from "../straightness_reference.ts";

const line = fitLine(sizes.flatMap(({ points }) => points));

Deno.test("straightness() finds SciPy's lack of fit, whatever the order of the groups", () => {
  const found = straightness(sizes.toReversed(), line);
  assert.deepEqual(
    found.groups.map(({ name, n }) => [name, n]),
    [["2000", 3], ["5000", 3], ["10000", 3], ["20000", 6], ["40000", 3]],
  );
  for (const { name, height } of found.groups) {
    close(height, values.heights[name] ?? NaN);
  }
  assert.deepEqual(found.lackOfFit?.degreesOfFreedom, [3, 13]);
  close(found.lackOfFit?.f ?? NaN, values.f, 1e-8);
  close((found.lackOfFit?.p ?? NaN) / values.p, 1, 1e-8);
  assert.deepEqual(straightnessSchema.parse(found), found);
});

Deno.test("straightness() finds no lack of fit where groups scatter as their networks do", () => {
  const noise = [0.01, -0.01, 0.004, -0.004];
  const scattered = [0.5, 0.6, 0.7].map((reference, i) => ({
    name: `${i}`,
    points: noise.map((one) => ({
      model: `${i}`,
      reference,
      shifted: reference - 0.1 + one,
    })),
  }));
  const found = straightness(
    scattered,
    fitLine(scattered.flatMap(({ points }) => points), { scale: "linear" }),
  );
  assert.ok((found.lackOfFit?.p ?? 0) > 0.999);
});

Deno.test("straightness() does not test two groups, nor groups of one network", () => {
  const two = sizes.slice(0, 2);
  const single = sizes.map(({ name, points }) => ({
    name,
    points: points.slice(0, 1),
  }));
  for (const groups of [two, single]) {
    const own = fitLine(groups.flatMap(({ points }) => points));
    assert.equal(straightness(groups, own).lackOfFit, null);
  }
});

Deno.test("in NumPy intervals over a line whose sizes differ as those of the flip hold the truth as seldom as the method page says", () => {
  const { straight, bent } = values.coverage;
  assert.ok(straight > 0.93 && straight < 0.97);
  const said = /contain the truth (\d+) times in a hundred\. The/
    .exec(INTERVAL_TEXT.text);
  assert.equal(Number(said?.[1]), Math.round(100 * bent));
});

const terms: Readonly<Record<string, readonly Term[]>> = {
  photo: [{ sign: 1, networks: photo }],
  narrow: [{ sign: 1, networks: narrow }],
  difference: [
    { sign: 1, networks: photo },
    { sign: -1, networks: narrow },
  ],
};

Deno.test("withoutGroups() measures as NumPy does over the line without each group", () => {
  for (const kind of ["photo", "narrow", "difference"] as const) {
    const found = withoutGroups(sizes, { line, terms: terms[kind] ?? [] });
    close(found.whole, values.whole[kind]);
    assert.deepEqual(
      found.without.map(({ name }) => name),
      sizes.map(({ name }) => name),
    );
    for (const { name, value } of found.without) {
      close(value, values.without[name]?.[kind] ?? NaN);
    }
    const all = found.without.map(({ value }) => value);
    assert.equal(found.lowest.value, Math.min(...all));
    assert.equal(found.highest.value, Math.max(...all));
  }
});

Deno.test("withoutGroups() says which group moves the flip's gain most", () => {
  const { lowest, highest } = withoutGroups(sizes, {
    line,
    terms: terms["photo"] ?? [],
  });
  assert.deepEqual([lowest.name, highest.name], ["40000", "20000"]);
});

Deno.test("withoutGroups() passes over groups without which there is no line, and refuses if there are no others", () => {
  const [one, two, three] = sizes.map(({ name, points }, i) => ({
    name,
    points: points.slice(0, i === 1 ? 2 : 1),
  }));
  assert.ok(one && two && three);
  const own = { line, terms: terms["photo"] ?? [] };
  const { without } = withoutGroups([one, two, three], own);
  assert.deepEqual(
    without.map(({ name }) => name),
    [one.name, three.name],
  );
  const alone = { name: "all", points: sizes.flatMap(({ points }) => points) };
  assert.throws(() => withoutGroups([alone], own), {
    message:
      "Cannot leave out one of 1 groups of baselines: no line is left without any of them",
  });
  // Of one reference accuracy there is no line either.
  const alike = (name: string, reference: number) => ({
    name,
    points: [0, 1, 2].map(() => ({ model: name, reference, shifted: 0.3 })),
  });
  assert.throws(
    () => withoutGroups([alike("a", 0.5), alike("b", 0.6)], own),
    /no line is left without any of them/,
  );
});
