/** What the site is told of earlier runs and of where results came from. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RenderSite } from "../../publishing/site_sources.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type {
  HistoricRun,
  RunPipeline,
} from "../../engine/store/historic_run.ts";
import type { Store } from "../../engine/store/store.ts";
import { pastRunOf } from "../../publishing/past_run_of.ts";
import type { Provenance } from "../../reports/runs/stage_provenance.ts";
import type { PastRun } from "../../reports/runs/past_run.ts";
import { on, type Rig, rig } from "../cli/rig.ts";
import { noisy } from "../cli/toy_noise.ts";
import { tabular, toySite, training } from "../cli/toy_pipelines.ts";
import { reporting, SOURCE } from "../cli/toy_report.ts";
import { test } from "../full.ts";

interface Told {
  readonly history: readonly PastRun[];
  readonly provenance: ReadonlyMap<string, Provenance>;
}

/** Reproduces pipelines and gives what the site was told last. */
async function told(
  t: Rig,
  pipelines: readonly ReturnType<typeof reporting>[],
  ...words: readonly string[]
): Promise<Told> {
  let last: Told | undefined;
  const site: RenderSite = (content) => {
    const { history = [], provenance = new Map() } = content;
    last = { history, provenance };
    return toySite(content);
  };
  await t.run(on("reproduce", ...words), { pipelines, site });
  assert.ok(last);
  return last;
}

Deno.test("pastRunOf() tells causes, verdicts and numbers that moved, newest run first", async () => {
  await using t = await rig();
  await told(t, [reporting()]);
  const { history } = await told(t, [reporting({ epochs: 8 })]);
  assert.deepEqual(history.map(({ stages }) => stages), [
    { ran: 3, reused: 1, failed: 2 },
    { ran: 4, reused: 0, failed: 2 },
  ]);
  assert.equal(history[0]?.outcome, "failed"); // tests may not ask its host
  assert.deepEqual(history[1]?.changes, []);
  const [claims, ...stages] = history[0]?.changes ?? [];
  assert.deepEqual(claims, {
    pipeline: "toy-report",
    stage: "",
    causes: ["low: supported → contradicted"],
    numbers: [{ what: "low", unit: "plain", before: 1 / 12, after: 1 / 8 }],
  });
  assert.deepEqual(
    stages.map(({ stage, causes, numbers }) => [
      stage,
      causes,
      numbers.map(({ what }) => what),
    ]),
    [
      ["train", ["epochs 12 → 8"], []],
      ["measure", ["input history changed, made by train"], [
        "high",
        "low",
        "value",
      ]],
      ["drawFigure", ["input history changed, made by train"], []],
    ],
  );
});

Deno.test("pastRunOf() names the field of a result that a number is in", async () => {
  await using t = await rig();
  await told(t, [noisy()]);
  const { history } = await told(t, [noisy({ size: 2 })]);
  const [change] = history[0]?.changes ?? [];
  assert.equal(change?.stage, "measureNoise");
  assert.deepEqual(change.numbers.map(({ what }) => what), ["mean"]);
});

Deno.test("pastRunOf() looks back to the last run that reached all stages, and for claims to the last that told any", async () => {
  const runOf = (
    state: HistoricRun["state"],
    value: number,
    stages: RunPipeline["stages"] = {},
  ): HistoricRun => {
    const estimate = { value, low: value, high: value, unit: "plain" };
    const rule = "The value is above 0.";
    const claim = { verdict: "supported", rule, estimates: [estimate] };
    return {
      id: "0123456789ab",
      profile: "default",
      started: "2026-01-01T00:00:00.000Z",
      seconds: 1,
      state,
      commit: null,
      device: "wasm",
      pipelines: { toy: { stages, summary: { claims: { claim } } } },
    };
  };
  const stages = (text: string): RunPipeline["stages"] => {
    const key = digestOf(new TextEncoder().encode(text));
    return { again: { key, state: "ran" } };
  };
  const { changes } = await pastRunOf(runOf("finished", 3, stages("new")), {
    earlier: () => [
      runOf("stopped", 3),
      runOf("finished", 2),
      runOf("finished", 1, stages("old")),
    ],
    store: { record: () => undefined } as unknown as Store,
  });
  assert.deepEqual(changes, []);
});

test.inFull("toldRuns() leaves out runs that found all in the store, and those of other profiles", async () => {
  await using t = await rig();
  const pipelines = [training()];
  const first = await told(t, pipelines);
  await told(t, pipelines, "--profile", "smoke", "--replace");
  const last = await told(t, pipelines);
  assert.equal(first.history.length, 1);
  assert.deepEqual(last.history, first.history);
});

test.inFull("pastRunOf() compares with what the runs before left, though one of them was for other pipelines", async () => {
  await using t = await rig();
  const both = (size: number) => [
    training("one", { size }),
    training("two", { size }),
  ];
  await told(t, both(3), "one");
  await told(t, both(3), "two");
  const { history } = await told(t, both(4), "one");
  assert.deepEqual(
    history[0]?.changes.map(({ stage, causes }) => [stage, causes])[0],
    ["load", ["size 3 → 4"]],
  );
});

Deno.test("provenanceOf() gives stages with inputs and outputs, and the stages of each figure", async () => {
  await using t = await rig();
  const text = new TextEncoder().encode("abc");
  assert.equal(digestOf(text), SOURCE.sha256);
  const copy = join(t.folder, "mirror/example.org/results");
  await Deno.mkdir(copy, { recursive: true });
  await Deno.writeFile(join(copy, "table.csv"), text);
  const { provenance } = await told(
    t,
    [reporting()],
    "--mirror",
    join(t.folder, "mirror"),
  );
  const { stages = [], figures } = provenance.get("toy-report") ?? {};
  assert.deepEqual(figures, { line: ["drawFigure"], table: ["readTable"] });
  assert.deepEqual(
    stages.map(({ name, module, state }) => [name, module, state]),
    [
      ["load", "tests/cli/toy_tasks.ts", "ran"],
      ["train", "tests/cli/toy_tasks.ts", "ran"],
      ["measure", "tests/cli/toy_report.ts", "ran"],
      ["drawFigure", "tests/cli/toy_report.ts", "ran"],
      ["fetchSource", "tasks/datasets/fetch_source.ts", "ran"],
      ["readTable", "tests/cli/toy_tasks.ts", "ran"],
    ],
  );
  const [, train, , , fetch] = stages;
  assert.deepEqual(train?.inputs, [
    { path: "data", stage: "load", field: "value" },
  ]);
  assert.deepEqual(
    train?.outputs.map(({ field }) => field),
    ["history", "weights"],
  );
  assert.match(train?.key ?? "", /^[0-9a-f]{64}$/);
  assert.deepEqual(fetch?.sources, [{
    url: SOURCE.url,
    sha256: SOURCE.sha256,
  }]);
  assert.deepEqual(fetch?.outputs, [
    { field: "value", digest: SOURCE.sha256, bytes: 3 },
  ]);
});

test.inFull("provenanceOf() keeps the states of the last run in which something ran", async () => {
  await using t = await rig();
  const states = async (size: number) => {
    const { provenance } = await told(t, [training("toy", { size })]);
    return provenance.get("toy")?.stages.map(({ state }) => state);
  };
  await states(3);
  // The loss is the same whatever the size.
  const changed = await states(4);
  assert.deepEqual(changed, ["ran", "ran", "reused"]);
  assert.deepEqual(await states(4), changed);
});

test.inFull("provenanceOf() says what failed and what that kept from running", async () => {
  await using t = await rig();
  const { provenance } = await told(t, [reporting()]);
  const states = provenance.get("toy-report")?.stages
    .map(({ name, state, key }) => [name, state, key === ""]);
  assert.deepEqual(states?.slice(-2), [
    ["fetchSource", "failed", true],
    ["readTable", "blocked", true],
  ]);
});

Deno.test("the site is told the name of a file of one's own, and not its folder", async () => {
  await using t = await rig();
  const bytes = new TextEncoder().encode("a,b\n1,2\n");
  const readFrom = async (name: string) => {
    const path = join(t.folder, name);
    await Deno.writeFile(path, bytes);
    const url = pathToFileURL(path).href;
    const source = { url, sha256: digestOf(bytes), title: "table" };
    return await told(t, [tabular([source])]);
  };
  await readFrom("old.csv");
  const { history, provenance } = await readFrom("new.csv");
  assert.deepEqual(
    provenance.get("toy-table")?.stages.flatMap(({ sources }) => sources),
    [{ url: "new.csv", sha256: digestOf(bytes) }],
  );
  assert.deepEqual(history[0]?.changes.map(({ causes }) => causes), [
    ["source.url old.csv → new.csv"],
  ]);
});
