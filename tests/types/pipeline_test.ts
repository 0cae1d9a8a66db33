import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Report } from "../../reports/value/report.ts";
import { notRun } from "./not_run.ts";

interface Scale {
  readonly steps: number;
  readonly seeds: readonly number[];
}

const estimate = defineTask({
  module: import.meta.url,
  name: "estimate",
  result: { gain: json(z.number()), title: json(z.string()) },
  run: ({ seed }: { seed: number }) => ({ gain: seed, title: "a" }),
});

const about = { module: import.meta.url, name: "a", title: "A" } as const;
const scale = { steps: 1, seeds: [1] };
const profiles = { smoke: scale, default: scale, full: scale };
const { gain, title } = estimate({ seed: 1 });
const found = { value: gain, low: 0, high: 1, unit: "points" } as const;
const claim = {
  id: "gain",
  statement: "There is a gain.",
  paper: "none",
  estimate: found,
  rule: { kind: "above", bound: 0 },
} as const;
const report = {
  id: "a",
  title: "A",
  question: "Is there a gain?",
  claims: [claim],
  figures: [],
  scaledDown: [],
  datasets: [],
};

Deno.test("a pipeline has a scale for each profile", () => {
  const build = ({ seeds }: Scale) => ({ n: seeds.length });
  const pipeline = definePipeline<Scale, { n: number }>(
    { ...about, profiles, build },
  );
  assert.deepEqual(pipeline.build("smoke"), { n: 1 });
  // @ts-expect-error: there is no such profile
  notRun(() => pipeline.build("smok"));

  notRun(() =>
    definePipeline<Scale, unknown>({
      ...about,
      build,
      // @ts-expect-error: "seeds" is misspelt
      profiles: { ...profiles, smoke: { steps: 1, sedes: [1] } },
    })
  );
  notRun(() =>
    definePipeline<Scale, unknown>({
      ...about,
      build,
      // @ts-expect-error: "steps" is no number
      profiles: { ...profiles, full: { ...scale, steps: "1" } },
    })
  );
  // A profile may be left out.
  notRun(() =>
    definePipeline<Scale, unknown>({
      ...about,
      build,
      profiles: { smoke: scale, default: scale },
    })
  );
  notRun(() =>
    definePipeline<Scale, unknown>({
      ...about,
      profiles,
      // @ts-expect-error: the scale has no such number
      build: ({ sedes }) => ({ sedes }),
    })
  );
});

Deno.test("a pipeline builds a report in which any value may be a ref", () => {
  const pipeline = definePipeline<Scale, Report>({
    ...about,
    profiles,
    build: () => ({ ...report, title, answer: ["The gain is ", title] }),
  });
  assert.ok("claims" in pipeline.build("smoke"));

  const { datasets: _, ...without } = report;
  notRun(() =>
    definePipeline<Scale, Report>({
      ...about,
      profiles,
      // @ts-expect-error: "datasets" is missing
      build: () => without,
    })
  );
  notRun(() =>
    definePipeline<Scale, Report>({
      ...about,
      profiles,
      // @ts-expect-error: a title is no number
      build: () => ({ ...report, title: gain }),
    })
  );
});

Deno.test("a claim of a report has all that judges it", () => {
  const claims = [claim, { ...claim, id: "again", figure: "line" }];
  const pipeline = definePipeline<Scale, Report>({
    ...about,
    profiles,
    build: () => ({ ...report, claims }),
  });
  assert.ok("claims" in pipeline.build("smoke"));

  const { rule: _, ...unruled } = claim;
  notRun(() =>
    definePipeline<Scale, Report>({
      ...about,
      profiles,
      // @ts-expect-error: "rule" is missing
      build: () => ({ ...report, claims: [unruled] }),
    })
  );
  const { estimate: __, ...unfound } = claim;
  notRun(() =>
    definePipeline<Scale, Report>({
      ...about,
      profiles,
      // @ts-expect-error: there is neither an estimate nor why there is none
      build: () => ({ ...report, claims: [unfound] }),
    })
  );
  const { high: ___, ...open } = found;
  notRun(() =>
    definePipeline<Scale, Report>({
      ...about,
      profiles,
      // @ts-expect-error: the interval has no upper end
      build: () => ({ ...report, claims: [{ ...claim, estimate: open }] }),
    })
  );
});

Deno.test("a report has no other fields, also where it is spread, and each profile the scale that it is built at", () => {
  const build = (_: Scale) => ({ ...report, mainFigures: ["line"] });
  const pipeline: AnyPipeline<Report> = definePipeline({
    ...about,
    profiles,
    build,
  });
  assert.ok("mainFigures" in pipeline.build("smoke"));

  notRun((): AnyPipeline<Report> =>
    definePipeline({
      ...about,
      profiles,
      // @ts-expect-error: "mainFigures" is misspelt
      build: (_: Scale) => ({ ...report, mainFigurs: ["line"] }),
    })
  );
  notRun((): AnyPipeline<Report> =>
    definePipeline({
      ...about,
      // @ts-expect-error: "seeds" is missing
      profiles: { smoke: { steps: 1 } },
      build,
    })
  );
});
