/** What the command lets stand, an edit a case: long, since all are made to one small chain of stages and told by one text. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TriedKind } from "../../../engine/keys/accepted_edits.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { digestOfKey } from "../../../engine/keys/key.ts";
import { openStore } from "../../../engine/store/store.ts";
import { objectPath, recordPath } from "../../../engine/store/store_layout.ts";
import { CHAIN } from "../../engine/chain.ts";
import { newRig, type Rig } from "../../engine/rig.ts";
import { type Outcome, rig } from "../rig.ts";
import { test } from "../../full.ts";

const FILE = "accepted_edits.json";

/** Three trainings, by two models, of what one stage loads, each evaluated. */
const MODULES = {
  ...CHAIN,
  "train.ts": `${CHAIN["train.ts"]}
import { define } from "@engine/define/definition.ts";
export const small = define(import.meta.url, "small", { size: 1 });
export const large = define(import.meta.url, "large", { size: 2 });
`.replace("epochs }: {", "epochs }: { model: { size: number };"),
  "pipeline.ts": CHAIN["pipeline.ts"]
    .replace("import { train }", "import { large, small, train }")
    .replace(
      "return evaluate({ run: train({ images, epochs }) });",
      `
    const [question, ...scaledDown] = [small, small, large].map((model, i) =>
      evaluate({
        run: train({ images, epochs: epochs + i, model }, String(i)),
      }, String(i))
    );
    const title = "A chain";
    const [claims, figures, datasets] = [[], [], []];
    return { id: "chain", title, question, scaledDown, claims, figures, datasets };`,
    ),
};

/** Runs a command on the modules of a rig as they are now; what it writes beside them stays for the next. It tells what the site says of the run. */
async function run(
  modules: Rig,
  command: string,
  ...words: readonly string[]
): Promise<Outcome & { readonly told: string }> {
  await modules.open(); // writes them, each time in another folder
  const folders = await Array.fromAsync(
    Deno.readDir(modules.path(".")),
    ({ name }) => Number(name) || 0,
  );
  const last = Math.max(...folders);
  const root = modules.path(`${last}`);
  const { href } = pathToFileURL(join(root, "pipeline.ts"));
  const { pipeline } = await import(href);
  await using t = await rig();
  const site = command === "reproduce" ? ["--site", "site"] : [];
  const outcome = await t.run(
    [
      command,
      ...words,
      "--profile",
      "smoke",
      "--store",
      modules.store,
      ...site,
    ],
    { root, pipelines: [pipeline] },
  );
  const file = await Deno.readTextFile(join(root, FILE)).catch(() => undefined);
  if (file !== undefined) modules.files[FILE] = file;
  const told = await Deno.readTextFile(join(t.folder, "site/run.json"))
    .catch(() => "");
  return { ...outcome, told };
}

/** A rig that was run by the command line, of as many trainings by a third model as are asked for. */
async function afterRun({ more = 0 } = {}): Promise<Rig> {
  const modules = await newRig({
    ...MODULES,
    "pipeline.ts": MODULES["pipeline.ts"].replace(
      "[small, small, large]",
      `[small, small, large, ...Array(${more}).fill(small)]`,
    ),
  });
  const { code, stderr } = await run(modules, "reproduce");
  assert.equal(code, 0, stderr);
  return modules;
}

/** Names of the stages that a plan has run, in its order. */
async function planned(modules: Rig): Promise<readonly string[]> {
  const { stdout } = await run(modules, "plan");
  return [...stdout.matchAll(/^ {2}(?:may )?run +[\d.]+ s {2}(\S+)/gm)]
    .map(([, name = ""]) => name);
}

const edits = {
  same(modules: Rig) {
    modules.files["same.ts"] = "export const same = (n: number) => n;\n";
    modules.edit("helper.ts", ["return size;", "return same(size);"]);
    modules.edit("helper.ts", [
      "export function",
      'import { same } from "./same.ts";\nexport function',
    ]);
    modules.edit("train.ts", ["{ epochs, seen", "{ epochs: epochs + 0, seen"]);
  },
  other(modules: Rig) {
    modules.edit("evaluate.ts", ["accuracy of", "error of"]);
    modules.edit("train.ts", ["{ epochs, seen", "{ epochs: epochs + 0, seen"]);
  },
};

Deno.test("reproduce() says what accept would do where many stages run only since code was edited, and not where few do", async () => {
  // Some may have ended before they are counted.
  for (const [more, isSaid] of [[26, true], [15, false]] as const) {
    await using modules = await afterRun({ more });
    edits.same(modules);
    const { code, stdout } = await run(modules, "reproduce");
    assert.equal(code, 0);
    const [, stages] = stdout.match(
      /^(\d+) stages run only since code was edited; if that was to change no result, stop this \(Ctrl-C\): deno task accept runs a few of them, and lets what the others made stand$/m,
    ) ?? [];
    assert.equal(Number(stages) >= 20, isSaid, stdout);
  }
});

Deno.test("accept() lets results stand where a sample of the stages gives the same bytes", async () => {
  await using modules = await afterRun();
  edits.same(modules);
  const plan = await run(modules, "plan");
  assert.match(
    plan.stdout,
    /^4 stages would run only since code was edited; if that was to change no result, deno task accept runs a few of them, and lets what the others made stand$/m,
  );
  // One after the other, so that they end in this order.
  const { code, stdout } = await run(modules, "accept", "--jobs", "1");
  assert.equal(code, 0);
  assert.match(
    stdout,
    // Of the three trainings two have the same model.
    /^Running 1 of 1 edited stage again \([\d.]+ s when they ran\)\nsame {6}load of chain {2}.*\nRunning 2 of 3 edited stages again \([\d.]+ s when they ran\)\nsame {6}train\/[01] of chain {2}.*\nsame {6}train\/2 of chain {2}.*\nAccepted: what 4 stages made stands for the code as it is, since 3 of them, run again, gave the same bytes; accepted_edits\.json says so: commit it with the edit\n$/,
  );
  assert.deepEqual(await planned(modules), []);
  const { edits: [first, second] } = JSON.parse(modules.files[FILE] ?? "");
  assert.deepEqual(Object.keys(first.code), ["helper.ts", "same.ts"]);
  assert.deepEqual(first.tried, [
    { task: "load.ts#load", definitions: [], stages: ["load"] },
  ]);
  assert.deepEqual(Object.keys(second.code), ["train.ts"]);
  assert.deepEqual(
    second.tried.map(({ definitions }: TriedKind) => definitions),
    [["train.ts#small"], ["train.ts#large"]],
  );

  const explained = await run(modules, "explain", "train/1");
  assert.match(
    explained.stdout,
    /^train\/1 of chain .* as it was when it ran \(.*\), but for edits of code that change no result, as accepted_edits\.json says$/m,
  );
  assert.match(
    explained.stdout,
    /train\.ts +[0-9a-f]{12} {2}\(was [0-9a-f]{12}\)/,
  );
});

Deno.test("accept() leaves what gives other bytes to the next run, and says what differs", async () => {
  await using modules = await afterRun();
  edits.other(modules);
  const { code, stdout } = await run(modules, "accept", "--seed", "3");
  assert.equal(code, 1);
  assert.match(
    stdout,
    /\ndiffers {3}evaluate\/\d of chain {2}the edited code gives something else than what is there\n {12}value "accuracy of 1\d epochs on 3 images" → "error of 1\d epochs on 3 images"\n/,
  );
  assert.match(
    stdout,
    /\nAccepted: what 3 stages made stands .*; 3 edited stages would still run, with all that depends on them \(deno task plan says which\): their edits change a result, or may\n$/,
  );
  assert.deepEqual(await planned(modules), [
    "evaluate/0",
    "evaluate/1",
    "evaluate/2",
  ]);
});

test.inFull("plan() does not count among edited stages those that wait for others", async () => {
  await using modules = await afterRun();
  modules.edit("pipeline.ts", ["epochs: 12", "epochs: 20"]);
  modules.edit("evaluate.ts", ["accuracy of", "error of"]);
  const { stdout } = await run(modules, "plan");
  assert.match(stdout, /evaluate\.ts changed/);
  assert.doesNotMatch(stdout, /only since code was edited/);
});

Deno.test("accept() lets nothing stand of a task that gives other bytes by a model whose stages are settled last", async () => {
  await using modules = await newRig({
    ...MODULES,
    "shift.ts": MODULES["load.ts"].replaceAll("load", "shift")
      .replace("{ size }: { size: number }", "{ images }: { images: number[] }")
      .replace("sizeOf(size)", "images.length + 1"),
    "pipeline.ts": MODULES["pipeline.ts"]
      .replace(
        "run: train({ images,",
        'run: train({ images: model === large ? shift({ images: shift({ images }, "0") }, "1") : images,',
      )
      .replace(
        "import { large",
        'import { shift } from "./shift.ts";\nimport { large',
      ),
  });
  assert.equal((await run(modules, "reproduce")).code, 0);
  modules.edit("shift.ts", ["=> i)", "=> 0 + i)"]);
  modules.edit("train.ts", [
    "seen: images.length",
    "seen: images.length + model.size - 1",
  ]);
  modules.edit("train.ts", [
    "({ images, epochs }",
    "({ images, epochs, model }",
  ]);
  const { code, stdout } = await run(modules, "accept");
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^Running 2 of 3 edited stages again \([\d.]+ s when they ran\)\n(?:same .*\n){2}Running 1 of 1 edited stage again \([\d.]+ s when they ran\)\ndiffers {3}train\/2 of chain .*\n.*\nAccepted: what 2 stages made stands for the code as it is, since 1 of them, run again, .*; 3 edited stages would still run, with all that depends on them \(deno task plan says which\): their edits change a result, or may\n$/,
  );
  assert.deepEqual(
    (await planned(modules)).filter((name) => name.startsWith("train")),
    ["train/0", "train/1", "train/2"],
  );
});

Deno.test("accept() lets nothing stand of an edit by which a stage of another task gives other bytes, unlike one that fails", async () => {
  const shared = (file: "train.ts" | "evaluate.ts", from: string, to: string) =>
    MODULES[file].replace(
      "import { count }",
      'import { accuracy, all } from "./shared.ts";\nimport { count }',
    ).replace(from, to);
  for (
    const [after, word, end] of [
      ["2", "differs", /Nothing is accepted/],
      [
        "{ toString() { throw new Error('no network') } }",
        "failed",
        /Accepted: what 3 stages made stands .*/,
      ],
    ] as const
  ) {
    await using modules = await newRig({
      ...MODULES,
      "shared.ts":
        "export const all = (n: number) => n;\nexport const accuracy = 1;\n",
      "train.ts": shared("train.ts", "images.length", "all(images.length)"),
      "evaluate.ts": shared("evaluate.ts", "accuracy of", "${accuracy} of"),
    });
    assert.equal((await run(modules, "reproduce")).code, 0);
    modules.edit("shared.ts", ["accuracy = 1", `accuracy = ${after}`]);
    const { code, stdout } = await run(modules, "accept");
    assert.equal(code, 1);
    assert.match(
      stdout,
      new RegExp(
        `\\nsame {6}train/2 of chain .*\\n(?:.*\\n)*${word} +evaluate/\\d of chain .*\\n(?:.*\\n)*${end.source}; 3 edited stages would still run, with all that depends on them \\(deno task plan says which\\): their edits change a result, or may\\n$`,
      ),
    );
    // Where nothing is accepted there is no file that says so.
    const text = modules.files[FILE];
    assert.equal(
      text && JSON.parse(text).edits.length,
      word === "failed" ? 1 : undefined,
    );
  }
});

Deno.test("what an accepted edit let stand is planned as it will run, also where an artifact or a record is lost", async () => {
  await using modules = await afterRun();
  edits.same(modules);
  modules.edit("evaluate.ts", ["run.seen", 'run["seen"]']);
  assert.equal((await run(modules, "accept")).code, 0);
  const store = await openStore(modules.store);
  const recordNow = (stage: string) => {
    const record = store.record(store.lastKeys("chain.smoke")[stage] ?? "");
    assert(record !== undefined);
    return record;
  };
  const digest = recordNow("train/1").outputs["value"]?.digest ?? "";
  await Deno.remove(join(modules.store, objectPath(digest)));
  assert.match(
    (await run(modules, "plan")).stdout,
    /^chain at profile smoke: 1 of 7 stages would run, 1 more may, 5 cached\n {2}run .* train\/1 +its value is missing from the store\n {2}may run .* evaluate\/1 +input run may change, because train\/1 runs\n(?!.*only since code was edited)/s,
  );
  assert.match((await run(modules, "reproduce")).stdout, /1 ran, 6 cached/);

  // What was made by the edited code is lost in turn: what stood before does again.
  const { key } = recordNow("train/1");
  await Deno.truncate(join(modules.store, recordPath(digestOfKey(key))), 9);
  assert.deepEqual(await planned(modules), []);
});

Deno.test("plan() names accept where it would find stages, and nowhere else", async () => {
  await using modules = await afterRun();
  const hint = async () =>
    (await run(modules, "plan")).stdout
      .match(/^(\d+ stages?) would run only since code was edited/m)?.[1];
  modules.edit("evaluate.ts", ["run.seen", 'run["seen"]']);
  assert.equal(await hint(), "3 stages");
  // What they are made of will be something else.
  modules.edit("pipeline.ts", ["epochs: 12", "epochs: 20"]);
  assert.equal(await hint(), undefined);
  modules.edit("pipeline.ts", ["epochs: 20", "epochs: 12"]);
  const store = await openStore(modules.store);
  const last = store.lastKeys("chain.smoke")["evaluate/1"] ?? "";
  for (const { digest } of Object.values(store.record(last)?.outputs ?? {})) {
    await Deno.remove(join(modules.store, objectPath(digest)));
  }
  assert.equal(await hint(), "2 stages");
});

Deno.test("accept() says so where its file cannot be written", async () => {
  await using modules = await afterRun();
  edits.same(modules);
  modules.files[`${FILE}.shiftline-part/in_the_way.txt`] = "";
  const { code, stdout, stderr } = await run(modules, "accept");
  // Before any stage is run for it.
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(
    stderr,
    /^Cannot write accepted_edits\.json: .*: something else is there; move it away; once it can be, run the same command again$/m,
  );
});

Deno.test("accept() has nothing to do where nothing was edited, or more than code", async () => {
  await using modules = await afterRun();
  const nothing =
    "Nothing to accept: no stage would run only since code was edited (deno task plan says which would, and why)\n";
  assert.equal((await run(modules, "accept")).stdout, nothing);
  modules.edit("pipeline.ts", ["epochs: 12", "epochs: 20"]);
  const { code, stdout } = await run(modules, "accept");
  assert.deepEqual([code, stdout], [0, nothing]);
  assert.equal(modules.files[FILE], undefined);
});

test.inFull("accept() leads over edits one after the other, and back", async () => {
  await using modules = await afterRun();
  edits.same(modules);
  assert.equal((await run(modules, "accept")).code, 0);
  const ran = async () =>
    (await run(modules, "reproduce")).stdout
      .match(/(\d+ ran|up to date)/)?.[0];
  assert.equal(await ran(), "up to date");
  modules.edit("train.ts", ["epochs + 0", "0 + epochs"]);
  assert.equal((await planned(modules)).length > 0, true);
  assert.equal((await run(modules, "accept", "--sample", "9")).code, 0);
  assert.equal(await ran(), "up to date");
  modules.edit("train.ts", ["epochs: 0 + epochs", "epochs: epochs + 0"]);
  assert.equal(await ran(), "up to date");
  // Without what says so the results are those of other code.
  delete modules.files[FILE];
  assert.equal((await planned(modules)).length, 7);
});

test.inFull("what an accepted edit let stand is verified by the code as it is", async () => {
  await using modules = await afterRun();
  edits.same(modules);
  assert.equal((await run(modules, "accept")).code, 0);
  const { code, stdout } = await run(modules, "verify");
  assert.equal(code, 0);
  assert.match(stdout, /\n7 stages: 7 the same bytes\n$/);
});

test.inFull("what an accepted edit let stand though it is not so is found by verify, which says what to do", async () => {
  await using modules = await afterRun();
  modules.edit("train.ts", [
    "seen: images.length",
    "seen: images.length + (epochs === 12 ? 1 : 0)",
  ]);
  // Of two, seed 1 draws the second.
  assert.equal((await run(modules, "accept", "--seed", "1")).code, 0);
  const { code, stdout } = await run(modules, "verify");
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^stale {5}train\/0 of chain {2}the code as it is gives something else than what accepted_edits\.json lets stand; take that edit out of it, and deno task reproduce chain --profile smoke --store \S+ runs all that it let stand\n {12}seen 3 → 4$/m,
  );
  delete modules.files[FILE];
  assert.match(
    (await run(modules, "reproduce")).stdout,
    /chain at profile smoke: 4 ran, 3 cached/,
  );
});

test.inFull("a run in which an accepted edit let everything stand remembers what was made when", async () => {
  await using modules = await afterRun();
  edits.same(modules);
  assert.equal((await run(modules, "accept")).code, 0);
  const { told } = await run(modules, "reproduce");
  // The loading and the three trainings.
  assert.deepEqual(JSON.parse(told).accepted, { chain: 4 });
  const runs = runHistory(modules.store).list();
  const keys = runs.map(({ pipelines }) =>
    Object.values(pipelines["chain"]?.stages ?? {}).map(({ key }) => key)
  );
  assert.equal(keys.length, 2);
  assert.deepEqual(keys[1], keys[0]);
});

test.inFull("a command says of a file of accepted edits that is none what to do", async () => {
  await using modules = await afterRun();
  modules.files[FILE] = "{}";
  const { code, stderr } = await run(modules, "reproduce");
  assert.equal(code, 1);
  assert.match(
    stderr,
    /Cannot read accepted_edits\.json: it is not as deno task accept writes it; take it from the last commit, or remove it\n$/,
  );
});
