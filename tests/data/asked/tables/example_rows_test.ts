import assert from "node:assert/strict";
import {
  haveGaps,
  rowsOf,
} from "../../../../data/asked/tables/example_rows.ts";
import { features, rights, table } from "./table.ts";

const called = (...names: readonly string[]) =>
  names.map((name) => ({ name, label: 0, group: null }));

Deno.test("rowsOf() goes by numbers without gaps, whichever is the least", () => {
  for (const least of [0, 1, 600]) {
    const names = [2, 0, 1].map((number) => `${least + number}`);
    assert.deepEqual(rowsOf(called(...names)), [1, 2, 0]);
    assert.equal(haveGaps(called(...names)), false);
  }
  assert.deepEqual(rowsOf([]), []);
});

Deno.test("rowsOf() takes examples as they come that have other names, or numbers with gaps", () => {
  for (
    const [names, gaps] of [
      [["2", "0", "3"], true],
      [["1", "0", "01"], true],
      [["9007199254740993", "9007199254740992"], true],
      [["2", "x", "1"], false],
      [["img2", "img1"], false],
    ] as const
  ) {
    assert.deepEqual(rowsOf(called(...names)), [...names.keys()]);
    assert.equal(haveGaps(called(...names)), gaps, names.join());
  }
});

Deno.test("askedTable() joins numbers from 1 on, and those that go on in the shifted set, to rows of features, and warns of gaps", () => {
  const asked = (second: string) => {
    const found = table([
      "example,set,label,m",
      "2,reference,a,a",
      "1,reference,b,a",
      `${second},shifted,a,a`,
      "3,shifted,b,a",
    ], { features: features(2, 2) });
    assert(found.kind === "table");
    return found;
  };
  assert.deepEqual(rights(asked("4")), ["m 01", "m 01"]);
  assert.deepEqual(asked("4").warnings, []);
  assert.deepEqual(rights(asked("7")), ["m 01", "m 10"]);
  const [gaps, ...more] = asked("7").warnings;
  assert.deepEqual(more, []);
  assert.match(
    gaps?.text ?? "",
    /^Examples of set "shifted" have numbers with gaps, so that rows of features are taken to be in the order/,
  );
});
