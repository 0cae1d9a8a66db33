import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOfKey } from "../../../engine/keys/key.ts";
import { safetensors } from "../../../engine/define/safetensors.ts";
import { openStore } from "../../../engine/store/store.ts";
import { on, type Rig, rig, rigsAfter, type Setting } from "../rig.ts";
import { noisy } from "../toy_noise.ts";
import { training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

/** The record that a stage has now, and the store. */
async function recordIn(t: Rig, pipeline: string, stage: string) {
  const store = await openStore(join(t.folder, "store"));
  const key = store.lastKeys(`${pipeline}.default`)[stage] ?? "";
  const record = store.record(key);
  assert.ok(record);
  return { store, record };
}

/** Pipelines, and rigs in which they were reproduced. */
function after(pipelines: Setting["pipelines"]) {
  const made = rigsAfter(async (t) => {
    await t.run(on("reproduce"), { pipelines });
  });
  return { pipelines, made };
}

const trained = after([training()]);
const noised = after([noisy()]);

Deno.test("verify() runs stages again and finds the same bytes", async () => {
  await using t = await rig();
  const pipelines = [training(), training("toy-other", { size: 4 })];
  await t.run(on("reproduce"), { pipelines });
  const { code, stdout, stderr } = await t.run(on("verify"), { pipelines });
  assert.equal(code, 0, stderr);
  const lines = stdout.split("\n");
  assert.equal(lines[0], "Running 5 stages again at profile default");
  // Both pipelines conclude from the same history: one key, verified once.
  assert.equal(lines.at(-2), "5 stages: 5 the same bytes");
  assert.match(stdout, /\nsame {6}train\/toy-line of toy-line {2}\d/);
});

test.inFull("verify() leaves the store as it is", async () => {
  const { pipelines } = trained;
  await using t = await trained.made();
  const before = filesIn(join(t.folder, "store"));
  await t.run(on("verify"), { pipelines });
  assert.deepEqual(filesIn(join(t.folder, "store")), before);
});

test.inFull("verify() says of a stage that gives another result each time that it is not deterministic", async () => {
  const { pipelines } = noised;
  await using t = await noised.made();
  const { code, stdout } = await t.run(on("verify"), { pipelines });
  assert.equal(code, 1);
  assert.match(
    stdout,
    /\nvaries {4}measureNoise of toy-noise {2}not deterministic: two executions on the same inputs differ\n {12}mean 1\.\d+ → 1\.\d+\n {12}weights\.layer: 8 of 8 elements moved, one of them 1\.\d+ → 1\.\d+\n/,
  );
  assert.match(stdout, /\n2 stages: 1 the same bytes, 1 not deterministic\n$/);
});

test.inFull("verify() finds a stage that is not deterministic in a worker too", async () => {
  await using t = await rig();
  const pipelines = [noisy({ beside: true })];
  await t.run(on("reproduce"), { pipelines });
  const { code, stdout } = await t.run(on("verify"), { pipelines });
  assert.equal(code, 1);
  assert.match(stdout, /\nvaries {4}measureNoiseBeside /);
});

for (
  const [forge, shown] of [
    [() => '"the loss is 0"', 'value "the loss is 0" → "the loss went from 1 '],
    [(text: string) => `${text} `, "the same values in other bytes\n"],
  ] as const
) {
  test.inFull(`verify() says of a record that its code does not give that it is stale: ${shown}`, async () => {
    const { pipelines } = trained;
    await using t = await trained.made();
    const { store, record } = await recordIn(t, "toy-line", "conclude");
    const { digest = "" } = record.outputs["value"] ?? {};
    const text = new TextDecoder().decode(await store.object(digest));
    const forged = new TextEncoder().encode(forge(text));
    await store.putRecord({
      ...record,
      outputs: {
        value: { digest: await store.putObject(forged), bytes: forged.length },
      },
    }, { replace: true });
    const { code, stdout } = await t.run(on("verify"), { pipelines });
    assert.equal(code, 1);
    const said =
      "\nstale     conclude of toy-line  two executions agree with each other, but not with the record; deno task reproduce toy-line --store store --force conclude replaces it\n";
    assert.ok(stdout.includes(`${said}            ${shown}`), stdout);
    assert.match(
      stdout,
      /\n3 stages: 2 the same bytes, 1 not what is recorded\n$/,
    );
  });
}

test.inFull("verify() lets numbers made on a GPU deviate, within a tolerance that it says", async () => {
  await using t = await rig();
  const pipelines = [noisy({ size: 1e-4 })];
  const device = "webgpu: toy";
  await t.run(on("reproduce"), { pipelines, device });
  const loose = await t.run(on("verify"), { pipelines, device });
  assert.equal(loose.code, 0);
  assert.match(
    loose.stdout,
    /; numbers computed on a GPU may deviate by 0\.001 \(relative above 1, absolute below\)\n/,
  );
  assert.match(
    loose.stdout,
    /\nclose {5}measureNoise .*, largest deviation \d\.\de-\d\n/,
  );
  const strict = await t.run(on("verify", "--tolerance", "1e-9"), {
    pipelines,
    device,
  });
  assert.equal(strict.code, 1);
  assert.match(strict.stdout, /\nvaries {4}measureNoise /);
});

test.inFull("verify() takes weights for the same that differ by rounding, of a GPU alone", async () => {
  for (
    const [device, code, line] of [
      [
        "webgpu: toy",
        0,
        /\nclose {5}measureNoise .*, largest deviation \d\.\de-7\n/,
      ],
      ["wasm", 1, /\nstale {5}measureNoise .*, but not with the record/],
    ] as const
  ) {
    await using t = await rig();
    const pipelines = [noisy({ size: 0 })]; // the same numbers each time
    await t.run(on("reproduce"), { pipelines, device });
    const { store, record } = await recordIn(t, "toy-noise", "measureNoise");
    const data = new Float32Array(8).fill(1 + 2 ** -23); // next to 1
    const rounded = safetensors.encode({
      arrays: { layer: { shape: [8], data } },
      metadata: {},
    });
    await store.putRecord({
      ...record,
      outputs: {
        ...record.outputs,
        weights: {
          digest: await store.putObject(rounded),
          bytes: rounded.length,
        },
      },
    }, { replace: true });
    const verified = await t.run(on("verify"), { pipelines, device });
    assert.match(verified.stdout, line);
    assert.equal(verified.code, code);
  }
});

test.inFull("verify() draws the same sample from the same seed", async () => {
  await using t = await rig();
  const pipelines = Array.from(
    { length: 6 },
    (_, i) => training(`toy-${i}`, { size: i, epochs: i + 1 }),
  );
  await t.run(on("reproduce"), { pipelines });
  const sample = async (...words: readonly string[]) => {
    const { stdout } = await t.run(on("verify", "--json", ...words), {
      pipelines,
    });
    const { stages, of } = JSON.parse(stdout);
    assert.equal(of, 18);
    return stages.map(
      ({ pipeline, stage }: { pipeline: string; stage: string }) =>
        `${stage} of ${pipeline}`,
    ).sort();
  };
  const first = await sample("--sample", "4", "--seed", "7");
  assert.equal(first.length, 4);
  assert.deepEqual(await sample("--sample", "4", "--seed", "7"), first);
  assert.notDeepEqual(await sample("--sample", "4", "--seed", "8"), first);
  const { stdout } = await t.run(on("verify", "--sample", "4"), { pipelines });
  assert.match(stdout, /^Running 4 of 18 stages, drawn with seed 1, again /);
});

test.inFull("verify() prints what came of each stage as JSON", async () => {
  const { pipelines } = noised;
  await using t = await noised.made();
  const { code, stdout } = await t.run(on("verify", "--json"), { pipelines });
  assert.equal(code, 1);
  const { stages, profile, missing } = JSON.parse(stdout);
  assert.deepEqual([profile, missing], ["default", 0]);
  assert.deepEqual(
    stages.map((
      { stage, kind, tolerance, differences }: {
        stage: string;
        kind: string;
        tolerance: number;
        differences?: readonly unknown[];
      },
    ) => [stage, kind, tolerance, differences?.length]).sort(),
    [
      ["countAttempts", "identical", 0, undefined],
      ["measureNoise", "non-deterministic", 0, 2],
    ],
  );
});

test.inFull("verify() says what is not in the store as code and sources are now", async () => {
  await using t = await trained.made();
  const { stdout } = await t.run(on("verify"), {
    pipelines: [training("toy-line", { epochs: 13 })],
  });
  assert.match(
    stdout,
    /^Running 1 stage again at profile default; 2 stages not in the store as code and sources are now \(deno task plan says why\)\n/,
  );
  const none = await t.run(on("verify"), {
    pipelines: [training("toy-new", { size: 9 })],
  });
  assert.equal(none.code, 1);
  assert.doesNotMatch(none.stdout, /--profile/);
  const elsewhere = await t.run(on("verify", "--profile", "smoke"), {
    pipelines: [training("toy-line", { size: 9 })],
  });
  assert.equal(elsewhere.code, 1);
  assert.match(
    elsewhere.stdout,
    /^Running 0 stages .*\nSome have run at profile default: add --profile default\n$/,
  );
});

test.inFull("verify() fails for a stage whose artifact or input is damaged", async () => {
  const { pipelines } = trained;
  await using t = await trained.made();
  const { store, record } = await recordIn(t, "toy-line", "load");
  const { digest = "" } = record.outputs["value"] ?? {};
  await Deno.writeTextFile(
    join(store.folder, "objects", digest.slice(0, 2), digest),
    "[0,1,3]",
  );
  const { code, stdout } = await t.run(on("verify"), { pipelines });
  assert.equal(code, 1);
  assert.match(
    stdout,
    /\nfailed {4}load of toy-line {2}\n {12}Cannot verify value of stage "load": its artifact in the store is damaged; deno task reproduce makes it again\n/,
  );
  assert.match(
    stdout,
    /\nfailed {4}train\/toy-line of toy-line {2}\n {12}Cannot read artifact [0-9a-f]{12}: its bytes are not what was written\n/,
  );
});

test.inFull("verify() takes no unfinished work of an earlier attempt", async () => {
  const { pipelines } = noised;
  await using t = await noised.made();
  const { store, record } = await recordIn(t, "toy-noise", "countAttempts");
  await store.scratch(digestOfKey(record.key)).save(Uint8Array.of(7));
  const { stdout } = await t.run(on("verify"), { pipelines });
  assert.match(stdout, /\nsame {6}countAttempts /);
});

Deno.test("verify() refuses options that make no sense", async () => {
  await using t = await rig();
  for (
    const [words, message] of [
      [
        ["--sample", "0"],
        'Cannot use option "--sample": "0" is not a whole number from 1 up',
      ],
      [
        ["--tolerance", "x"],
        'Cannot use option "--tolerance": "x" is not a number such as 0.001 or 1e-3',
      ],
    ] as const
  ) {
    const { code, stderr } = await t.run(on("verify", ...words), {
      pipelines: [training()],
    });
    assert.equal(code, 2);
    assert.equal(stderr, `${message}\n`);
  }
});

/** The files of a store but for its lock and what is remembered of packages, with their sizes. */
function filesIn(folder: string): readonly string[] {
  return filesBelow(folder)
    .filter((path) => path !== "lock" && path !== "packages.json")
    .map((path) => `${path} ${Deno.statSync(join(folder, path)).size}`);
}
