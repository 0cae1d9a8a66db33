/** A figure of each kind, as the files that `deno task figure` writes. */
import assert from "node:assert/strict";
import { decode } from "fast-png";
import type { Figure } from "../../../../reports/value/figure.ts";
import { drawFigure } from "../../../../reports/figures/draw_figure.ts";
import { printFigure } from "../../../../reports/figures/drawing/print_figure.ts";
import { pdfOfSvg } from "../../../../reports/figures/formats/pdf_of_svg.ts";
import { pngOfSvg } from "../../../../reports/figures/formats/png_of_svg.ts";
import { figure } from "../../example.ts";
import { png } from "../../png.ts";
import { sets, sizes } from "../interventions_example.ts";
import { bars, panels, strengths } from "../robustness_example.ts";

const head = { id: "drawn", title: "Drawn", finding: "It is there." };

type Kind = Exclude<Figure["kind"], "unavailable">;

const OF_KIND: {
  readonly [K in Kind]: Extract<Figure, { readonly kind: K }>;
} = {
  "accuracy-by-size": sizes,
  "accuracy-rows": {
    ...head,
    kind: "accuracy-rows",
    classifiers: ["zero", "learned"],
    groups: [{
      title: "in support",
      rows: [{ title: "reference", n: 10, accuracies: [0.5, 0.9] }],
    }],
  },
  "gallery": {
    ...head,
    kind: "gallery",
    rows: [{
      title: "in support",
      n: 1,
      png: png(),
      width: 10,
      height: 2,
      alt: "Squares.",
    }],
  },
  "line-panels": panels,
  "on-the-line": figure,
  "reliability": {
    ...head,
    kind: "reliability",
    curves: [{ name: "raw", bins: [{ predicted: 0.4, successes: 4, n: 10 }] }],
  },
  "robustness-bars": bars,
  "starts-in-plane": {
    ...head,
    kind: "starts-in-plane",
    points: [{ at: [0.6, 0.8], label: 1 }, { at: [-1.2, -1.6], label: -1 }],
    basis: [[0.6, 0.8]],
    starts: [{ name: "zero", from: [0, 0], to: [0.6, 0.8] }],
  },
  "sweep": strengths,
  "training-curves": {
    ...head,
    kind: "training-curves",
    runs: [{ name: "scratch", seed: 1, history: [{ epoch: 1, loss: 2 }] }],
    checkpoints: [{
      model: "scratch",
      seed: 1,
      epoch: 1,
      reference: 0.4,
      shifted: 0.3,
    }],
  },
  "venn": sets,
};

for (const [kind, one] of Object.entries(OF_KIND)) {
  Deno.test(`printFigure() draws ${kind} as what a PDF and a PNG file can hold`, async () => {
    const drawn = drawFigure(one);
    assert(drawn);
    const svg = printFigure(drawn, { width: { value: 8.5, unit: "cm" } });
    const pdf = await pdfOfSvg(svg, { width: 241, title: one.title });
    assert.match(new TextDecoder("latin1").decode(pdf), /^%PDF-1\.7/);
    assert.equal(decode(pngOfSvg(svg, { width: 241 })).width, 241);
  });
}
