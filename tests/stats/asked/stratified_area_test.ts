import assert from "node:assert/strict";
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
  close(quickArea(sets), scipy.area.area, 1e-12);
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

Deno.test("stratifiedArea() leaves out classes that only one set has, and is null if there is no other", () => {
  const strata = Int32Array.from(sets.shifted, (set) => set);
  assert.equal(stratifiedArea({ ...sets, strata }), null);
  assert.equal(quickArea({ ...sets, strata }), 0.5);
});

Deno.test("quickArea() counts equal scores half", () => {
  const scores = Float64Array.of(1, 1, 2, 0, 1, 1);
  const shifted = Uint8Array.of(1, 1, 1, 0, 0, 0);
  close(
    quickArea({ scores, shifted, strata: null }),
    auroc([1, 1, 2], [0, 1, 1]),
    1e-15,
  );
});
