import assert from "node:assert/strict";
import { isRef, targetOf } from "../../engine/define/ref.ts";
import { pipelines } from "../../pipelines/registry.ts";
import {
  type Counterparts,
  PAPER_FIGURES,
  type PaperFigure,
} from "../../reports/value/paper_figures.ts";

/** What a report shows, before anything is computed: some of it, or all, are results to come. */
interface Built {
  readonly counterparts?: Counterparts;
  readonly figures: unknown;
  readonly tables?: unknown;
  readonly pictures?: unknown;
}

/** Ids of things of one kind; of one that is a result to come the id that its stage is given. */
function idsOf(some: unknown): readonly unknown[] {
  return (Array.isArray(some) ? some : []).map((one) =>
    (isRef(one) ? targetOf(one).stage.args as { id?: unknown } : one).id
  );
}

/** Every profile of every pipeline. */
const built = pipelines.flatMap(({ name, profiles, build }) =>
  profiles.map((profile) => ({
    name,
    profile,
    report: build(profile) as Built,
  }))
);

Deno.test("the pipelines that are said to make something in place of a figure of the paper are those that do", () => {
  for (const figure of PAPER_FIGURES) {
    const { by, without }: PaperFigure = figure;
    const made = built.filter(({ report }) =>
      report.counterparts?.of[figure.name] !== undefined
    );
    const names = [...new Set(made.map(({ name }) => name))];
    const said = by.map((words) => words.split(" ")[0]);
    assert.deepEqual(names.sort(), said.sort(), figure.name);
    assert.equal(without === undefined, by.length > 0, figure.name);
    for (const words of by) {
      const [name, , profile = "default"] = words.split(" ");
      assert.ok(
        made.some((one) => one.name === name && one.profile === profile),
        words,
      );
    }
  }
});

Deno.test("what stands in place of a figure of the paper is in its report, at every profile", () => {
  let looked = 0;
  for (const { name, profile, report } of built) {
    const { counterparts, figures, tables, pictures } = report;
    const ids = [figures, tables, pictures].flatMap(idsOf);
    for (const id of Object.values(counterparts?.of ?? {}).flat()) {
      assert.ok(ids.includes(id), `${name} at ${profile}: ${id}`);
      looked++;
    }
  }
  assert.ok(looked > 40);
});
