/** `export` and `import`. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { runHistory } from "../../../engine/store/run_history.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { byteSize } from "../../../reports/value/wording.ts";
import { on, rigsAfter } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

const pipelines = [training("toy-a"), training("toy-b", { epochs: 3 })];

const made = rigsAfter(async (toy) => {
  assert.equal((await toy.run(on("reproduce"), { pipelines })).code, 0);
});

Deno.test("import takes what export packed into another store", async () => {
  await using toy = await made();
  const words = on("export", "toy-b", "--to", "b.tar");
  const exported = await toy.run(words, { pipelines });
  const { size } = await Deno.stat(join(toy.folder, "b.tar"));
  const [, said] =
    /^Wrote b\.tar: 3 stages, \d+ artifacts, (.*)\n$/.exec(exported.stdout) ??
      [];
  assert.equal(said, byteSize(size));
  const { code, stdout } = await toy.run(
    ["import", "b.tar", "--store", "new"],
    { pipelines },
  );
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^Imported 3 stages and \d+ artifacts \(.*\) from b\.tar; what was already in the store is unchanged\n$/,
  );
  const plan = await toy.run(["plan", "--store", "new"], { pipelines });
  assert.match(plan.stdout, /toy-b at profile default is up to date/);
  assert.match(plan.stdout, /toy-a at profile default: 2 of 3 stages would/);
  const again = await toy.run(on("import", "b.tar"), { pipelines });
  assert.equal(again.stdout, "Everything in b.tar was already in the store\n");
});

Deno.test("export packs one run with --run, and writes to the standard output with --to -", async () => {
  await using toy = await made();
  const store = join(toy.folder, "store");
  const [run] = runHistory(store).list();
  const id = run?.id ?? "";
  const words = on("export", "--run", id.slice(0, 6), "--to", "run.tar");
  const { stdout } = await toy.run(words, { pipelines });
  assert.match(stdout, /^Wrote run\.tar: 5 stages, /);
  const piped = await toy.run(on("export", "--to", "-"), { pipelines });
  assert.ok(piped.stdout.startsWith("SHA256SUMS\0"));
  await toy.run(["import", "run.tar", "--store", "new"], { pipelines });
  const { runs, lastKeys } = contentsOf(join(toy.folder, "new"));
  assert.deepEqual(runs.map(({ run }) => run.id), [id]);
  assert.equal(lastKeys.size, 0);
});

Deno.test("export packs nothing but what was named, and says what it leaves out", async () => {
  await using toy = await made();
  const both = await toy.run(
    on("export", "toy-a", "--run", "latest", "--to", "x.tar"),
    { pipelines },
  );
  assert.equal(both.code, 2);
  assert.match(both.stderr, /^Cannot export toy-a of one run: /);
  const more = [...pipelines, training("toy-c")];
  const { code, stdout, stderr } = await toy.run(
    on("export", "toy-a", "toy-c", "--to", "a.tar"),
    { pipelines: more },
  );
  assert.equal(code, 0);
  assert.match(stdout, /^Wrote a\.tar: 3 stages/);
  assert.match(stderr, /^Left out, .* on this store: toy-c\n$/);
});

Deno.test("export says what it cannot pack", async () => {
  await using toy = await made();
  for (
    const [words, message] of [
      [
        ["--run", "nothing"],
        'Cannot find run "nothing": none of 1 ids starts with it; deno task runs lists them',
      ],
      [
        ["toy-a", "--profile", "full"],
        "Cannot export toy-a at profile full: none of its stages has run on this store; some have at profile default: add --profile default",
      ],
      [
        ["--profile", "full"],
        "Cannot export any pipeline at profile full: none of its stages has run on this store; some have at profile default: add --profile default",
      ],
    ] as const
  ) {
    const { code, stderr } = await toy.run(on("export", ...words), {
      pipelines,
    });
    assert.deepEqual([code, stderr], [2, `${message}\n`]);
  }
  const { code, stderr } = await toy.run(
    on("export", "--to", "nowhere/a.tar"),
    { pipelines },
  );
  assert.deepEqual([code, stderr], [
    1,
    'Cannot write archive "nowhere/a.tar": there is no folder "nowhere"; make it, or name another file with --to\n',
  ]);
});

Deno.test("export writes over its own archives, and over nothing else that is there", async () => {
  await using toy = await made();
  const to = (name: string) =>
    toy.run(on("export", "--to", name), { pipelines });
  assert.equal((await to("a.tar")).code, 0);
  assert.equal((await to("a.tar")).code, 0);
  const mine = join(toy.folder, "mine.csv");
  await Deno.writeTextFile(mine, "model,group\n");
  for (
    const [name, state] of [
      ["mine.csv", "there is a file that export did not write; name another"],
      ["store", "it is a folder; name a file in it"],
      ...[".zip", ".tar.gz", ".TGZ"].map((ending) =>
        [
          `a${ending}`,
          `export writes plain tar, not ${ending}; name a file that ends in .tar`,
        ] as const
      ),
    ] as const
  ) {
    const { code, stderr } = await to(name);
    assert.deepEqual([code, stderr], [
      2,
      `Cannot write archive "${name}": ${state} with --to\n`,
    ]);
  }
  assert.equal(await Deno.readTextFile(mine), "model,group\n");
});

Deno.test("export leaves a file alone that is called as half a download is", async () => {
  await using toy = await made();
  const file = join(toy.folder, "b.tar.part");
  await Deno.writeTextFile(file, "mine");
  const words = on("export", "toy-b", "--to", "b.tar");
  assert.equal((await toy.run(words, { pipelines })).code, 0);
  assert.equal(await Deno.readTextFile(file), "mine");
});

Deno.test("export refuses an archive that another process is writing, and takes over what a killed one left", async () => {
  await using toy = await made();
  const words = on("export", "toy-b", "--to", "b.tar");
  const path = join(toy.folder, "b.tar.shiftline-part");
  {
    using part = await Deno.create(path);
    await part.lock(true);
    const { code, stderr } = await toy.run(words, { pipelines });
    assert.deepEqual([code, stderr], [
      1,
      'Cannot write archive "b.tar": another process is writing it; wait for that, or name another file with --to\n',
    ]);
    await part.truncate(1 << 20);
  }
  assert.equal((await toy.run(words, { pipelines })).code, 0);
  const { size } = await Deno.stat(join(toy.folder, "b.tar"));
  assert.ok(size < 1 << 20);
  const left = await Array.fromAsync(Deno.readDir(toy.folder));
  assert.deepEqual(
    left.map(({ name }) => name).sort(),
    ["b.tar", "site", "store"],
  );
});

Deno.test("export that is stopped leaves no half-written archive", async () => {
  await using toy = await made();
  const { code } = await toy.run(on("export", "--to", "a.tar"), {
    pipelines,
    signal: AbortSignal.abort(),
  });
  assert.equal(code, 130);
  const left = await Array.fromAsync(Deno.readDir(toy.folder));
  assert.deepEqual(left.map(({ name }) => name).sort(), ["site", "store"]);
});

Deno.test("export takes the run that is called latest", async () => {
  await using toy = await made();
  await toy.run(on("reproduce"), { pipelines: [training("toy-c")] });
  const to = ["--to", "run.tar"];
  const { code, stdout } = await toy.run(
    on("export", "--run", "latest", ...to),
    { pipelines },
  );
  assert.equal(code, 0);
  assert.match(stdout, /^Wrote run\.tar: 3 stages, /);
});

Deno.test("export leaves no half-written archive where an artifact is damaged", async () => {
  await using toy = await made();
  const store = join(toy.folder, "store");
  for (const { path } of contentsOf(store).objects.values()) {
    await Deno.writeTextFile(join(store, path), "damaged");
  }
  const { code, stderr } = await toy.run(on("export", "--to", "a.tar"), {
    pipelines,
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot write archive ".*a\.tar": Cannot read artifact [0-9a-f]{12}: its bytes are not what was written; deno task reproduce makes it again\n/,
  );
  const left = await Array.fromAsync(Deno.readDir(toy.folder));
  assert.deepEqual(left.map(({ name }) => name).sort(), ["site", "store"]);
});

Deno.test("import refuses what is no archive, in one line", async () => {
  await using toy = await made();
  await Deno.writeTextFile(join(toy.folder, "a.tar"), "SHA256SUMS\0");
  const damaged = await toy.run(on("import", "a.tar"), { pipelines });
  assert.equal(damaged.code, 1);
  assert.match(
    damaged.stderr,
    /^Cannot import "a\.tar": it is damaged \(.*\); nothing was taken from it\n/,
  );
  await Deno.writeTextFile(join(toy.folder, "mine.csv"), "SHA256SUMS");
  for (
    const [name, state] of [
      ["b.tar", "there is no such file"],
      ["store", "it is a folder; name an archive that deno task export wrote"],
      ["mine.csv", "it is not an archive that deno task export wrote"],
    ] as const
  ) {
    const { code, stderr } = await toy.run(
      ["import", name, "--store", "new"],
      { pipelines },
    );
    assert.deepEqual([code, stderr], [
      2,
      `Cannot import "${name}": ${state}\n`,
    ]);
  }
  await assert.rejects(Deno.stat(join(toy.folder, "new")));
});
