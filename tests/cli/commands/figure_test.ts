import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type AnyPipeline,
  definePipeline,
} from "../../../engine/define/pipeline.ts";
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import type { Report } from "../../../reports/value/report.ts";
import { on, type Rig, rig, rigsAfter, rigWithStore } from "../rig.ts";
import { conclude, load, train } from "../toy_tasks.ts";

const drawing: AnyPipeline<Report> = definePipeline<
  { readonly epochs: number },
  Report
>({
  module: import.meta.url,
  name: "toy-drawing",
  title: "Toy drawing",
  profiles: {
    smoke: { epochs: 1 },
    default: { epochs: 3 },
    full: { epochs: 9 },
  },
  build({ epochs }): Lazy<Report> {
    const { history } = train({
      data: load({ size: 3 }),
      epochs,
      fails: false,
    });
    return {
      id: "toy-drawing",
      title: "Toy drawing",
      question: "How low?",
      claims: [],
      scaledDown: [],
      figures: [
        {
          kind: "reliability",
          id: "curve",
          title: "A curve",
          finding: conclude({ history }),
          curves: [{
            name: "raw",
            bins: [{ predicted: 0.4, successes: 3, n: 10 }],
          }],
        },
        {
          kind: "unavailable",
          id: "lost",
          title: "Lost",
          reason: "it is a toy",
        },
      ],
      datasets: [],
    };
  },
});
const setting = { pipelines: [drawing] };

const withResults = rigsAfter(async (t) => {
  await t.run(on("reproduce"), setting);
});

function bytesOf(t: Rig, name: string): Promise<Uint8Array> {
  return Deno.readFile(join(t.folder, name));
}

Deno.test("figure() writes SVG, PDF and PNG of the width that is asked for", async () => {
  await using t = await withResults();
  const figure = (...words: readonly string[]) =>
    t.run(on("figure", "toy-drawing/curve", ...words), setting);
  const { code, stdout } = await figure();
  assert.equal(code, 0);
  assert.match(stdout, /^Wrote toy-drawing-curve\.svg: 8\.5 cm wide, \d/);
  const svg = new TextDecoder().decode(
    await bytesOf(t, "toy-drawing-curve.svg"),
  );
  assert.match(svg, /^<svg width="8\.5cm" height="[\d.]+cm" xmlns=/);
  assert.match(svg, /<desc [^>]*>the loss went from/);
  assert.doesNotMatch(svg, /var\(|currentColor/);

  await figure("--to", "a.pdf", "--width", "3in");
  const pdf = new TextDecoder("latin1").decode(await bytesOf(t, "a.pdf"));
  assert.match(pdf, /^%PDF-1\.7/);
  assert.match(pdf, /\/MediaBox \[0 0 216 /);

  await figure("--to", "a.png", "--width", "50.8mm");
  const png = new DataView((await bytesOf(t, "a.png")).buffer);
  assert.equal(png.getUint32(16), 600);
  await figure("--to", "b.png", "--width", "144pt", "--dpi", "100");
  const small = new DataView((await bytesOf(t, "b.png")).buffer);
  assert.equal(small.getUint32(16), 200);
});

Deno.test("figure() says which letters the font of a PDF or PNG lacks, and writes them as SVG", async () => {
  await using t = await rigWithStore();
  const named = definePipeline<Record<never, never>, Report>({
    module: import.meta.url,
    name: "toy-names",
    title: "Toy names",
    profiles: { smoke: {}, default: {} },
    build: () => ({
      id: "toy-names",
      title: "Toy names",
      question: "Which letters?",
      claims: [],
      scaledDown: [],
      figures: [{
        kind: "reliability",
        id: "curve",
        title: "A curve",
        finding: "Found.",
        curves: ["сеть 网络 网", "δίκτυο 🔬"].map((name) => ({
          name,
          bins: [{ predicted: 0.4, successes: 3, n: 10 }],
        })),
      }],
      datasets: [],
    }),
  });
  for (const format of ["pdf", "png"]) {
    const { code, stdout, stderr } = await t.run(
      on("figure", "toy-names/curve", "--format", format),
      { pipelines: [named] },
    );
    assert.equal(code, 0);
    assert.match(stdout, /^Wrote toy-names-curve/);
    assert.equal(
      stderr,
      `Warning: the font of a ${format} has no 网, 络 and 🔬, and draws boxes; --format svg keeps them\n`,
    );
  }
  const { stderr } = await t.run(
    on("figure", "toy-names/curve", "--to", "a.svg"),
    { pipelines: [named] },
  );
  assert.equal(stderr, "");
  const svg = new TextDecoder().decode(await bytesOf(t, "a.svg"));
  assert.match(svg, />сеть 网络 网, .*>δίκτυο 🔬, /s);
});

Deno.test("figure() writes the same bytes twice", async () => {
  await using t = await withResults();
  for (const format of ["svg", "pdf", "png"]) {
    for (const name of ["one", "two"]) {
      await t.run(
        on("figure", "toy-drawing/curve", "--to", `${name}.${format}`),
        setting,
      );
    }
    assert.deepEqual(
      await bytesOf(t, `one.${format}`),
      await bytesOf(t, `two.${format}`),
    );
  }
});

Deno.test("figure() writes to the standard output", async () => {
  await using t = await withResults();
  const { stdout } = await t.run(
    on("figure", "toy-drawing/curve", "--to", "-"),
    setting,
  );
  assert.match(stdout, /^<svg width="8\.5cm"[^]*<\/svg>\n$/);
});

for (
  const [name, words, message] of [
    [
      "a figure that is not there",
      ["toy-drawing/curv"],
      'Cannot find figure "curv" in toy-drawing: it has curve and lost; did you mean "curve"?',
    ],
    [
      "a pipeline that is not there",
      ["toy-drawin/curve"],
      'Cannot find pipeline "toy-drawin": the only one is toy-drawing; did you mean "toy-drawing"?',
    ],
    [
      "a name without a pipeline",
      ["curve"],
      'Cannot find figure "curve": it is named as PIPELINE/FIGURE, and the pipelines are toy-drawing',
    ],
    [
      "a pipeline without a figure",
      ["toy-drawing"],
      "Cannot choose a figure of toy-drawing: it has curve and lost; name one as toy-drawing/FIGURE",
    ],
    [
      "a figure that could not be made",
      ["toy-drawing/lost"],
      'Cannot export figure "lost" of toy-drawing at profile default: it is a toy',
    ],
    [
      "results that are not in the store",
      ["toy-drawing/curve", "--profile", "smoke"],
      'Cannot export figure "curve" of toy-drawing at profile smoke: the result of stage "conclude" is not in the store; run `deno task reproduce toy-drawing --profile smoke --store store`; it exists at profile default: add --profile default',
    ],
    [
      "a column too narrow for text",
      ["toy-drawing/curve", "--width", "3cm"],
      "Cannot draw a figure 3cm wide: the width is 5cm to 60cm",
    ],
    [
      "a width without a unit",
      ["toy-drawing/curve", "--width", "85"],
      'Cannot use option "--width": "85" is not a length such as 8.5cm, 85mm, 3.35in or 241pt',
    ],
    [
      "a format that it does not know",
      ["toy-drawing/curve", "--format", "eps"],
      'Cannot use option "--format": "eps" is none of svg, pdf and png',
    ],
    [
      "a density that no printer has",
      ["toy-drawing/curve", "--dpi", "3"],
      'Cannot use option "--dpi": "3" is not a whole number from 36 to 2400',
    ],
    [
      "more pixels than can be drawn",
      [
        "toy-drawing/curve",
        "--to",
        "a.png",
        "--width",
        "60cm",
        "--dpi",
        "2400",
      ],
      "Cannot draw SVG as PNG: it would have 56693 × 35921 pixels, and 268 million are the most; lower --dpi or --width\n",
    ],
    [
      "a name that ends in another format",
      ["toy-drawing/curve", "--format", "pdf", "--to", "a.png"],
      'Cannot write pdf to "a.png": the name ends in .png',
    ],
    [
      "a folder that is not there",
      ["toy-drawing/curve", "--to", "nowhere/a.svg"],
      'Cannot write "nowhere/a.svg": there is no folder "nowhere"; make it, or name another file with --to\n',
    ],
    [
      "a folder in the place of the file",
      ["toy-drawing/curve", "--format", "svg", "--to", "store"],
      'Cannot write "store": it is a folder; name a file in it with --to\n',
    ],
    [
      "a file in the place of the folder",
      ["toy-drawing/curve", "--to", "store/format.json/a.svg"],
      'Cannot write "store/format.json/a.svg": "store/format.json" is not a folder; name another file with --to\n',
    ],
    [
      "a file of another kind",
      ["toy-drawing/curve", "--to", "store/format.json"],
      'Cannot tell the format of "store/format.json": a figure is a .svg, .pdf or .png; end the name so, or add --format\n',
    ],
    [
      "a file of another kind, with a format too",
      ["toy-drawing/curve", "--format", "svg", "--to", "store/format.json"],
      'Cannot write "store/format.json": there is a file already, and its name is not that of a figure; name another with --to\n',
    ],
  ] as const
) {
  Deno.test(`figure() refuses ${name}`, async () => {
    await using t = await withResults();
    const { code, stdout, stderr } = await t.run(
      on("figure", ...words),
      setting,
    );
    assert.notEqual(code, 0);
    assert.equal(stdout, "");
    assert.ok(stderr.startsWith(message), stderr);
  });
}

Deno.test("figure() names the stage without a result that makes a whole figure", async () => {
  await using t = await withResults();
  const later: AnyPipeline<Report> = {
    ...drawing,
    build(profile) {
      const report = drawing.build(profile) as Report;
      const { history } = train({
        data: load({ size: 3 }),
        epochs: 1,
        fails: false,
      }, "more");
      const more = conclude({ history }, "more") as unknown as Figure;
      return { ...report, figures: [...report.figures, more] };
    },
  };
  const { code, stderr } = await t.run(
    on("figure", "toy-drawing/more"),
    { pipelines: [later] },
  );
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'Cannot find figure "more" in toy-drawing: besides curve and lost it has one whose name is not known yet, since the result of stage "conclude/more" is not in the store; run `deno task reproduce toy-drawing --store store`\n',
  );
});

Deno.test("figure() needs the name of a figure", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(on("figure"), setting);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^Cannot export a figure: no figure given; name one as PIPELINE\/FIGURE\n/,
  );
});
