import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { onTheLine } from "../../../../reports/figures/on_the_line/on_the_line.ts";
import { points, span } from "../../../../reports/figures/drawing/columns.ts";
import type { OnTheLineFigure } from "../../../../reports/value/on_the_line_figure.ts";
import { effectiveRobustness } from "../../../../stats/lines/effective_robustness.ts";
import { meanEffectiveRobustness } from "../../../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../../../stats/lines/point.ts";
import { fitLine } from "../../../../stats/lines/regression.ts";
import { figure } from "../../example.ts";
import { assertSameTwice, hoverTitles } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

/** The figure with one more group of one network. */
function withGroup(name: string, point: Point): OnTheLineFigure {
  return {
    ...figure,
    groups: [...figure.groups, {
      name,
      members: [{ title: point.model, runs: [point] }],
      mean: meanEffectiveRobustness([point], { line: figure.line }),
    }],
  };
}

interface Node {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Node | null;
  querySelectorAll(selector: string): Iterable<Node>;
}

function parse(svg: string): Node {
  const { document } = parseHTML(svg) as unknown as { document: Node };
  const root = document.querySelector("svg");
  assert.ok(root);
  return root;
}

Deno.test("onTheLine() gives the same bytes twice", () => {
  assertSameTwice(() => onTheLine(figure));
});

Deno.test("onTheLine() draws an image whose description states the finding", () => {
  const svg = parse(onTheLine(figure).file);
  assert.equal(svg.getAttribute("role"), "img");
  const ids = svg.getAttribute("aria-labelledby")?.split(" ") ?? [];
  const [title, description] = ids.map((id) =>
    svg.querySelector(`#${id}`)?.textContent
  );
  assert.equal(title, "Effective robustness under a spurious tint");
  assert.match(
    description ?? "",
    /lie 3\.37 points above the line.*photo: mean effective robustness \+3\.37 ± 1\.7\d points, n = 4\./,
  );
});

Deno.test("onTheLine() scales with its page", () => {
  for (const svg of [onTheLine(figure).page, onTheLine(figure).file]) {
    assert.match(svg, / viewBox="0 0 \d+ \d+"/);
    assert.doesNotMatch(svg.slice(0, svg.indexOf(">")), / (width|height)="/);
  }
});

Deno.test("onTheLine() says at every point its model, seed, epoch, both accuracies, what the line predicts, and ER with its interval", () => {
  const titles = [...parse(onTheLine(figure).file).querySelectorAll("title")]
    .map(({ textContent }) => textContent);
  assert.equal(titles.length, 1 + 18 + 3 + 6);
  assert.ok(
    titles.includes(
      "narrow, seed 10, epoch 8\nreference 76.3%, shifted 63.3% (line: 62.2%)\nER +1.06 (+0.08 to +2.06 by the line)",
    ),
  );
});

Deno.test("onTheLine() says of a baseline what the line predicts, and of the mark of a group its mean with every error", () => {
  const [one] = figure.groups;
  const runs = one?.members.flatMap(({ runs }) => runs) ?? [];
  assert.ok(one !== undefined && runs.length > 1);
  const titlesOf = (members: OnTheLineFigure["groups"][number]["members"]) =>
    hoverTitles(onTheLine({ ...figure, groups: [{ ...one, members }] }).file);
  const { mean, low, high } = one.mean;
  const words = `mean ER of these ${points(mean)} (${span({ low, high })})`;
  const title = "all of them";
  const whole = titlesOf([{ title, runs }]);
  const ofMean = whole.filter((text) => text.endsWith(`\n${words}`));
  assert.equal(ofMean.length, 1);
  assert.match(ofMean[0] ?? "", /all of them, at the mean accuracies of/);
  // Of two configurations the mean of the group is no mark's.
  const halves = [runs.slice(0, 2), runs.slice(2)]
    .map((runs, i) => ({ title: `half ${i}`, runs }));
  assert.ok(titlesOf(halves).every((text) => !text.includes("mean ER")));
  const baselines = whole.slice(0, figure.baselines.length);
  assert.ok(baselines.length > 0);
  for (const text of baselines) {
    assert.match(
      text,
      /\(line: [\d.]+%\)\nER [+−]?[\d.]+ \([^)]*\d\)$/,
    );
  }
});

Deno.test("onTheLine() escapes the names of models and groups", () => {
  const name = `<script>"&'`;
  const { page, file, description } = onTheLine(
    withGroup(name, { model: name, reference: 0.7, shifted: 0.6 }),
  );
  for (const text of [page, file]) assert.ok(!text.includes("<script"));
  assert.ok(page.includes("&lt;script&gt;"));
  assert.ok(description.includes(name));
});

Deno.test("onTheLine() gives groups shapes of their own and hollow marks to single networks", () => {
  const paths = [...parse(onTheLine(figure).file).querySelectorAll("path")];
  const filled = paths.map((path) => path.getAttribute("d")?.slice(0, 4));
  assert.ok(new Set(filled).size > 3);
  assert.match(
    onTheLine(figure).file,
    /class="f-page s-group-1"/,
  );
});

Deno.test("onTheLine() names in the title of an axis the distribution, in as many words as there is room for", () => {
  const texts = (name: string) => {
    const { page } = onTheLine({
      ...figure,
      distributions: { reference: name, shifted: "tinted" },
    });
    return [...parse(page).querySelectorAll("text")].map(({ textContent }) =>
      textContent
    );
  };
  assert.ok(
    texts("photographs").includes("Reference accuracy: photographs →"),
  );
  assert.ok(texts("photographs").includes("↑ Shifted accuracy: tinted"));
  const long = "photographs of hospital A, 2019 to 2021";
  assert.ok(texts(long).includes(`Accuracy: ${long} →`));
  assert.ok(texts(`${long}, all of them`).includes(`${long}, all of them →`));
  assert.ok(texts("x".repeat(99)).includes(`${"x".repeat(52)}… →`));
});

Deno.test("onTheLine() shows a group of single networks hollow in its legend too", () => {
  const point = { model: "alone", reference: 0.7, shifted: 0.6 };
  const { file } = onTheLine(withGroup("alone", point));
  const [hollow, filled] = ["f-page s-group-3", "f-group-3 s-page"]
    .map((look) => file.split(`class="${look}"`).length - 1);
  // One in the plot, one in the legend.
  assert.deepEqual([hollow, filled], [2, 0]);
});

Deno.test("onTheLine() explains filled, small and hollow marks in its legend, as far as it has them", () => {
  const explained = (figure: OnTheLineFigure) => {
    const { page, file } = onTheLine(figure);
    return ["filled: mean", "small: one of", "hollow: a single"].filter((
      words,
    ) => page.includes(words) && file.includes(words));
  };
  assert.equal(explained(figure).length, 3);
  assert.deepEqual(
    explained({ ...figure, groups: figure.groups.slice(1) }),
    ["filled: mean", "small: one of"],
  );
  const alone = withGroup("alone", { model: "m", reference: 0.7, shifted: 0.6 })
    .groups.slice(-1);
  assert.deepEqual(explained({ ...figure, groups: alone }), [
    "hollow: a single",
  ]);
});

Deno.test("onTheLine() marks the one line from which the script of pages draws arrows", () => {
  assert.equal(onTheLine(figure).page.split('class="line"').length, 2);
});

Deno.test("onTheLine() says in its caption what it shows and what to beware of, and elsewhere how to read it, n and seeds", () => {
  const drawn = onTheLine(figure);
  assert.match(
    drawn.caption,
    /^\*\*Effective robustness under a spurious tint\.\*\* Networks/,
  );
  const said = saidOf(drawn);
  for (
    const words of [
      "18 checkpoints of two networks trained from scratch, epochs 4 to 12 (seeds 0 and 1)",
      "least squares on the probit scale",
      "Line: n = 18, slope 1.03, r² = 0.992.",
      "the band is its pointwise 95% interval",
      "Diamonds: *photo*, n = 4 (seeds 10, 11 and 12)",
      "squares: *narrow*, n = 3",
      "Bars are 95% intervals of accuracy",
      "interval, from the spread between networks, the sampling of the test images and the uncertainty of the line",
    ]
  ) assert.ok(said.includes(words), words);
  assert.match(
    drawn.caption,
    / 3 of 3 pre-trained marks lie beyond the baselines, by up to 12\.0 points of reference accuracy; there the line is extrapolated\.$/,
  );
});

Deno.test("onTheLine() says of one mark that it lies beyond the baselines", () => {
  const [group] = figure.groups;
  assert.ok(group !== undefined);
  const members = group.members.slice(0, 1);
  const drawn = onTheLine({ ...figure, groups: [{ ...group, members }] });
  assert.match(
    drawn.caption,
    / 1 of 1 pre-trained marks lies beyond the baselines, by \d/,
  );
});

Deno.test("onTheLine() warns of a poor fit and says which baselines were clipped", () => {
  const baselines = [[0.4, 0], [0.5, 0.6], [0.6, 0.3], [0.7, 0.4]].map(
    ([reference = 0, shifted = 0], i) => ({
      model: `scratch ${i}`,
      reference,
      shifted,
    }),
  );
  const extremes = { kind: "clip", bound: 0.001 } as const;
  const line = fitLine(baselines, { extremes });
  const { page, ...drawn } = onTheLine({
    ...figure,
    baselines,
    line,
    groups: [],
  });
  assert.match(drawn.caption, /explains the baselines poorly/);
  assert.match(
    saidOf(drawn),
    /1 baseline had accuracies too near 0 or 1 for the probit scale, which were moved to 0\.001 from the end/,
  );
  assert.doesNotMatch(page, /NaN|Infinity|undefined/);
});

Deno.test("onTheLine() shows the mean of all groups above them, in legend, description and JSON", () => {
  const runs = figure.groups.flatMap(({ members }) =>
    members.flatMap((member) => member.runs)
  );
  const mean = meanEffectiveRobustness(runs, { line: figure.line });
  const { file, description, json } = onTheLine({
    ...figure,
    overall: { name: "pre-trained", mean },
  });
  const lines = [...parse(file).querySelectorAll("text")]
    .map(({ textContent }) => textContent);
  const [first, second] = lines.filter((line) => line.includes("(n = "));
  assert.match(
    first ?? "",
    /^pre-trained \(n = 7\) {2}ER\u00a0\+[\d.]+\u00a0±\u00a0[\d.]+$/,
  );
  assert.match(second ?? "", /^photo \(n = 4\)/);
  assert.match(
    description,
    /pre-trained: mean effective robustness \+[\d.]+ ± [\d.]+ points, n = 7\. photo: /,
  );
  assert.equal(JSON.parse(json).overall.mean.mean, mean.mean);
});

Deno.test("onTheLine() leaves out bars where they would hide the marks, and then says nothing of them", () => {
  const [group] = figure.groups;
  const run = group?.members[0]?.runs[0];
  assert.ok(group && run);
  const shown = (n: number) => {
    const members = Array.from({ length: n }, (_, i) => (
      { title: `${i}`, runs: [run] }
    ));
    const drawn = onTheLine({ ...figure, groups: [{ ...group, members }] });
    return {
      bars: drawn.file.split(/<path class="s-group/).length - 1,
      said: /Bars/.test(saidOf(drawn)),
      ends: drawn.data.rows.at(-1)?.[drawn.data.columns.indexOf("shifted_low")],
    };
  };
  const [few, many] = [shown(40), shown(41)];
  assert.deepEqual([few.bars, few.said], [1, true]);
  assert.deepEqual([many.bars, many.said], [0, false]);
  // The numbers stay in the data.
  assert.equal(many.ends, few.ends);
  assert.ok(Number(many.ends) < run.shifted);
});

Deno.test("onTheLine() keeps the underscores of a model's name in its description", () => {
  const { description } = onTheLine({
    ...figure,
    finding: "*First* is `resnet18.fb_swsl_ig1b`, _second_ none.",
  });
  assert.match(description, /^First is resnet18\.fb_swsl_ig1b, second none\./);
});

Deno.test("onTheLine() writes both variants of each model's interval", () => {
  const { data } = onTheLine(figure);
  const column = (name: string) => data.columns.indexOf(name);
  const point = figure.baselines[0];
  assert.ok(point);
  const { line } = figure;
  const textbook = effectiveRobustness(point, { line });
  const authors = effectiveRobustness(point, { line, variant: "authors" });
  const [row] = data.rows;
  assert.equal(row?.[column("er_low")], textbook.low);
  assert.equal(row?.[column("authors_low")], authors.low);
  assert.equal(row?.[column("authors_high")], authors.high);
});

Deno.test("onTheLine() draws what lies far from the line, at the ends, or flat", () => {
  const flat = fitLine([0.4, 0.5, 0.6].map((reference) => ({
    model: `at ${reference}`,
    reference,
    shifted: 0.3,
  })));
  for (
    const figureToDraw of [
      withGroup("far", { model: "far", reference: 0.99, shifted: 1 }),
      withGroup("low", { model: "low", reference: 0.5, shifted: 0 }),
      { ...figure, line: flat },
      { ...figure, groups: [] },
    ]
  ) {
    const { page, file } = onTheLine(figureToDraw);
    assert.doesNotMatch(page + file, /NaN|Infinity|undefined/);
  }
});

Deno.test("onTheLine() writes every point at full precision", () => {
  const { data } = onTheLine(figure);
  const column = (name: string) => data.columns.indexOf(name);
  assert.equal(data.rows.length, 27);
  const row = data.rows.find((cells) =>
    cells[column("group")] === "narrow" && cells[column("seed")] === 11
  );
  const point = figure.groups[1]?.members[0]?.runs[1];
  assert.ok(row && point);
  const { er } = effectiveRobustness(point, { line: figure.line });
  assert.equal(row[column("er")], er);
  assert.equal(row[column("kind")], "run");
  assert.equal(
    data.rows.filter((cells) => cells[column("kind")] === "mean").length,
    2,
  );
});

Deno.test("onTheLine() writes fit, groups and networks as JSON", () => {
  const { line, baselines, groups } = figure;
  const json = JSON.parse(onTheLine(figure).json);
  assert.deepEqual(
    [json.line, json.baselines, json.groups],
    JSON.parse(JSON.stringify([line, baselines, groups])),
  );
});
