import assert from "node:assert/strict";
import {
  drawnOnTheLine,
  onTheLine,
  onTheLineCsv,
} from "../../../../reports/figures/on_the_line/on_the_line.ts";
import {
  marksOf,
  MOST_DRAWN,
  surveyOf,
} from "../../../../reports/figures/on_the_line/on_the_line_marks.ts";
import { csv } from "../../../../reports/text/csv.ts";
import type { OnTheLineFigure } from "../../../../reports/value/on_the_line_figure.ts";
import { groupedRobustness } from "../../../../stats/lines/grouped_robustness.ts";
import { figure } from "../../example.ts";
import { saidOf } from "../said_of.ts";
import { test } from "../../../full.ts";

/** A figure of so many models: half of them baselines, one alone in its group. */
function figureOf(n: number): OnTheLineFigure {
  const points = Array.from({ length: n }, (_, i) => {
    const reference = 0.2 + 0.6 * ((i * 0.618) % 1);
    return {
      model: `m${i}`,
      group: i === 7 ? "alone" : i % 2 === 0 ? "baseline" : "group",
      reference,
      shifted: reference - 0.1 + 0.05 * Math.sin(i),
    };
  });
  const { line, baselines, groups } = groupedRobustness(points, {
    baseline: "baseline",
    scale: "linear",
    level: 0.95,
  });
  return {
    kind: "on-the-line",
    id: "many",
    title: "Many",
    finding: "Many.",
    line,
    baselines,
    groups: groups.map(({ name, members, robustness }) => ({
      name,
      members: members.map((point) => ({ title: point.model, runs: [point] })),
      mean: robustness,
    })),
  };
}

Deno.test("surveyOf() finds in one pass what sorting all marks finds", () => {
  for (const one of [figureOf(1000), figure]) {
    const marks = [...marksOf(one)];
    const { pretrained, total, drawn } = surveyOf(one);
    const sorted = marks.filter(({ kind }) => kind !== "baseline")
      .toSorted((a, b) => b.robustness.er - a.robustness.er);
    assert.deepEqual(pretrained, {
      count: sorted.length,
      ends: sorted.length <= 18
        ? sorted
        : [...sorted.slice(0, 12), ...sorted.slice(-6)],
    });
    assert.equal(total, marks.length);
    assert.deepEqual(drawn, marks);
  }
});

Deno.test("surveyOf() chooses evenly from each group where there are more than can be seen", () => {
  const many = figureOf(10_000);
  const { drawn, share, total } = surveyOf(many);
  const of = (group: number) => drawn.filter((mark) => mark.group === group);
  const names = many.groups.map(({ name }) => name);
  assert.deepEqual([share, total], [1333, 10_000]);
  assert.deepEqual(
    [-1, names.indexOf("group"), names.indexOf("alone")].map((group) =>
      of(group).length
    ),
    [1333, 1333, 1],
  );
  const steps = of(-1).map(({ point }) => Number(point.model.slice(1)) / 2);
  assert.ok(
    steps.every((step, i) => Math.abs(step - i * 5000 / 1333) <= 1),
    steps.join(),
  );
});

test.inFull("drawnOnTheLine() has room for more points than a stack, and says that it draws some", () => {
  const many = figureOf(150_000);
  const { file, page, table, ...drawn } = drawnOnTheLine(many);
  for (const svg of [file, page]) {
    assert.ok((svg.match(/<use /g) ?? []).length <= MOST_DRAWN + 10);
  }
  assert.match(
    saidOf(drawn),
    /Drawn: 2667 of 150000 marks\. Of a group with more than 1333, that many/,
  );
  assert.equal(table.total, 150_000);
  assert.equal(table.selected?.rows.length, 18);
  let lines = 0;
  for (const _ of onTheLineCsv(many)) lines++;
  assert.equal(lines, 150_001);
});

Deno.test("onTheLineCsv() gives the CSV of the figure", () => {
  assert.equal([...onTheLineCsv(figure)].join(""), csv(onTheLine(figure).data));
  assert.doesNotMatch(saidOf(drawnOnTheLine(figure)), /Drawn:/);
});
