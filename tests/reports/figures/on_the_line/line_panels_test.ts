import assert from "node:assert/strict";
import { linePanels } from "../../../../reports/figures/on_the_line/line_panels.ts";
import { onTheLine } from "../../../../reports/figures/on_the_line/on_the_line.ts";
import type { LinePanelsFigure } from "../../../../reports/value/on_the_line_figure.ts";
import { assertGolden } from "../golden_svg.ts";
import { assertSameTwice, hoverTitles, parseSvg, words } from "../parse_svg.ts";
import { panels as figure } from "../robustness_example.ts";
import { saidOf } from "../said_of.ts";

const drawn = linePanels(figure);
const { file, page, data, json, table, description, print } = drawn;

/** The drawings of a page, without the samples of its legends. */
function drawingsOf(html: string): readonly string[] {
  return (html.match(/<svg [^]*?<\/svg>/g) ?? []).filter((svg) =>
    svg.includes('role="img"')
  );
}

Deno.test("linePanels() still draws as in tests/golden/line_panels.svg", () => {
  assertGolden(file, "line_panels.svg");
});

Deno.test("linePanels() gives the same bytes twice", () => {
  assertSameTwice(() => linePanels(figure));
});

Deno.test("linePanels() puts the panels in support below one head, those out of support below another, whatever their order", () => {
  const shown = (drawn: string) =>
    words(drawn).filter((text) =>
      /^(In|Out of) support$/.test(text) ||
      figure.panels.some(({ title }) => title === text)
    );
  const turned = { ...figure, panels: figure.panels.toReversed() };
  assert.deepEqual(shown(file), [
    "In support",
    "spurious tint",
    "label shift",
    "Out of support",
    "unseen tint",
    "vertical flip",
  ]);
  assert.deepEqual(shown(linePanels(turned).file), [
    "In support",
    "label shift",
    "spurious tint",
    "Out of support",
    "vertical flip",
    "unseen tint",
  ]);
  const [, , unseen, flip] = figure.panels;
  assert.ok(unseen && flip);
  const out = linePanels({ ...figure, panels: [unseen, flip] });
  assert.ok(!words(out.file).includes("In support"));
});

/** A third panel in each row: shifts of which a part stays in support. */
const besides: LinePanelsFigure["panels"] = (["in", "out"] as const).flatMap((
  support,
  i,
) => {
  const { support: _, ...panel } = figure.panels[2 * i] ?? {};
  return "title" in panel
    ? [{
      ...panel,
      title: `published ${i + 1}`,
      support: "part" as const,
      beside: { support, head: i === 0 ? "Close by" : "Far off" },
      networks: "published models",
    }]
    : [];
});

Deno.test("linePanels() sets a shift that is in support in part beside others, below a head of its own", () => {
  const drawn = linePanels({
    ...figure,
    panels: [...besides, ...figure.panels],
  });
  const order = [
    "In support",
    "spurious tint",
    "label shift",
    "Close by",
    "published 1",
    "Out of support",
    "unseen tint",
    "vertical flip",
    "Far off",
    "published 2",
  ];
  const bold = [...drawn.page.matchAll(/<b>([^<]*)<\/b>/g)];
  assert.deepEqual(bold.map(([, text]) => text), order);
  assert.equal(drawn.page.match(/class="panels row"/g)?.length, 2);
  assert.equal(drawn.page.match(/<small>published models</g)?.length, 2);
  const support = drawn.data.columns.indexOf("support");
  assert.deepEqual(
    [...new Set(drawn.data.rows.map((row) => row[support]))],
    ["in", "part", "out"],
  );
  const tops = (texts: readonly string[]) =>
    texts.map((text) =>
      new RegExp(`<text[^>]* y="([\\d.]+)"[^>]*>${text}<`).exec(drawn.file)?.[1]
    );
  const [first, ...same] = tops([
    "spurious tint",
    "label shift",
    "published 1",
  ]);
  assert.deepEqual(same, [first, first]);
});

Deno.test("linePanels() says on a sheet what networks are, and sets a mean below a name where it has no room beside it", () => {
  const named = (name: string) =>
    words(
      linePanels({
        ...figure,
        panels: [...figure.panels, ...besides].map((panel) => ({
          ...panel,
          groups: panel.groups.map((group) => ({ ...group, name })),
        })),
      }).file,
    );
  const [short, long] = [named("wide"), named("pre-trained on more")];
  assert.equal(short.filter((text) => text === "published models").length, 2);
  assert.match(short.join("\n"), /^wide \(n = 4\) {2}ER\u00a0/m);
  assert.match(long.join("\n"), /^pre-trained on more \(n = 4\)\nER\u00a0/m);
});

Deno.test("linePanels() gives shifts that are in support in part a row of their own when they stand beside none", () => {
  const alone = besides.map(({ beside: _, ...panel }) => panel);
  const drawn = linePanels({ ...figure, panels: [...alone, ...figure.panels] });
  assert.deepEqual(
    words(drawn.file).filter((text) => / support$/.test(text)),
    ["In support", "Out of support", "Partly in support"],
  );
});

Deno.test("linePanels() sets two panels in a row of a wide sheet, and one below the other on a narrow one", () => {
  const ratio = (svg: string) => {
    const [, width, height] = / viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ??
      [];
    return Number(height) / Number(width);
  };
  const sheet = { font: 12, legend: "drawn" } as const;
  assert.ok(ratio(print({ ...sheet, width: 720 })) < 1.4);
  assert.ok(ratio(print({ ...sheet, width: 360 })) > 4);
});

Deno.test("linePanels() gives a page a drawing for each panel, with its own name and description", () => {
  const svgs = drawingsOf(page).map(parseSvg);
  const labels = svgs.map((svg) =>
    (svg.getAttribute("aria-labelledby") ?? "").split(" ").map((id) =>
      svg.querySelector(`#${id}`)?.textContent ?? ""
    )
  );
  assert.deepEqual(
    labels.map(([title]) => title),
    figure.panels.map(({ title }) => title),
  );
  assert.match(
    labels[3]?.[1] ?? "",
    /photo: mean effective robustness \+11\.65 ± 1\.72 points, n = 4\. narrow:/,
  );
  assert.equal(new Set(svgs.map((svg) => svg.getAttribute("id"))).size, 4);
  assert.match(
    description,
    /^Only out of support .* In support, spurious tint: .* Out of support, vertical flip: /,
  );
});

Deno.test("linePanels() draws in each panel what the figure alone draws", () => {
  drawingsOf(page).forEach((svg, i) => {
    const panel = figure.panels[i];
    assert.ok(panel);
    const { support: _, ...alone } = panel;
    const drawn = onTheLine({ ...alone, kind: "on-the-line", id: "alone" });
    const titles = hoverTitles(svg);
    assert.ok(titles.length > 8);
    assert.deepEqual(titles, hoverTitles(drawn.page));
    // A panel is narrower, so that marks lie elsewhere.
    const looks = (text: string) =>
      (text.match(/<(use|path) [^>]*>/g) ?? []).map((mark) =>
        mark.replaceAll(/ (d|x|y|id|href)="[^"]*"/g, "")
      );
    assert.ok(looks(svg).length > 16);
    assert.deepEqual(looks(svg), looks(drawingsOf(drawn.page)[0] ?? ""));
  });
});

Deno.test("linePanels() gives a group the same look in all panels, also where it is the only one", () => {
  const panels = figure.panels.map((panel, i) =>
    i === 0 ? panel : { ...panel, groups: panel.groups.slice(1) }
  );
  const looks = drawingsOf(linePanels({ ...figure, panels }).page)
    .map((svg) => [...new Set(svg.match(/group-\d/g))]);
  assert.deepEqual(looks, [
    ["group-1", "group-2"],
    ["group-2"],
    ["group-2"],
    ["group-2"],
  ]);
});

Deno.test("linePanels() says below each panel its means, and once what is alike in all", () => {
  for (const shown of [words(file), [page.replaceAll(/<[^>]*>/g, "")]]) {
    const count = (pattern: RegExp) =>
      shown.join("\n").match(pattern)?.length ?? 0;
    assert.equal(count(/photo \(n = 4\) {2}ER\u00a0[+−]\d+\.\d\u00a0±/g), 4);
    assert.equal(count(/their line, 95% band/g), 1);
    assert.equal(count(/baselines \(n = 8\)/g), 1);
    assert.equal(count(/axes: probit scale/g), 1);
  }
  const [first, ...others] = figure.panels;
  assert.ok(first);
  const fewer = { ...first, baselines: first.baselines.slice(1) };
  const drawn = linePanels({ ...figure, panels: [fewer, ...others] });
  assert.ok(words(drawn.file).includes("baselines"));
});

Deno.test("linePanels() tells how to read all panels once, then of each what it found and what to beware of", () => {
  const [shapes, ...panels] = drawn.details;
  assert.match(
    drawn.caption,
    /^\*\*Accuracy on the line under four shifts\.\*\* Only out/,
  );
  for (
    const text of [
      "by least squares on the probit scale; it is thin where it is extrapolated, and the band is its pointwise 95% interval.",
      "hollow marks are single networks",
      "interval, from the spread between networks, the sampling of the test images and the uncertainty of the line",
    ]
  ) assert.ok(drawn.reading.join(" ").includes(text), text);
  assert.equal(shapes, "Diamonds: *photo*; squares: *narrow*.");
  assert.match(drawn.caption, / In 4 of 4 panels marks lie beyond /);
  assert.equal(panels.length, 4);
  assert.match(
    panels[3] ?? "",
    /^\*vertical flip\*: The means stand below the panel\. Baselines: 8 checkpoints of networks trained from scratch\. Line: n = 8, slope 0\.35, r² = 0\.987\. 4 of 4 pre-trained marks lie beyond the baselines, by up to 10\.6 points of /,
  );
});

Deno.test("linePanels() can do without groups", () => {
  const alone = figure.panels.map((panel) => ({ ...panel, groups: [] }));
  const lines = linePanels({ ...figure, panels: alone });
  assert.doesNotMatch(saidOf(lines), /The key|beyond/);
  assert.doesNotMatch(lines.page + lines.file, /NaN|Infinity|undefined/);
});

Deno.test("linePanels() writes every mark with its panel at full precision", () => {
  const column = (name: string) => data.columns.indexOf(name);
  // Baselines, one single network and the mean and the three of the others in each of two groups.
  assert.equal(data.rows.length, 4 * (8 + 2 * (1 + 4)));
  const [tint] = figure.panels;
  const row = data.rows[0];
  assert.ok(tint && row);
  assert.equal(row[column("panel")], "spurious tint");
  assert.equal(row[column("support")], "in");
  assert.equal(row[column("shifted")], tint.baselines[0]?.shifted);
  assert.deepEqual(
    JSON.parse(json).panels,
    JSON.parse(JSON.stringify(figure.panels)),
  );
  assert.equal(table.rows.length, data.rows.length);
  assert.equal(table.total, data.rows.length);
  assert.equal(table.selected?.rows.length, 4 * 2 * 5);
  for (const cells of [...table.rows, ...table.selected?.rows ?? []]) {
    assert.equal(cells.length, table.columns.length);
  }
});

Deno.test("linePanels() escapes titles and names, and shortens a title that has no room", () => {
  const name = `<script>"&'`;
  const long = "x".repeat(99);
  const panels = figure.panels.map((panel, i) => ({
    ...panel,
    title: i === 0 ? name : long,
    groups: panel.groups.map((group) => ({ ...group, name })),
  }));
  const drawn = linePanels({ ...figure, panels });
  for (const text of [drawn.page, drawn.file]) {
    assert.ok(!text.includes("<script"));
    assert.ok(text.includes("&lt;script&gt;"));
  }
  assert.ok(words(drawn.file).some((text) => /^x{30,60}…$/.test(text)));
});

Deno.test("linePanels() gives a page titles of axes that have room where text has grown in a narrow window", () => {
  const titlesOf = (name: string) => {
    const [panel] = figure.panels;
    assert.ok(panel);
    const distributions = { reference: name, shifted: name };
    const { page } = linePanels({
      ...figure,
      panels: [{ ...panel, distributions }],
    });
    return words(page).filter((text) => /^↑|→$/.test(text));
  };
  assert.deepEqual(titlesOf("tint of strength 0.25"), [
    "Accuracy: tint of strength 0.25 →",
    "↑ Accuracy: tint of strength 0.25",
  ]);
  assert.deepEqual(titlesOf("photographs upside down"), [
    "photographs upside down →",
    "↑ photographs upside down",
  ]);
  for (const title of titlesOf("x".repeat(99))) {
    // The style sheet has text of 14 pixels there, 0.52 em a letter, of 256 without the air on the right.
    assert.ok(title.length * 14 * 0.52 < 256 - 14, title);
  }
});

Deno.test("linePanels() refuses a figure without panels", () => {
  const none: LinePanelsFigure = { ...figure, panels: [] };
  assert.throws(() => linePanels(none), {
    name: "RangeError",
    message: 'Cannot draw figure "four-shifts": it has no data',
  });
});
