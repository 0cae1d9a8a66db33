import assert from "node:assert/strict";
import {
  branchesOf,
  isOrElse,
  mapLeaves,
  type Stage,
  targetOf,
  type ValueFailure,
  walkRefs,
} from "../../engine/define/ref.ts";
import { newPhotographs } from "../../pipelines/new_photographs.ts";
import { judge, type Rule } from "../../reports/value/claim.ts";
import type { Report } from "../../reports/value/report.ts";
import { site } from "../../reports/site/site.ts";
import { run } from "../reports/example.ts";
import { allBuilt, argumentsOf } from "./shared/synthetic/experiments.ts";
import {
  type Planted,
  type PlantedNetwork,
  plantedReport,
} from "./shared/synthetic/planted.ts";

/** Where nothing is trained but what others train. */
const LIKE = "vertical-flip";

Deno.test("newPhotographs trains no network that the experiments on plain photographs do not, and tests none again on their sets", () => {
  for (const { name, profile, graph } of allBuilt) {
    if (name !== "new-photographs") continue;
    const like = allBuilt.find((one) =>
      one.name === LIKE && one.profile === profile
    );
    assert.ok(like);
    const theirs = new Map(
      like.graph.nodes.map((node) => [node.stage.name, argumentsOf(node)]),
    );
    const ours = graph.nodes.filter(({ stage: { name, task } }) =>
      task.name === "train" ||
      task.name === "evaluate" && !name.endsWith("-further")
    );
    assert.ok(ours.length > 20);
    for (const node of ours) {
      assert.equal(argumentsOf(node), theirs.get(node.stage.name));
    }
  }
});

/** Baselines along the line; fine-tuned networks are as good as the best. */
function reference({ name, seed, epoch }: PlantedNetwork): number {
  const wobble = 0.002 * Math.sin(seed + name.length);
  if (epoch !== undefined) return 0.5 + 0.02 * epoch + wobble;
  const [, images] = /^scratch on (\d+) images$/.exec(name) ?? [];
  return images === undefined
    ? 0.7 + wobble
    : 0.05 + 0.16 * Math.log10(Number(images)) + wobble;
}

async function planted(
  gain: Planted["gain"],
  failure?: ValueFailure,
): Promise<Report> {
  return await plantedReport({
    name: "new-photographs",
    profile: "default",
    planted: { reference, gain },
    ...failure === undefined ? {} : { failure },
  });
}

/** Its page. */
function pageOf(report: Report): string {
  const files = site({ reports: [report], run });
  return String(files.get("new-photographs/index.html"));
}

const FIGURES = ["v6-sizes", "v6-checkpoints", "v4-sizes", "v4-checkpoints"];

const within: Rule = { kind: "within", low: -0.02, high: 0.02 };

Deno.test("newPhotographs judges by rules that were fixed before its first run, and its page has what it claims", async () => {
  const report = await planted(() => 0);
  assert.deepEqual(
    report.claims.map((claim) => [claim.id, claim.rule, judge(claim)]),
    [
      ["photo", within, "supported"],
      ["narrow", within, "supported"],
      ["all-lower", { kind: "above", bound: 0 }, "supported"],
    ],
  );
  assert.deepEqual(report.figures.map(({ id }) => id), FIGURES);
  assert.match(pageOf(report), /CIFAR-10\.1 v4, over the line of checkpoints/);
});

Deno.test("newPhotographs contradicts its claims where networks are otherwise", async () => {
  const verdicts = async (gain: Planted["gain"]) =>
    (await planted(gain)).claims.map(judge);
  const onlyOn =
    (name: string, gain: number): Planted["gain"] => (network, set) =>
      network.name === name && set === "v6" ? gain : 0;
  assert.deepEqual(await verdicts(onlyOn("photo, FT", 0.06)), [
    "contradicted",
    "supported",
    "supported",
  ]);
  // More than what is lost of the reference accuracy.
  assert.deepEqual(await verdicts(onlyOn("narrow, FT", 0.2)), [
    "supported",
    "contradicted",
    "contradicted",
  ]);
});

/** Whether a stage needs a published file. */
function isFetched({ task, args }: Stage): boolean {
  if (task.name === "fetchSource") return true;
  let found = false;
  walkRefs(args, (ref) => found ||= isFetched(targetOf(ref).stage));
  return found;
}

for (
  const [kind, text] of [
    [
      "unavailable",
      /could not be reached\. <code>deno task fetch <span class="whole">new-photographs</,
    ],
    ["failed", /When this page was made, a stage failed\./],
  ] as const
) {
  Deno.test(`newPhotographs has a page without the images where their source is ${kind}, and no number on it`, async () => {
    const failure = { stage: "fetchSource/v6-images", kind, reason: "no" };
    const needed: string[] = [];
    // What is left needs none of the published files.
    const rest = mapLeaves(
      newPhotographs.build("default"),
      (leaf) => isOrElse(leaf) ? branchesOf(leaf).otherwise(failure) : leaf,
    );
    walkRefs(rest, (ref, path) => {
      if (isFetched(targetOf(ref).stage)) needed.push(path);
    });
    assert.deepEqual(needed, []);
    const report = await planted(() => 0, failure);
    const { claims, figures, tables, datasets } = report;
    assert.deepEqual(
      claims.map((claim) => [claim.id, judge(claim)]),
      ["photo", "narrow", "all-lower"].map((id) => [id, "not reproduced"]),
    );
    assert.deepEqual(
      figures.map(({ kind, id }) => [kind, id]),
      FIGURES.map((id) => ["unavailable", id]),
    );
    assert.deepEqual([tables, datasets.map(({ id }) => id)], [[], [
      "cifar-10",
    ]]);
    assert.match(pageOf(report), text);
  });
}
