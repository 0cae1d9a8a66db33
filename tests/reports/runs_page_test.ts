import assert from "node:assert/strict";
import type { PastRun } from "../../reports/runs/past_run.ts";
import { site } from "../../reports/site/site.ts";
import { past, report, run } from "./example.ts";
import { wordsOf } from "./text_of.ts";

const files = site({ reports: [report], run, history: [past] });

const textOf = (path: string, of = files) => wordsOf(of, path);

Deno.test("site() tells on the page of runs what changed and why", () => {
  const page = textOf("runs/index.html");
  assert.match(page, /2026-01-02 03:04 UTC, profile default/);
  assert.match(
    page,
    /2 ran, 5 reused from the store, 59 without a result</,
  );
  assert.match(page, /<b>claims<\/b> of spurious-tint/);
  assert.match(page, /in-support: supported → inconclusive/);
  assert.match(page, /epochs 12 → 13/);
  assert.match(page, /train\/scratch: number 1: 1 → 1\.5000/);
  assert.match(page, /and 3 more/);
  assert.doesNotMatch(page, /number 6/);
  assert.ok(!site({ reports: [report], run }).has("runs/index.html"));
});

Deno.test("site() says on the page of runs that a run lacks nothing but published files", () => {
  const history = [{ ...past, outcome: "without published files" } as const];
  const page = textOf(
    "runs/index.html",
    site({ reports: [report], run, history }),
  );
  assert.match(page, /complete; published files unavailable/);
});

Deno.test("site() says on the page of runs when there was none, and when nothing changed", () => {
  const page = (history: readonly PastRun[]) =>
    textOf("runs/index.html", site({ reports: [report], run, history }));
  assert.match(page([]), /No run has finished yet/);
  const earlier = { ...past, id: "20260101T030405Z-ab" };
  const digest = "0123456789abcdef".repeat(4);
  const causes = [`kernels ${digest} → ${digest}`];
  assert.match(
    page([{
      ...past,
      changes: [{ pipeline: "p", stage: "s", causes, numbers: [] }],
    }]),
    /kernels 0123456789ab → 0123456789ab</,
  );
  assert.match(
    page([{ ...past, changes: [] }, earlier]),
    /Nothing changed in stages that an earlier run of this profile has/,
  );
  assert.match(
    page([{ ...past, changes: [] }, { ...earlier, profile: "full" }]),
    /This is the first run of this profile in the store/,
  );
  const changes = Array.from({ length: 43 }, (_, i) => ({
    pipeline: "p",
    stage: `s${i}`,
    causes: [`cause ${i}`],
    numbers: [],
  }));
  assert.match(
    page([{ ...past, changes }]),
    /33 more rows are left out/,
  );
});

Deno.test("site() leaves room for reasons beside the claims of many pipelines, which are in points", () => {
  const unit = "points" as const;
  const claims = Array.from({ length: 14 }, (_, i) => ({
    pipeline: `p${i}`,
    stage: "",
    causes: [],
    numbers: [
      { what: "photo", before: -0.0135, after: -0.0283, unit },
      { what: "narrow", before: 0.01, after: 0.01001, unit },
    ],
  }));
  const stage = { pipeline: "p", stage: "s", numbers: [] };
  const changes = [...claims, { ...stage, causes: ["epochs 12 → 13"] }];
  const page = textOf(
    "runs/index.html",
    site({ reports: [report], run, history: [{ ...past, changes }] }),
  );
  assert.match(page, /epochs 12 → 13/);
  assert.match(page, /photo: −1\.35 points → −2\.83 points/);
  assert.doesNotMatch(page, /narrow: /);
  assert.match(page, /5 more rows are left out/);
});

Deno.test("site() tells stages that ran for the same reasons together", () => {
  const causes = ["models/train.ts changed", ...["b", "c", "d", "e", "f", "g"]];
  const changes = Array.from({ length: 20 }, (_, i) => ({
    pipeline: "p",
    stage: `s${i}`,
    causes,
    numbers: i === 0 ? [{ what: "mean", before: 1, after: 2 }] : [],
  }));
  const page = textOf(
    "runs/index.html",
    site({ reports: [report], run, history: [{ ...past, changes }] }),
  );
  assert.equal(page.match(/models\/train\.ts changed/g)?.length, 1);
  assert.match(page, /<code>s2<\/code>, <code>s3<\/code> of p and 16 more/);
  assert.match(page, /and 2 more<\/span>/);
  assert.match(page, /s0: mean: 1 → 2/);
});

Deno.test("site() tells one input that changed, and counts the others", () => {
  const causes = [
    "input a[0] changed, made by evaluate/one",
    "epochs 12 → 13",
    "input a[1] changed, made by evaluate/two",
    "input b changed, made by evaluate/three",
  ];
  const stage = { pipeline: "p", stage: "s", numbers: [] };
  const page = textOf(
    "runs/index.html",
    site({
      reports: [report],
      run,
      history: [{ ...past, changes: [{ ...stage, causes }] }],
    }),
  );
  assert.match(
    page,
    /epochs 12 → 13<\/span>.*made by evaluate\/one, and 2 more inputs<\/span>/,
  );
  assert.doesNotMatch(page, /evaluate\/two/);
});

Deno.test("site() tells changes of the last runs, and counts those before, to stay below 150 kB", () => {
  const changes = Array.from({ length: 40 }, (_, i) => ({
    pipeline: "hyper-parameters",
    stage: `train/plain-photo-rate-0.003-${i}`,
    causes: Array.from({ length: 12 }, (_, k) => `models/${k}/${i}.ts changed`),
    numbers: Array.from({ length: 12 }, (_, k) => ({
      what: `networks.${k}.accuracy`,
      before: k / 7,
      after: k / 6,
    })),
  }));
  const history = Array.from(
    { length: 30 },
    (_, i) => ({ ...past, id: `run-${i}`, changes }),
  );
  const made = site({ reports: [report], run, history });
  const page = String(made.get("runs/index.html"));
  assert.ok(page.length < 150_000, `${page.length}`);
  assert.equal(page.match(/<table/g)?.length, 8);
  assert.match(page, /Stages with new results or causes: 40\./);
});
