import assert from "node:assert/strict";
import { join } from "node:path";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import { test } from "../../full.ts";
import { type Rig, rig } from "../rig.ts";
import { npy, TABLE, writeTable } from "./asked_table.ts";
import { writeImages } from "./small_trial.ts";

function ask(t: Rig, words: readonly string[]) {
  return t.run(["ask", ...words, "--store", "store"], {
    pipelines: [],
    device: "wasm",
    asked: askedPipeline,
  });
}

/** Changes the lines of the table. */
async function rewrite(
  { folder }: Rig,
  change: (lines: readonly string[]) => readonly string[],
): Promise<void> {
  const file = join(folder, "predictions.csv");
  const lines = (await Deno.readTextFile(file)).split("\n");
  await Deno.writeTextFile(file, change(lines).join("\n"));
}

async function hasQuestions({ folder }: Rig): Promise<boolean> {
  const all = await Array.fromAsync(Deno.readDir(folder));
  return all.some(({ name }) => name === "questions");
}

Deno.test("ask() lists everything that is wrong with images at once", async () => {
  await using t = await rig();
  await writeImages(join(t.folder, "train"), { n: 2, seed: 1, brightness: 0 });
  const file = (name: string) => join(t.folder, name);
  await Deno.writeTextFile(file("train/dark/bad.png"), "no image");
  await Deno.copyFile(file("train/dark/0.png"), file("train/dark/copy.png"));
  // A set with sets in it, an image beside them, and one of the other set.
  for (const folder of ["new/val/dark", "new/train/dark"]) {
    await Deno.mkdir(file(folder), { recursive: true });
  }
  await Deno.copyFile(file("train/dark/1.png"), file("new/val/dark/a.png"));
  await Deno.writeTextFile(file("new/train/dark/b.png"), "no image either");
  await Deno.copyFile(file("train/light/0.png"), file("new/loose.png"));
  const { code, stderr } = await ask(t, [
    ...["--reference", "train", "--shifted", "new"],
    "--quick",
  ]);
  assert.equal(code, 2);
  const wayOut = (n: number) =>
    `repair or remove them, or leave them out with --allow-unreadable ${n}, or however many there are with --allow-unreadable all ("allowUnreadable" in the file of a question)`;
  const nonImage =
    "is not a PNG, JPEG, GIF or WebP file; convert it to one of these";
  assert.deepEqual(
    stderr.replaceAll(`${t.folder}/`, "").split("\n")
      .filter((line) => !/^(?:reference|shifted): /.test(line)),
    [
      "Cannot read images: in new, loose.png lies beside the folders of classes; move each into one",
      'Cannot read images: new has "train" and "val", which look like sets with folders of classes; name one, as new/train',
      `Cannot use reference: 1 of 6 files cannot be read; ${wayOut(1)}`,
      `Cannot read image: dark/bad.png ${nonImage}`,
      `Cannot use shifted: 1 of 3 files cannot be read; ${wayOut(1)}`,
      `Cannot read image: train/dark/b.png ${nonImage}`,
      "Besides, 3 files would be left out, since others have the same image:",
      "Copy in reference: dark/copy.png is a copy of dark/0.png",
      "In two sets: loose.png of shifted is light/0.png of reference",
      "In two sets: val/dark/a.png of shifted is dark/1.png of reference",
      "",
    ],
  );
  assert.ok(!await hasQuestions(t));
});

Deno.test("ask() names all paths that are not there, before it reads any set", async () => {
  await using t = await rig();
  await writeImages(join(t.folder, "train"), { n: 2, seed: 1, brightness: 0 });
  const { code, stdout, stderr } = await ask(t, [
    ...["--reference", "train", "--test", "vall", "--shifted", "feild"],
    ...["--weights", "mine.safetensors"],
  ]);
  assert.deepEqual([code, stdout, stderr.split("\n")], [2, "", [
    "Cannot read test images: vall is not there",
    "Cannot read shifted images: feild is not there",
    "Cannot use weights mine.safetensors: the file is not there",
    "",
  ]]);
  assert.equal(await hasQuestions(t), false);
});

Deno.test("ask() says in one line which rows of a table and its features do not match, and keeps nothing", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  await rewrite(t, (lines) => lines.toSpliced(3, 1));
  const { code, stdout, stderr } = await ask(t, TABLE);
  assert.deepEqual([code, stdout, stderr], [
    2,
    "",
    "Cannot use features reference.npy: it has 120 rows, and the table has 119 examples of reference\n",
  ]);
  assert.equal(await hasQuestions(t), false);
});

test.inFull("ask() takes other files for a question that it did not keep, and keeps that", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 8 });
  const whole = await Deno.readTextFile(join(t.folder, "predictions.csv"));
  await rewrite(t, (lines) => lines.toSpliced(3, 1));
  assert.equal((await ask(t, TABLE)).code, 2);
  await Deno.mkdir(join(t.folder, "mended"));
  await Deno.writeTextFile(join(t.folder, "mended/predictions.csv"), whole);
  const words = ["--table", "mended/predictions.csv", ...TABLE.slice(2)];
  const mended = await ask(t, words);
  assert.equal(mended.code, 0, mended.stderr);
  assert.equal(await hasQuestions(t), true);
});

Deno.test("ask() says of each file of features which number is none, of all files at once", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0 });
  const features = npy(2, 0);
  const view = new DataView(features.buffer);
  for (const back of [400, 40]) {
    view.setFloat32(features.length - back, NaN, true);
    await Deno.writeFile(
      join(t.folder, back === 400 ? "reference.npy" : "shifted.npy"),
      features,
    );
  }
  const { code, stderr } = await ask(t, TABLE);
  const wayOut =
    "leave out such rows here and in the predictions, or such columns";
  assert.deepEqual([code, stderr], [
    2,
    `Cannot read features reference.npy: row 71 has NaN in column 1; ${wayOut}\n` +
    `Cannot read features shifted.npy: row 71 has NaN in column 1, and another number is not finite; ${wayOut}\n`,
  ]);
  assert.equal(await hasQuestions(t), false);
});

Deno.test("ask() refuses two kinds of features that are the same files", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 4 });
  await Deno.copyFile(
    join(t.folder, "shifted.npy"),
    join(t.folder, "copy.npy"),
  );
  await Deno.mkdir(join(t.folder, "questions"));
  const files = (shifted: string) => ({
    reference: "../reference.npy",
    shifted,
  });
  await Deno.writeTextFile(
    join(t.folder, "questions/two.json"),
    JSON.stringify({
      kind: "table",
      predictions: "../predictions.csv",
      features: { clip: files("../shifted.npy"), dino: files("../copy.npy") },
    }),
  );
  const { code, stderr } = await ask(t, ["questions/two.json"]);
  const line = (file: string, first: string) =>
    `Cannot use features "dino": ${file} has the same bytes as ${first} of "clip"; give other features, or leave one kind out\n`;
  assert.deepEqual([code, stderr], [
    2,
    line("reference.npy", "reference.npy") + line("copy.npy", "shifted.npy"),
  ]);
});

Deno.test("ask() has one line for each kind of thing that is wrong with a table, however many rows have it", async () => {
  await using t = await rig();
  await writeTable(t.folder, { moved: 0 });
  await rewrite(t, (lines) => [
    "set,label,0,1",
    ...lines.slice(1, -1).map((line, i) => {
      const [set = "", label = ""] = line.split(",");
      const [p, q] = i % 50 === 7
        ? ["much", "0"]
        : [i < 200 ? "0.2" : "1", "0"];
      return `${i % 60 === 3 ? "train" : set},${label},${p},${q}`;
    }),
    "",
  ]);
  const { code, stderr } = await ask(t, TABLE.slice(0, 2));
  assert.equal(code, 2);
  assert.deepEqual(stderr.split("\n"), [
    "Cannot use predictions: probabilities of the example on line 2 of predictions.csv sum to 0.200, and must sum to 1 (the first of 192 like it)",
    'Cannot use predictions: line 5 of predictions.csv is of set "train", which is neither "reference" nor "shifted" (the first of 4 like it)',
    'Cannot use predictions: line 9 of predictions.csv has "much" in column "0", where a probability must be (the first of 5 like it)',
    "",
  ]);
  assert.equal(await hasQuestions(t), false);
});

Deno.test("ask() says in a line each which column a manifest lacks, and that a folder has none", async () => {
  await using t = await rig();
  await Deno.mkdir(join(t.folder, "field/cat"), { recursive: true });
  await Deno.writeTextFile(join(t.folder, "field/cat/a.png"), "");
  await Deno.writeTextFile(
    join(t.folder, "train.csv"),
    "file_name,label\na.png,cat\n",
  );
  const { code, stdout, stderr } = await ask(t, [
    ...["--reference", "train.csv", "--shifted", "field"],
    ...["--property", "camera", "--quick"],
  ]);
  assert.deepEqual([code, stdout], [2, ""]);
  const [progress, ...lines] = stderr.replaceAll(`${t.folder}/`, "")
    .split("\n");
  assert.equal(progress, "shifted: 1 of 1 file read");
  assert.deepEqual(lines, [
    'Cannot read images of train.csv: there is no column "camera", only "file_name", "label"; rename what it holds, or name it in "columns" of the question\'s file',
    'Cannot read images: field is no manifest, and has no column "camera"; list the images of all sets in manifests with it, or take it out of the properties',
    "Cannot use shifted: 1 of 1 files cannot be read; repair them",
    "Cannot read image: cat/a.png is empty",
    "",
  ]);
  assert.equal(await hasQuestions(t), false);
});

const UNREADABLE = [
  ...["--reference", "train", "--test", "test", "--shifted", "field"],
  ...["--side", "32", "--quick"],
];

/** Writes sets of which one has twelve files that are no images, and two copies. */
async function writeUnreadable(t: Rig): Promise<void> {
  await writeImages(join(t.folder, "train"), { n: 12, seed: 1, brightness: 0 });
  await writeImages(join(t.folder, "test"), { n: 30, seed: 3, brightness: 0 });
  await writeImages(join(t.folder, "field"), {
    n: 30,
    seed: 2,
    brightness: 60,
  });
  const dark = join(t.folder, "field/dark");
  for (let i = 0; i < 12; i++) {
    await Deno.writeTextFile(join(dark, `bad-${i}.png`), "no image");
  }
  for (const copy of ["copy-1.png", "copy-2.png"]) {
    await Deno.copyFile(join(dark, "0.png"), join(dark, copy));
  }
}

Deno.test("ask() names unreadable images of several sets at once", async () => {
  await using t = await rig();
  await writeUnreadable(t);
  await Deno.writeTextFile(join(t.folder, "train/dark/bad.png"), "no image");
  const { code, stderr } = await ask(t, UNREADABLE);
  assert.equal(code, 2);
  assert.match(stderr, /^Cannot use reference: 1 of 25 files cannot be read/m);
  assert.match(stderr, /^Cannot use shifted: 12 of 74 files cannot be read/m);
});

Deno.test("ask() says what to do about unreadable images before it names some", async () => {
  await using t = await rig();
  await writeUnreadable(t);
  const { code, stderr } = await ask(t, UNREADABLE);
  const problems = stderr.split("\n")
    .filter((line) => !/^(?:reference|test|shifted): /.test(line));
  assert.equal(code, 2);
  assert.match(
    problems[0] ?? "",
    /^Cannot use shifted: 12 of 74 files cannot be read; .* --allow-unreadable 12, or however many there are with --allow-unreadable all /,
  );
  assert.match(
    problems[1] ?? "",
    /^Cannot read image: dark\/bad-0\.png is not a /,
  );
  assert.deepEqual(problems.slice(10), [
    "… and 3 more like these",
    "Besides, 2 files would be left out, since others have the same image:",
    "Copy in shifted: dark/copy-1.png is a copy of dark/0.png",
    "Copy in shifted: dark/copy-2.png is a copy of dark/0.png",
    "All 16 lines: questions/field-problems.txt",
    "",
  ]);
  const file = join(t.folder, "questions/field-problems.txt");
  const lines = (await Deno.readTextFile(file)).split("\n");
  assert.deepEqual([lines.length, lines[0]], [17, problems[0]]);
  for (let i = 0; i < 12; i++) {
    assert.ok(lines.some((line) => line.includes(`dark/bad-${i}.png is`)));
  }
  await assert.rejects(
    Deno.stat(join(t.folder, "questions/field.json")),
    Deno.errors.NotFound,
  );
});

test.inFull("ask() counts unreadable images apart from copies, and names all of them on the page", async () => {
  await using t = await rig();
  await writeUnreadable(t);
  assert.equal((await ask(t, UNREADABLE)).code, 2);
  const allowed = await ask(t, [...UNREADABLE, "--allow-unreadable", "all"]);
  assert.equal(allowed.code, 0, allowed.stderr);
  const left = await Array.fromAsync(Deno.readDir(join(t.folder, "questions")));
  assert.deepEqual(left.map(({ name }) => name).sort(), [
    "field",
    "field.json",
  ]);
  assert.match(
    allowed.stderr,
    /^12 files of the shifted images cannot be read and were left out: .*bad-2\.png .* and 7 more\.$/m,
  );
  assert.match(
    allowed.stderr,
    /^2 files of the shifted images are copies of others and were left out: /m,
  );
  const page = await Deno.readTextFile(
    join(t.folder, "questions/field/index.md"),
  );
  for (let i = 0; i < 12; i++) assert.ok(page.includes(`bad-${i}.png`), page);
});

Deno.test("ask() says how to ask about the classes that all sets have before it names others", async () => {
  await using t = await rig();
  for (const [seed, set] of ["train", "field"].entries()) {
    await writeImages(join(t.folder, set), { n: 20, seed, brightness: 0 });
    for (let i = 0; i < 12; i++) {
      const folder = join(t.folder, set, `${set}-${i}`);
      await Deno.mkdir(folder);
      const name = `${8 + i}.png`;
      await Deno.rename(
        join(t.folder, set, "dark", name),
        join(folder, name),
      );
    }
  }
  const { code, stderr } = await ask(t, [
    ...["--reference", "train", "--shifted", "field", "--side", "32"],
    "--quick",
  ]);
  const lines = stderr.split("\n").filter((line) => /^(Cannot|…)/.test(line));
  assert.equal(code, 2);
  assert.equal(
    lines[0],
    'Cannot compare the sets: 24 classes are not in all of them; ask about the 14 of the reference set, of which some vanished, with --classes reference, or about the 2 that all have, which tells nothing of the others, with --classes common ("classes" in the file of a question), or name the others alike',
  );
  assert.equal(lines.at(-1), "… and 15 more like these");
});

test.inFull("ask() counts a class that vanished among the frequencies, if it is told to ask about those of the reference set", async () => {
  await using t = await rig();
  for (const [seed, set] of ["train", "field"].entries()) {
    await writeImages(join(t.folder, set), { n: 260, seed, brightness: 0 });
  }
  await Deno.remove(join(t.folder, "field", "dark"), { recursive: true });
  const { code, stderr, stdout } = await ask(t, [
    ...["--reference", "train", "--shifted", "field", "--side", "32"],
    ...["--quick", "--classes", "reference", "--json"],
  ]);
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^Classes of which no shifted image is: dark; that they vanished is part of the shift that is asked about\.$/m,
  );
  assert.equal(JSON.parse(stdout).answer, "bias", stdout);
});

test.inFull("ask() says of classes that not all sets have that they are left out, and that the answer tells nothing of that", async () => {
  await using t = await rig();
  for (const [seed, set] of ["train", "field"].entries()) {
    await writeImages(join(t.folder, set), { n: 60, seed, brightness: 0 });
  }
  const dusk = join(t.folder, "field", "dusk");
  await Deno.mkdir(dusk);
  await Deno.rename(
    join(t.folder, "field", "dark", "8.png"),
    join(dusk, "8.png"),
  );
  const { code, stderr } = await ask(t, [
    ...["--reference", "train", "--shifted", "field", "--side", "32"],
    ...["--quick", "--classes", "common"],
  ]);
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^Classes missing from at least one set were left out: dusk; that they vanished or are new is a shift of which the answer tells nothing\.$/m,
  );
});
