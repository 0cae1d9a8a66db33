import assert from "node:assert/strict";
import { join } from "node:path";
import { openStore } from "../../../engine/store/store.ts";
import { weights } from "../../../models/model/weights.ts";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import { test } from "../../full.ts";
import { type Rig, rig } from "../rig.ts";
import { IMAGES, rigAfterTrial, SMALL_TRIALS } from "./small_trial.ts";

function ask(t: Rig, words: readonly string[]) {
  return t.run(["ask", ...words, "--store", "store"], SMALL_TRIALS);
}

Deno.test("ask() says at once what is wrong with weights, beside what is wrong with images", async () => {
  await using t = await rig();
  await Deno.writeFile(
    join(t.folder, "mine.safetensors"),
    weights.encode({ "fc.bias": { shape: [1], data: Float32Array.of(1) } }),
  );
  for (const file of ["train", "held", "field"]) {
    await Deno.writeTextFile(join(t.folder, file), "no images");
  }
  const { code, stderr } = await ask(t, [
    ...IMAGES,
    ...["--weights", "mine.safetensors"],
  ]);
  assert.equal(code, 2);
  const lines = stderr.trimEnd().split("\n");
  assert.match(
    lines[0] ?? "",
    /^Cannot use weights mine\.safetensors: it lacks stem\.kernel, .*; fc\.bias is not used; docs\/guide\/ask\.md has the names and shapes$/,
  );
  assert.match(
    lines[1] ?? "",
    /^Cannot read images: .*train is neither a folder nor a \.tar/,
  );
  const left = await Array.fromAsync(Deno.readDir(t.folder));
  assert.deepEqual(
    left.map(({ name }) => name).toSorted(),
    ["field", "held", "mine.safetensors", "train"],
  );
});

/** The bytes of a stage's weights in the store of a rig. */
async function trainedIn(
  t: Rig,
  stage: RegExp,
): Promise<Uint8Array> {
  const store = await openStore(join(t.folder, "store"));
  const keys = store.lastKeys("asked-field.default");
  const [key] = Object.entries(keys)
    .flatMap(([name, key]) => stage.test(name) ? [key] : []);
  const { final } = store.record(key ?? assert.fail(`${stage}`))?.outputs ?? {};
  return await store.object(final?.digest ?? assert.fail(`${stage}`));
}

/** The stages that a run began. */
function started(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^start (\S+):/gm)]
    .map(([, name = ""]) => name).toSorted();
}

test.inFull("ask() goes on from weights as from what it has pre-trained, and computes again only what follows from their file", async () => {
  await using t = await rigAfterTrial();
  const file = join(t.folder, "mine.safetensors");
  const pretrained = await trainedIn(t, /^train\/pretrain-photo-/);
  await Deno.writeFile(file, pretrained);
  const kept = join(t.folder, "questions/field.json");
  const question = JSON.parse(await Deno.readTextFile(kept));
  await Deno.writeTextFile(
    kept,
    JSON.stringify({ ...question, weights: ["../mine.safetensors"] }),
  );
  const own = [
    ...[11, 12].flatMap((seed) => [
      `evaluate/asked-weights-1-${seed}`,
      `train/asked-weights-1-${seed}`,
    ]),
    "attributeTrial",
    "findTrial",
    "loadWeights/asked-weights-1",
    "measureRobustness/asked-weights-1",
    "measureSplit/asked-weights-1",
    "placePoints/asked-weights-1",
  ].toSorted();
  // Intervals hold for all pre-trainings together, so one more makes them wider.
  const wider = ["COCO", "photo"].flatMap((name) =>
    ["measureRobustness", "measureSplit"].map((task) => `${task}/asked-${name}`)
  );
  const again = (...more: readonly string[]) =>
    ask(t, ["questions/field.json", ...more]);
  const second = await again();
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stderr, /^The head in mine\.safetensors was left out: /m);
  // The rig is a copy: its sets lie in another folder.
  assert.deepEqual(
    started(second.stderr),
    [...own, ...wider, "readSets"].toSorted(),
  );
  const tuned = (kind: string) =>
    trainedIn(t, new RegExp(`^train/asked-${kind}-11$`));
  assert.deepEqual(await tuned("weights-1"), await tuned("photo"));
  const folder = join(t.folder, "questions/field");
  const page = await Deno.readTextFile(join(folder, "index.md"));
  assert.match(page, /^\| mine\.safetensors \| 2 \|/m);
  assert.match(page, /^- \*\*weights\*\*: `mine\.safetensors`, `sha256:/m);
  const { trial } = JSON.parse(
    await Deno.readTextFile(join(folder, "answer.json")),
  ) as AskFindings;
  assert.ok(trial !== null && "groups" in trial);
  assert.deepEqual(
    trial.groups.map(({ name, isFile }) => [name, isFile]),
    [["photo", undefined], ["COCO", undefined], ["mine.safetensors", true]],
  );

  const halved = Object.entries(weights.decode(pretrained)).map((
    [name, { shape, data }],
  ) => [name, { shape, data: data.map((value) => value / 2) }]);
  await Deno.writeFile(file, weights.encode(Object.fromEntries(halved)));
  const third = await again();
  assert.equal(third.code, 0, third.stderr);
  assert.deepEqual(started(third.stderr), own);
  assert.notDeepEqual(await tuned("weights-1"), await tuned("photo"));

  const quick = await again("--quick");
  assert.equal(quick.code, 0, quick.stderr);
  assert.match(
    quick.stderr,
    /^No network is trained to classify, so that mine\.safetensors is not used\.$/m,
  );
});
