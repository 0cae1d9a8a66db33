import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { deviationAbout, meanOf } from "../../../stats/asked/placebo_splits.ts";
import {
  quickArea,
  stratifiedArea,
} from "../../../stats/asked/stratified_area.ts";
import { auroc, aurocVariance } from "../../../stats/intervals/auroc.ts";
import { close } from "../reference.ts";
import { scipy } from "./asked_reference.ts";

const sets = {
  scores: Float64Array.from(scipy.area.scores),
  shifted: Uint8Array.from(scipy.area.shifted),
  strata: Int32Array.from(scipy.area.classes),
};

Deno.test("stratifiedArea() is SciPy's Mann-Whitney statistic of each class, weighted", () => {
  close(stratifiedArea(sets)?.area ?? NaN, scipy.area.area, 1e-12);
  close(quickArea(sets.strata)(sets), scipy.area.area, 1e-12);
});

Deno.test("stratifiedArea() of one class is the area and DeLong's error", () => {
  const of = (set: number) =>
    sets.scores.filter((_, i) => sets.shifted[i] === set);
  const area = stratifiedArea({ ...sets, strata: null });
  close(area?.area ?? NaN, auroc(of(1), of(0)), 1e-12);
  close((area?.error ?? NaN) ** 2, aurocVariance(of(1), of(0)), 1e-12);
});

Deno.test("stratifiedArea() has the error of groups: of single examples DeLong's, of copies that of what was copied", () => {
  const one = { ...sets, strata: null };
  const names = Array.from(sets.shifted, (_, i) => `${i}`);
  const alone = stratifiedArea(one)?.error ?? NaN;
  close(stratifiedArea({ ...one, groups: names })?.error ?? NaN, alone, 1e-12);
  const thrice = <T>(values: Iterable<T>) =>
    [...values].flatMap((value) => [value, value, value]);
  const copied = {
    scores: Float64Array.from(thrice(sets.scores)),
    shifted: Uint8Array.from(thrice(sets.shifted)),
    strata: null,
  };
  close(
    stratifiedArea({ ...copied, groups: thrice(names) })?.error ?? NaN,
    alone,
    1e-12,
  );
  assert.ok((stratifiedArea(copied)?.error ?? NaN) < alone / 1.6);
});

Deno.test("stratifiedArea() lets a group that is alone in several classes count in all of them at once", () => {
  // In each of four classes two groups of five, the same ones: they go up and down together.
  const n = 40;
  const at = Array.from({ length: n }, (_, i) => i);
  const together = {
    scores: Float64Array.from(at, (i) => i % 10),
    shifted: Uint8Array.from(at, (i) => i % 2),
    strata: Int32Array.from(at, (i) => Math.floor(i / 10)),
    groups: at.map((i) => `${i % 2}`),
  };
  const of = (groups: readonly string[]) =>
    stratifiedArea({ ...together, groups })?.error ?? NaN;
  const apart = at.map((i) => `${i % 2} of ${Math.floor(i / 10)}`);
  close(of(together.groups), 2 * of(apart), 1e-12);
  // Each of the eight groups is uniform, of variance 1/12, and counts a quarter.
  close(of(apart), Math.sqrt(8 / 16 / 12), 1e-12);
});

Deno.test("stratifiedArea() leaves out classes that only one set has, and is null if there is no other", () => {
  const strata = Int32Array.from(sets.shifted, (set) => set);
  assert.equal(stratifiedArea({ ...sets, strata }), null);
  assert.equal(quickArea(strata)(sets), 0.5);
  const more = {
    scores: Float64Array.of(...sets.scores, 0, 9),
    shifted: Uint8Array.of(...sets.shifted, 0, 1),
    strata: Int32Array.of(...sets.strata, 98, 99),
  };
  close(stratifiedArea(more)?.area ?? NaN, scipy.area.area, 1e-12);
  close(quickArea(more.strata)(more), scipy.area.area, 1e-12);
});

Deno.test("stratifiedArea() is 1 where all are told apart, however many classes there are", () => {
  for (const classes of [6, 7, 10, 100]) {
    const at = Array.from({ length: 4 * classes }, (_, i) => i);
    const area = stratifiedArea({
      scores: Float64Array.from(at, (i) => i % 2),
      shifted: Uint8Array.from(at, (i) => i % 2),
      strata: Int32Array.from(at, (i) => i >> 2),
    });
    assert.equal(area?.area, 1);
  }
});

Deno.test("quickArea() counts equal scores half", () => {
  const scores = Float64Array.of(1, 1, 2, 0, 1, 1);
  const shifted = Uint8Array.of(1, 1, 1, 0, 0, 0);
  close(
    quickArea(null)({ scores, shifted }),
    auroc([1, 1, 2], [0, 1, 1]),
    1e-15,
  );
});

Deno.test("stratifiedArea() has an error as large as areas scatter where classes have one or two examples", () => {
  for (const [ofShifted, grouped] of [[1, false], [2, true]] as const) {
    const [areas, errors]: [number[], number[]] = [[], []];
    for (let seed = 0; seed < 200; seed++) {
      const random = stream(seed, "few of a class", ofShifted);
      const n = 60 * (ofShifted + 4);
      const found = stratifiedArea({
        scores: Float64Array.from({ length: n }, () => random.uniform()),
        shifted: Uint8Array.from(
          { length: n },
          (_, i) => i % (ofShifted + 4) < ofShifted ? 1 : 0,
        ),
        strata: Int32Array.from(
          { length: n },
          (_, i) => Math.floor(i / (ofShifted + 4)),
        ),
        groups: grouped ? Array.from({ length: n }, (_, i) => `${i}`) : null,
      });
      areas.push(found?.area ?? NaN);
      errors.push(found?.error ?? NaN);
    }
    const scatter = deviationAbout(areas, 0.5);
    const ratio = meanOf(errors) / scatter;
    assert.ok(ratio > 0.85 && ratio < 1.2, `${ofShifted}: ${ratio}`);
  }
});
