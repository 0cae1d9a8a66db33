import assert from "node:assert/strict";
import {
  rules,
  textAt,
} from "../../../../reports/figures/drawing/plain_marks.ts";
import type {
  Drawing,
  Panel,
} from "../../../../reports/figures/drawing/pixels.ts";
import {
  intervalBars,
  symbols,
} from "../../../../reports/figures/drawing/series_marks.ts";
import { draw } from "../../../../reports/figures/drawing/svg.ts";
import { places, words } from "../parse_svg.ts";

const canvas = { width: 100, height: 50, font: 12 };
const marked = (marks: NonNullable<Drawing["marks"]>): Drawing => ({
  ...canvas,
  marks,
});
const names = { id: "a", title: "A", description: "An A." };
const look = {
  symbol: "square",
  colour: "var(--group-1, #d55e00)",
  filling: 0,
  radius: 4,
} as const;

Deno.test("draw() defines a symbol once and keeps every place, title and colour", () => {
  const svg = draw(
    marked([
      symbols([{ x: 10.26, y: 20, title: "one" }, {
        x: 30,
        y: 40,
        title: "two",
      }], look),
    ]),
    names,
  );
  assert.equal(svg.match(/<path/g)?.length, 1);
  // Every mark has the name of its symbol, so that it is short.
  assert.match(svg, /<use [^>]*href="#s[0-9a-z]{6}"/);
  assert.deepEqual(places(svg, { class: "f-group-1" }), [[10.3, 20], [30, 40]]);
  assert.match(svg, /<use [^>]*><title>one<\/title><\/use>/);
});

Deno.test("draw() defines the arrow of intervals that go on once, and turns it", () => {
  const bars = [{ x1: -5, x2: 200, y1: 20, y2: 20 }];
  const svg = draw(
    marked(intervalBars(bars, { colour: "red", x: [10, 90] })),
    names,
  );
  const turned = svg.matchAll(
    /<use [^>]*transform="translate\(([^)]+)\) rotate\(([^)]+)\)"/g,
  );
  assert.deepEqual([...turned].map(([, place, turn]) => [place, turn]), [
    ["10,20", "-90"],
    ["90,20", "90"],
  ]);
  assert.equal(svg.match(/<path [^>]*id=/g)?.length, 1);
});

Deno.test("draw() makes one path of straight lines of one look", () => {
  const line = { x1: 1, x2: 1, y1: 2, y2: 30.04 };
  const svg = draw(
    marked([
      rules([line, { ...line, x2: 7 }, { ...line, y2: 2, x2: 9 }], {}),
    ]),
    names,
  );
  assert.match(svg, /<path [^>]*d="M1,2V30M1,2L7,30M1,2H9"/);
});

Deno.test("draw() puts neighbours of one look into one group", () => {
  const at = (text: string) => textAt(text, { x: 5, y: 6, anchor: "end" });
  const svg = draw(marked([at("a"), at("b")]), names);
  assert.equal(svg.match(/text-anchor="end"/g)?.length, 1);
  assert.deepEqual(words(svg), ["a", "b"]);
});

Deno.test("draw() writes colours out for print", () => {
  const plot = marked([
    symbols([{ x: 1, y: 2 }], look),
    rules([{ x1: 1, x2: 2, y1: 3, y2: 4 }], {}),
  ]);
  const svg = draw(plot, { ...names, colours: "written" });
  assert.match(svg, /fill="#d55e00"/);
  assert.doesNotMatch(svg, /var\(|class="[fs]-|currentColor/);
});

Deno.test("draw() leaves to the page how an ornament without a name looks", () => {
  const svg = draw(marked([symbols([{ x: 1, y: 2 }], look)]), {});
  assert.doesNotMatch(svg.slice(0, svg.indexOf(">")), /font|anchor|fill/);
  assert.match(svg, /^<svg aria-hidden="true" [^>]*class="plot"/);
});

Deno.test("draw() puts the panels of a sheet on one drawing, each with scales of its own", () => {
  const panel = (left: number, top: number, most: number): Panel => ({
    left,
    right: left + 20,
    top,
    bottom: top + 10,
    x: { domain: [0, most], ticks: [{ at: most, label: `x ${most}` }] },
    y: { domain: [0, most], ticks: [{ at: 0, label: `y ${most}` }] },
    marks: [symbols([{ x: most / 2, y: most / 2, title: "middle" }], look)],
  });
  const svg = draw(
    { ...canvas, panels: [panel(0, 0, 1), panel(30, 20, 500)] },
    names,
  );
  assert.deepEqual(places(svg, { class: "f-group-1" }), [[10, 5], [40, 25]]);
  assert.deepEqual(words(svg), ["x 1", "y 1", "x 500", "y 500"]);
  assert.doesNotMatch(svg, /translate|NaN/);
});
