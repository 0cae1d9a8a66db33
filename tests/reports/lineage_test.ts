import assert from "node:assert/strict";
import {
  stageGraph,
  stagesBehind,
} from "../../reports/figures/stage_graph/stage_groups.ts";
import type {
  Provenance,
  StageProvenance,
} from "../../reports/runs/stage_provenance.ts";
import type { RunRecord } from "../../reports/runs/run_record.ts";
import { site } from "../../reports/site/site.ts";
import { report, run } from "./example.ts";

function stage(
  name: string,
  inputs: readonly string[],
  more: Partial<StageProvenance> = {},
): StageProvenance {
  return {
    name,
    task: name.split("/")[0] ?? name,
    module: `tasks/${name.split("/")[0]}.ts`,
    key: "0123456789abcdef".repeat(4),
    state: "reused",
    seconds: 2,
    calls: [],
    inputs: inputs.map((stage) => ({ path: "images", stage, field: "value" })),
    outputs: [{ field: "value", digest: "ab".repeat(32), bytes: 1234 }],
    sources: [],
    ...more,
  };
}

const provenance: Provenance = {
  module: "pipelines/spurious_tint.ts",
  stages: [
    stage("load", [], {
      sources: [
        { url: "https://example.org/a.csv", sha256: "cd".repeat(32) },
        { url: "https://example.org/b.npy", gitBlob: "ef".repeat(20) },
      ],
    }),
    stage("train/one", ["load"], { state: "ran" }),
    stage("train/<two>", ["load"], { state: "failed", outputs: [], key: "" }),
    stage("evaluate", ["train/one"]),
    stage("fit", ["train/<two>"], { state: "blocked", outputs: [], key: "" }),
  ],
  figures: { "spurious-tint": ["evaluate"] },
};

/** A pipeline with so many trainings, each evaluated. */
function large(n: number): Provenance {
  const names = Array.from({ length: n }, (_, i) => `${i}`);
  return {
    stages: [
      stage("load", []),
      ...names.map((i) => stage(`train/${i}`, ["load"])),
      ...names.map((i) => stage(`evaluate/${i}`, [`train/${i}`, "load"])),
    ],
    figures: {},
  };
}

function pagesOf(provenance: Provenance, about: Partial<RunRecord> = {}) {
  const files = site({
    reports: [report],
    run: { ...run, ...about },
    provenance: new Map([[report.id, provenance]]),
  });
  return (path: string) => String(files.get(`spurious-tint/${path}`));
}

Deno.test("stageGraph() has a box a stage while there are few, and a box a task then", () => {
  const small = stageGraph(provenance);
  assert.equal(small.grouped, false);
  assert.equal(small.nodes.length, 5);
  const graph = stageGraph(large(30));
  assert.deepEqual(graph.nodes.map(({ title }) => title), [
    "load",
    "train × 30",
    "evaluate × 30",
  ]);
  assert.deepEqual(graph.edges, [
    { from: "load", to: "train" },
    { from: "train", to: "evaluate" },
  ]);
});

Deno.test("stageGraph() leaves out what a way through others says, and of tasks by turns the way back", () => {
  const { stages } = large(30);
  const [load, train] = stages;
  assert.ok(load && train);
  const input = { path: "args", stage: "evaluate/0", field: "hits" };
  const again = { ...train, name: "train/again", inputs: [input] };
  assert.deepEqual(
    stageGraph({ stages: [...stages, again], figures: {} }).edges,
    stageGraph({ stages, figures: {} }).edges,
  );
});

Deno.test("site() names on the page of lineage the tasks behind a figure where the stages are many", () => {
  const made = large(30);
  const names = made.stages.map(({ name }) => name);
  const behind = (figure: readonly string[]) =>
    pagesOf({ ...made, figures: { "spurious-tint": figure } })(
      "lineage/index.html",
    );
  assert.match(
    behind(names.slice(0, 4)),
    /results of <code>load<\/code>, <code>train\/0<\/code>, <code>train\/1<\/code>, <code>train\/2<\/code>;/,
  );
  assert.match(
    behind(names.slice(0, 5)),
    /results of <code>load<\/code>, <code>train × 4<\/code>;/,
  );
});

Deno.test("stageGraph() shows the worst state of a task", () => {
  const { stages } = large(30);
  const failing = stages.map((one) =>
    one.name === "train/7" ? { ...one, state: "failed" as const } : one
  );
  const { nodes } = stageGraph({ stages: failing, figures: {} });
  assert.deepEqual(nodes.map(({ state }) => state), [
    "reused",
    "failed",
    "reused",
  ]);
});

Deno.test("stagesBehind() goes back to the sources", () => {
  assert.deepEqual([...stagesBehind(["evaluate"], provenance)].sort(), [
    "evaluate",
    "load",
    "train/one",
  ]);
});

Deno.test("site() has a page of the stages behind a report, and leads to it", () => {
  const read = pagesOf(provenance);
  const page = read("lineage/index.html");
  assert.match(
    page,
    /5 stages: 1 ran, 2 reused from the store, 1 failed, 1 could not run/,
  );
  assert.match(
    page,
    /<code>evaluate<\/code>; 3 of 5 stages contribute to it\./,
  );
  const digests = [
    `a.csv: SHA-256 <code>${"cd".repeat(32)}`,
    `b.npy: git blob <code>${"ef".repeat(20)}`,
  ];
  for (const text of digests) assert.ok(page.includes(text), text);
  assert.ok(!page.includes("<two>"));
  for (const state of ["ran in this run", "taken from the store", "failed"]) {
    assert.ok(page.includes(state), state);
  }
  assert.deepEqual(
    JSON.parse(read("lineage/lineage.json")),
    JSON.parse(JSON.stringify(provenance)),
  );
  assert.match(read("lineage/stages.svg"), /^<svg xmlns=/);
  assert.match(
    read("index.html"),
    /href="\.\/lineage\/index\.html#figure-spurious-tint"/,
  );
});

Deno.test("site() tells failed and blocked stages by their outlines, not by colour alone", () => {
  const svg = pagesOf(provenance)("lineage/stages.svg");
  assert.match(svg, /<rect[^>]*stroke-dasharray="7,3"/);
  assert.match(svg, /<rect[^>]*stroke-dasharray="2,3"/);
  assert.match(svg, />failed ✕ · 2 s</);
});

Deno.test("site() keeps the graph of a large pipeline small", () => {
  const svg = pagesOf(large(300))("lineage/stages.svg");
  assert.ok(svg.length < 60_000, `${svg.length}`);
});

Deno.test("site() has a row a stage while there are few, and a row a task then", () => {
  const few = pagesOf(large(90))("lineage/index.html");
  assert.match(few, /<td><code>train\/89<\/code></);
  const read = pagesOf(large(300));
  const many = read("lineage/index.html");
  assert.match(
    many,
    /<td><code>train × 300<\/code><td><code>tasks\/train\.ts<\/code><td>300 reused<td>10\smin 0\ss<td class="words">value \(370\skB\)/,
  );
  assert.ok(!many.includes("train/299"));
  assert.ok(many.length < 60_000, `${many.length}`);
  assert.ok(read("lineage/lineage.json").includes("train/299"));
});

Deno.test("site() links to no file at a commit that has it otherwise", () => {
  const page = pagesOf(provenance, {
    repository: "https://github.com/owner/name",
    edited: ["pipelines/spurious_tint.ts"],
  })("index.html");
  assert.ok(page.includes("pipelines/spurious_tint.ts"));
  assert.ok(!page.includes("blob/"));
});

for (
  const [repository, href] of [
    [
      "https://github.com/owner/name",
      "https://github.com/owner/name/blob/4e5207c7bb6592474ca56e28b2cf85be8f1a550f/pipelines/spurious_tint.ts",
    ],
    [
      "https://codeberg.org/owner/name",
      "https://codeberg.org/owner/name/src/commit/4e5207c7bb6592474ca56e28b2cf85be8f1a550f/pipelines/spurious_tint.ts",
    ],
  ] as const
) {
  Deno.test(`site() leads from a figure to its code on ${new URL(repository).host}`, () => {
    const page = pagesOf(provenance, { repository })("index.html");
    assert.ok(page.includes(`<a href="${href}"><code>pipelines/`));
    assert.match(
      page.replaceAll(/<\/?span[^>]*>/g, ""),
      /<code>deno task reproduce spurious-tint<\/code>/,
    );
  });
}

Deno.test("site() names the code of a figure without a link where the host is not known", () => {
  for (const repository of [undefined, "https://git.example.org/a"]) {
    const page = pagesOf(provenance, { repository })("index.html");
    assert.ok(
      /Code:\s+<code>pipelines\/spurious_tint\.ts<\/code>/.test(page),
    );
  }
});

Deno.test("site() refuses a figure where the page of the stages is", () => {
  const figures = report.figures.map((figure) => ({
    ...figure,
    id: "lineage",
  }));
  assert.throws(
    () => site({ reports: [{ ...report, claims: [], figures }], run }),
    {
      name: "TypeError",
      message:
        'Cannot give the figure "lineage" of report "spurious-tint" an address: the id is taken',
    },
  );
});
