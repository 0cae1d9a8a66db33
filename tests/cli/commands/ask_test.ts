import assert from "node:assert/strict";
import { join } from "node:path";
import { stream } from "../../../engine/define/random.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import {
  type AskFindings,
  askFindingsSchema,
} from "../../../stats/asked/ask_findings.ts";
import { type Rig, rig } from "../rig.ts";

const N = 120;

/** An array of 32-bit floats as NumPy writes it: two features of each example, the first moved. */
function npy(seed: number, moved: number): Uint8Array {
  const header =
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${N}, 2), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + 8 * N);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  const text = `${header.padEnd(length - 11)}\n`;
  bytes.set(new TextEncoder().encode(text), 10);
  const random = stream(seed, "features");
  const values = Float32Array.from(
    { length: 2 * N },
    (_, i) => random.normal() + (i % 2 === 0 ? moved : 0),
  );
  bytes.set(new Uint8Array(values.buffer), length);
  return bytes;
}

/** A table of two models on N examples of each set, and features of which those of the shifted set are moved. */
async function writeTable(
  folder: string,
  { moved }: { readonly moved: number },
): Promise<void> {
  const random = stream(5, "predictions");
  const rows = ["reference", "shifted"].flatMap((set) =>
    Array.from({ length: N }, (_, i) => {
      const label = i % 2;
      const guess = () => random.integer(10) < 8 ? label : 1 - label;
      return `${set},${label},${guess()},${guess()}`;
    })
  );
  await Deno.writeTextFile(
    join(folder, "predictions.csv"),
    ["set,label,first,second", ...rows, ""].join("\n"),
  );
  await Deno.writeFile(join(folder, "reference.npy"), npy(1, 0));
  await Deno.writeFile(join(folder, "shifted.npy"), npy(2, moved));
}

const TABLE = [
  ...["--table", "predictions.csv"],
  ...["--features", "reference.npy", "shifted.npy"],
];

function ask(t: Rig, words: readonly string[]) {
  return t.run(["ask", ...words, "--store", "store"], {
    pipelines: [],
    asked: askedPipeline,
  });
}

Deno.test("ask() answers, keeps the question and writes a page; asked again, nothing runs", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  const { code, stdout, stderr } = await ask(t, TABLE);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Extrapolation: /m);
  assert.match(stdout, /Page: questions\/predictions\/index\.html/);
  const folder = join(t.folder, "questions/predictions");
  const page = await Deno.readTextFile(join(folder, "index.md"));
  assert.match(page, /Will pre-training help on predictions\?/);
  assert.match(page, /The mean of 2 models/);

  const again = await ask(t, ["questions/predictions.json", "--json"]);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /is up to date: 10 stages cached/);
  const findings = JSON.parse(again.stdout) as AskFindings;
  assert.equal(askFindingsSchema.safeParse(findings).success, true);
  assert.equal(findings.answer, "extrapolation");
  assert(findings.outOfSupport !== null && findings.outOfSupport.low > 0.9);
  assert.deepEqual(
    JSON.parse(await Deno.readTextFile(join(folder, "answer.json"))),
    findings,
  );
});

Deno.test("ask() says in a line what it cannot read, and writes no page", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0 });
  await Deno.remove(join(t.folder, "shifted.npy"));
  const gone = await ask(t, TABLE);
  assert.equal(gone.code, 2);
  assert.equal(
    gone.stderr,
    "Cannot read features, shifted: shifted.npy is not there\n",
  );
  await Deno.writeFile(join(t.folder, "shifted.npy"), npy(2, 0).slice(0, 600));
  const cut = await ask(t, TABLE);
  assert.equal(cut.code, 1);
  assert.match(cut.stderr, /Cannot read features shifted\.npy: /);
  await assert.rejects(
    Deno.stat(join(t.folder, "questions/predictions")),
    Deno.errors.NotFound,
  );
});

Deno.test("ask() lists everything that is wrong with images at once", async () => {
  await using t = await rig();
  await Deno.mkdir(join(t.folder, "train/cat"), { recursive: true });
  await Deno.writeTextFile(join(t.folder, "train/cat/a.png"), "no image");
  const { code, stderr } = await ask(t, [
    ...["--reference", "train", "--shifted", "field"],
  ]);
  assert.equal(code, 2);
  assert.match(stderr, /Cannot read images: .*field is not there/);
  await assert.rejects(
    Deno.stat(join(t.folder, "questions")),
    Deno.errors.NotFound,
  );
});
