import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { on, type Outcome, rig, ROOT } from "../rig.ts";
import { training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

const pipelines = [training()];

/** What toy tasks import; it depends on nothing. */
const PACKAGES = ["zod"];

const FILE = "node_modules/zod/index.js";

/** A project with packages of its own, and a rig that runs it. */
interface Project extends AsyncDisposable {
  readonly root: string;
  run(command: string, ...words: readonly string[]): Promise<Outcome>;
}

async function project(): Promise<Project> {
  const t = await rig();
  const root = join(t.folder, "project");
  for (const name of ["deno.json", "deno.lock", "package_files.json"]) {
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  }
  for (const name of PACKAGES) {
    const folder = await Deno.realPath(join(ROOT, "node_modules", name));
    await cp(folder, join(root, "node_modules", name), { recursive: true });
  }
  return {
    root,
    run: (command, ...words) =>
      t.run(on(command, ...words), { pipelines, root }),
    [Symbol.asyncDispose]: () => t[Symbol.asyncDispose](),
  };
}

const REFUSAL =
  'Cannot use the packages in node_modules: zod@4.6.7 ("index.js" was altered); remove node_modules and run "deno install --reload=npm:zod"\n';

Deno.test("reproduce() with --strict runs with packages as they were published", async () => {
  await using t = await project();
  const { code, stdout, stderr } = await t.run("reproduce", "--strict");
  assert.equal(code, 0, stderr);
  assert.match(stdout, /toy-line at profile default: 3 ran/);
});

test.inFull("reproduce() with --strict and verify() refuse an edit of a package that plan() does not see", async () => {
  await using t = await project();
  await t.run("reproduce", "--strict");
  await Deno.writeTextFile(join(t.root, FILE), "\n", { append: true });
  const { stdout } = await t.run("plan");
  assert.match(stdout, /^toy-line at profile default is up to date/);
  for (
    const refused of [
      await t.run("reproduce", "--strict"),
      await t.run("verify"),
    ]
  ) {
    assert.equal(refused.code, 1);
    assert.equal(refused.stderr, REFUSAL);
    assert.doesNotMatch(refused.stdout, /toy-line|stages/); // nothing began
  }
});

test.inFull("reproduce() with --strict refuses packages that cannot be checked, and verify() says so and goes on", async () => {
  await using t = await project();
  await t.run("reproduce");
  await Deno.remove(join(t.root, "package_files.json"));
  const line =
    'Cannot check the files of packages: package_files.json does not list zod@4.6.7; run "deno task packages"\n';
  const strict = await t.run("reproduce", "--strict");
  assert.deepEqual([strict.code, strict.stderr], [1, line]);
  const verified = await t.run("verify");
  assert.deepEqual([verified.code, verified.stderr], [0, line]);
  assert.match(verified.stdout, /\n3 stages: 3 the same bytes\n$/);
});
