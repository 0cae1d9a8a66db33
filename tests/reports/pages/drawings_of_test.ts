import assert from "node:assert/strict";
import { drawFigure } from "../../../reports/figures/draw_figure.ts";
import { drawingsOf } from "../../../reports/pages/drawings_of.ts";
import { FIGURES } from "../../browser/fixture.ts";

Deno.test("drawingsOf() counts what is drawn of a figure of every kind", () => {
  for (const figure of FIGURES) {
    const page = drawFigure(figure)?.page ?? "";
    const drawn = [...page.matchAll(/<svg [^>]*role="img"/g)].length;
    // Pictures of a gallery are no drawings, and what is not there has none.
    assert.equal(drawingsOf(figure), Math.max(1, drawn), figure.kind);
  }
});
