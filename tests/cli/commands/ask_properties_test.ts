import assert from "node:assert/strict";
import { join } from "node:path";
import { stream } from "../../../engine/define/random.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import { test } from "../../full.ts";
import { rig } from "../rig.ts";
import { writeImages } from "./small_trial.ts";

const FILMED_SETS = [["train", 120], ["field", 80]] as const;

/** Writes images with two cameras, listed in a manifest: one camera took most of a class in the reference set. */
async function writeFilmed(folder: string): Promise<void> {
  for (const [seed, [set, n]] of FILMED_SETS.entries()) {
    const random = stream(seed, "cameras");
    await writeImages(join(folder, set), { n, seed, brightness: 0 });
    const rows = ["dark", "light"].flatMap((label, k) =>
      Array.from({ length: n }, (_, i) => {
        const isOwn = set === "train" && random.uniform() < 0.9;
        const camera = "AB"[isOwn ? k : random.integer(2)];
        return `${label}/${i}.png,${label},${camera},one`;
      })
    );
    await Deno.writeTextFile(
      join(folder, set, "list.csv"),
      ["file_name,label,camera,site", ...rows, ""].join("\n"),
    );
  }
}

const FILMED = [
  ...["--reference", "train/list.csv", "--shifted", "field/list.csv"],
  ...["--side", "32", "--quick"],
];

test.inFull("ask() finds in a column of manifests that a property no longer goes with the label", async () => {
  await using t = await rig();
  await writeFilmed(t.folder);
  const ask = (...words: readonly string[]) =>
    t.run(["ask", ...FILMED, ...words, "--store", "store"], {
      pipelines: [],
      device: "wasm",
      asked: askedPipeline,
    });
  const { code, stdout, stderr } = await ask("--property", "camera", "--json");
  assert.equal(code, 0, stderr);
  const { biases, examples } = JSON.parse(stdout) as AskFindings;
  assert.equal(biases.length, 11);
  assert.deepEqual(
    biases.filter(({ counts }) => counts).map(({ property }) => property),
    ["camera"],
  );
  assert.equal(examples.groups.test, examples.test);

  const bad = await ask("--property", "site", "--name", "bad");
  assert.equal(bad.code, 2);
  assert.match(
    bad.stderr,
    /^Cannot use images: column "site" is no property: all its values are "one"; take it out of the properties$/m,
  );
});
