import assert from "node:assert/strict";
import { startsInPlane } from "../../../../reports/figures/starts_in_plane/starts_in_plane.ts";
import type { StartsInPlaneFigure } from "../../../../reports/value/starts_in_plane_figure.ts";
import { assertSameTwice, attributeOf, parseSvg } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

const figure: StartsInPlaneFigure = {
  kind: "starts-in-plane",
  id: "in-a-plane",
  title: "Two starts on points of one line",
  finding: "They end on *one* line.",
  note: "A note.",
  points: [
    { at: [0.6, 0.8], label: 1 },
    { at: [-1.2, -1.6], label: -1 },
  ],
  basis: [[0.6, 0.8]],
  starts: [
    { name: "zero", from: [0, 0], to: [0.6, 0.8] },
    { name: "across", from: [-0.8, 0.6], to: [-0.2, 1.4] },
  ],
};

/** The ends of the straight lines of one group: x1, y1, x2, y2. */
function segments(svg: string, group: number): readonly number[][] {
  return [...parseSvg(svg).querySelectorAll("path")]
    .filter((path) => attributeOf(path, "class") === `s-group-${group}`)
    .map((path) =>
      path.getAttribute("d")?.match(/-?[\d.]+/g)?.map(Number) ?? []
    )
    .filter(({ length }) => length === 4);
}

Deno.test("startsInPlane() draws each boundary at a right angle to its weights, through the middle", () => {
  const { file } = startsInPlane(figure);
  for (const [i, { to: [a = NaN, b = NaN] }] of figure.starts.entries()) {
    const [boundary] = segments(file, i + 1);
    assert.ok(boundary);
    const [x1 = NaN, y1 = NaN, x2 = NaN, y2 = NaN] = boundary;
    // Pixels run downwards.
    const cosine = (a * (x2 - x1) - b * (y2 - y1)) /
      (Math.hypot(a, b) * Math.hypot(x2 - x1, y2 - y1));
    assert.ok(Math.abs(cosine) < 2e-3, `${cosine}`);
    assert.ok(Math.abs((x1 + x2) / 2 - 183.5) < 0.1, `${x1} ${x2}`);
  }
});

Deno.test("startsInPlane() draws page and file without gaps", () => {
  const { page, file } = startsInPlane(figure);
  for (const svg of [page, file]) {
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
    for (const words of ["Inputs and decision boundaries", ">W<", "across"]) {
      assert.ok(svg.includes(words), words);
    }
  }
  assert.match(file, />minimum along W</);
  assert.match(file, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
});

Deno.test("startsInPlane() says in words what is drawn", () => {
  const { description, ...drawn } = startsInPlane(figure);
  assert.equal(description, "They end on one line.");
  assert.match(
    saidOf(drawn),
    /^\*\*Two starts on points of one line\.\*\* They end on \*one\* line\. .*training points.* A note\. Training points: 2\. Diamonds: \*zero\*; squares: \*across\*\.$/,
  );
});

Deno.test("startsInPlane() writes starts and ends as CSV, JSON and table", () => {
  const { data, json, table } = startsInPlane(figure);
  assert.deepEqual(data.rows[1], ["across", -0.8, 0.6, -0.2, 1.4]);
  assert.deepEqual(JSON.parse(json).basis, [[0.6, 0.8]]);
  assert.equal(JSON.parse(json).points.length, 2);
  assert.deepEqual(table.rows[1], [
    "across",
    "−0.800",
    "0.600",
    "−0.200",
    "1.400",
  ]);
});

Deno.test("startsInPlane() gives the same bytes twice", () => {
  assertSameTwice(() => startsInPlane(figure));
});

Deno.test("startsInPlane() refuses points that fill the plane, and weights of other dimensions", () => {
  assert.throws(() => startsInPlane({ ...figure, basis: [[1, 0], [0, 1]] }), {
    name: "RangeError",
    message:
      'Cannot draw figure "in-a-plane": its points span 2 dimensions of 2, not a line of a plane',
  });
  const starts = [{ name: "odd", from: [0, 0, 0], to: [0, 0] }];
  assert.throws(() => startsInPlane({ ...figure, starts }), {
    name: "RangeError",
    message: "Cannot draw a vector of 3 coordinates in a plane: 2 are needed",
  });
});
