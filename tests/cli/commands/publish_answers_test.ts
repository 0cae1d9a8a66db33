import assert from "node:assert/strict";
import { join } from "node:path";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import { checkSite } from "../../../reports/site/check_site.ts";
import { site } from "../../../reports/site/site.ts";
import { on, type Rig, rigsAfter } from "../rig.ts";
import { reporting } from "../toy_report.ts";
import { TABLE, writeTable } from "./asked_table.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

const setting = { pipelines: [reporting()], site, asked: askedPipeline };
const publish = (t: Rig, ...words: readonly string[]) =>
  t.run(on("publish", "--to", "public", ...words), setting);

/** A run and an answer; packed images, of which no page tells, lie beside it. */
const afterAnswer = rigsAfter(async (t) => {
  await t.run(on("reproduce"), setting);
  await writeTable(t.folder, { moved: 8 });
  const { code, stderr } = await t.run(on("ask", ...TABLE), setting);
  assert.equal(code, 0, stderr);
  await Deno.mkdir(join(t.folder, "questions/predictions/sets"));
  await Deno.writeTextFile(
    join(t.folder, "questions/predictions/sets/test.safetensors"),
    "images",
  );
});

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = filesBelow(folder).map(async (path) =>
    [path, await Deno.readTextFile(join(folder, path))] as const
  );
  return new Map(await Promise.all(files));
}

test.inFull("publish() puts no answer on the site that is not named", async () => {
  await using t = await afterAnswer();
  const { code, stderr } = await publish(t);
  assert.deepEqual([code, stderr], [0, ""]);
  const files = await filesIn(join(t.folder, "public"));
  assert.deepEqual(
    [...files].filter(([path, text]) =>
      path.startsWith("answers/") || text.includes("help on predictions")
    ),
    [],
  );
});

test.inFull("publish() puts the answer that is named on the site, and nothing of where its data lie", async () => {
  await using t = await afterAnswer();
  const { code, stdout, stderr } = await publish(
    t,
    ...["--answer", "questions/predictions.json"],
  );
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^Published 1 pipeline and 1 answer at profile/);
  const files = await filesIn(join(t.folder, "public"));
  assert.deepEqual(
    [...files.keys()].filter((path) => /(^|\/)answers\//.test(path)).sort(),
    [
      "answer.json",
      "calibration.csv",
      "calibration.json",
      "calibration.svg",
      "index.html",
      "index.md",
    ].map((name) => `answers/predictions/${name}`),
  );
  const page = files.get("answers/predictions/index.md") ?? "";
  assert.match(page, /extrapolate/);
  // What the table calls its examples is for nobody else.
  assert.doesNotMatch(page, /`row \d/);
  assert.match(page, /`predictions\.csv`, `sha256:[0-9a-f]{64}`/);
  assert.match(page, /deno task ask questions\/predictions\.json/);
  assert.match(page, /^- \*\*[^*]*time[^*]*\*\*: \d/m);
  const front = files.get("index.html") ?? "";
  assert.match(front, /<h2 id="answers">/);
  assert.match(front, /href="\.\/answers\/predictions\/index\.html"/);
  for (const [path, text] of files) {
    assert.ok(!text.includes(t.folder), path);
  }
  checkSite(files);

  // Without the name it is gone again.
  assert.equal((await publish(t)).code, 0);
  const after = await filesIn(join(t.folder, "public"));
  assert.ok(!after.has("answers/predictions/index.html"));
});

test.inFull("publish() shows inputs outside the project by their names alone", async () => {
  await using t = await afterAnswer();
  const path = join(t.folder, "questions/predictions/page.json");
  const kept = JSON.parse(await Deno.readTextFile(path));
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      ...kept,
      inputs: [
        { name: "a", path: "/home/me/secret/a.csv", sha256: "0" },
        { name: "b", path: "C:\\Users\\me\\b.csv", sha256: "1" },
        { name: "c", path: "/home/me\nUsers/secret/c.csv", sha256: "2" },
      ],
      done: [{ text: "Left out: me.png.", inPublic: "1 file was left out." }],
    }),
  );
  const { code, stderr } = await publish(
    t,
    ...["--answer", "questions/predictions.json"],
  );
  assert.deepEqual([code, stderr], [0, ""]);
  const page = await Deno.readTextFile(
    join(t.folder, "public/answers/predictions/index.md"),
  );
  assert.match(page, /`a\.csv`/);
  assert.match(page, /`b\.csv`/);
  assert.match(page, /`c\.csv`/);
  assert.match(page, /1 file was left out/);
  assert.doesNotMatch(page, /home|Users|me\.png/);
});

Deno.test("publish() refuses an answer that is not there, is no longer that of its question, or was edited", async () => {
  await using t = await afterAnswer();
  const refused = async (file: string, ...more: readonly string[]) => {
    const { code, stderr } = await publish(t, "--answer", file, ...more);
    assert.equal(code, 2);
    return stderr;
  };
  const name = "questions/predictions.json";
  assert.match(
    await refused("questions/other.json"),
    /^Cannot publish the answer to questions\/other\.json: there is no such file; name the file of a question, questions\/NAME\.json/m,
  );
  assert.match(
    await refused("a.csv"),
    /answer to a\.csv: it is not the file of a question; name the file of a question, /,
  );
  assert.match(
    await refused(name, "--answer", name),
    /there are two questions "predictions"; rename one of the files/,
  );
  const file = join(t.folder, name);
  const question = await Deno.readTextFile(file);
  await Deno.writeTextFile(join(t.folder, "questions/new.json"), question);
  assert.match(
    await refused("questions/new.json"),
    /it was not asked yet; run "deno task ask questions\/new\.json"/,
  );
  await Deno.writeTextFile(file, `${question}\n`);
  assert.match(await refused(name), /it was edited since it was answered; run/);
  await Deno.writeTextFile(file, question);
  for (
    const [path, text] of [["page.json", "{}"], ["answer.json", "[]"]] as const
  ) {
    const place = join(t.folder, "questions/predictions", path);
    const before = await Deno.readTextFile(place);
    await Deno.writeTextFile(place, text);
    assert.match(await refused(name), /of another version, or was edited; run/);
    await Deno.writeTextFile(place, before);
  }
  const kept = join(t.folder, "questions/predictions/page.json");
  const page = await Deno.readTextFile(kept);
  await Deno.writeTextFile(
    kept,
    page.replace(/"name": "predictions"/, '"name": "../up"'),
  );
  assert.match(await refused(name), /"\.\.\/up" cannot be part of an address/);
  assert.rejects(Deno.stat(join(t.folder, "public")));
});
