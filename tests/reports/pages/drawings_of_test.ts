import assert from "node:assert/strict";
import { drawFigure } from "../../../reports/figures/draw_figure.ts";
import { drawingsOf } from "../../../reports/pages/drawings_of.ts";
import { site } from "../../../reports/site/site.ts";
import type { Report } from "../../../reports/value/report.ts";
import { FIGURES } from "../../browser/fixture.ts";
import { run } from "../example.ts";
import { sets } from "../figures/interventions_example.ts";
import { many, textOf } from "../site/two_reports.ts";

Deno.test("drawingsOf() counts what is drawn of a figure of every kind", () => {
  for (const figure of FIGURES) {
    const page = drawFigure(figure)?.page ?? "";
    const drawn = [...page.matchAll(/<svg [^>]*role="img"/g)].length;
    // Pictures of a gallery are no drawings, and what is not there has none.
    assert.equal(drawingsOf(figure), Math.max(1, drawn), figure.kind);
  }
});

Deno.test("site() shows fewer figures of a report when they have many drawings, and the first in any case", () => {
  const { mainFigures: _, ...unnamed } = many;
  const shownOf = (figures: Report["figures"]) => {
    const made = site({ reports: [{ ...unnamed, figures, claims: [] }], run });
    const page = textOf("many/index.html", made);
    return [...page.matchAll(/<figure id="figure-([^"]+)"/g)]
      .map(([, id]) => id);
  };
  const plain = many.figures.slice(0, 2);
  const five = { ...sets, panels: Array(5).fill(sets.panels[0]) };
  assert.deepEqual(shownOf([...plain, sets]), ["a", "b", sets.id]);
  assert.deepEqual(shownOf([...plain, five]), ["a", "b"]);
  assert.deepEqual(shownOf([five, ...plain]), [sets.id]);
});
