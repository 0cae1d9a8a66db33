import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { filesBelow } from "../../files_below.ts";
import { inFull } from "../../full.ts";
import { type Outcome, rig, ROOT } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

/** A project with templates, a registry and no more than that. */
async function project() {
  const t = await rig();
  for (const path of ["templates", "pipelines/registry.ts"]) {
    await cp(join(ROOT, path), join(t.folder, path), { recursive: true });
  }
  for (const path of ["shifts", "tests/shifts"]) {
    await Deno.mkdir(join(t.folder, path), { recursive: true });
  }
  const files = () => filesBelow(t.folder).toSorted();
  const before = files();
  return {
    root: t.folder,
    /** Files that were not there at first. */
    made: () => files().filter((path) => !before.includes(path)),
    read: (path: string) => Deno.readTextFile(join(t.folder, path)),
    write: (path: string, text: string) =>
      Deno.writeTextFile(join(t.folder, path), text),
    run: (...words: readonly string[]) =>
      t.run(["new", ...words], { root: t.folder, pipelines: [training()] }),
    [Symbol.asyncDispose]: () => t[Symbol.asyncDispose](),
  };
}

/** A shift with these options, as code; it imports nothing. */
const shiftOf = (options: string) =>
  `const source = { module: import.meta.url, name: "gammaShift" };
export const gammaShift = Object.defineProperty(
  { name: "gamma", support: "out", options: ${options} },
  Symbol.for("shiftline.definition"),
  { value: source },
);
`;

const NUMBER = '{ amount: (value) => typeof value === "number" }';

/** What a command says of a line that it refuses, in one line. */
function refused({ code, stdout, stderr }: Outcome): string {
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^[^\n]+\n$/);
  return stderr.trimEnd();
}

Deno.test("new shift writes a shift and its test, under its name, and says what comes next", async () => {
  await using t = await project();
  const { code, stdout } = await t.run("shift", "small-rotation");
  assert.equal(code, 0);
  assert.deepEqual(t.made(), [
    "shifts/small_rotation.ts",
    "tests/shifts/small_rotation_test.ts",
  ]);
  assert.equal(
    stdout,
    `Written: shifts/small_rotation.ts and tests/shifts/small_rotation_test.ts
Edit what is marked EDIT, then: deno task test tests/shifts/small_rotation_test.ts
A pipeline under it: deno task new pipeline small-rotation
`,
  );
  const shift = await t.read("shifts/small_rotation.ts");
  assert.match(shift, /^\/\*\*\n \* Small rotation: EDIT/);
  assert.match(shift, /from "\.\/shift\.ts";/);
  assert.match(shift, /name: "small-rotation",\n {4}title: "Small rotation"/);
  const test = await t.read("tests/shifts/small_rotation_test.ts");
  assert.match(test, /from "\.\/random_images\.ts";/);
  assert.match(
    test,
    /import \{ smallRotationShift \} from "\.\.\/\.\.\/shifts\/small_rotation\.ts";/,
  );
  assert.doesNotMatch(shift + test, /\bexample|Example/);
});

Deno.test("new shift says how to name a pipeline where there is one of the shift's name", async () => {
  await using t = await project();
  const { stdout } = await t.run("shift", training().name);
  assert.match(
    stdout,
    /\nA pipeline under it: deno task new pipeline NAME --shift toy-line\n$/,
  );
});

Deno.test("new pipeline writes a pipeline under the shift of its name, with a value for each option, and lists it last", async () => {
  await using t = await project();
  await t.write("shifts/gamma.ts", shiftOf(NUMBER));
  const { code, stdout } = await t.run("pipeline", "gamma");
  assert.equal(code, 0);
  assert.deepEqual(t.made(), ["pipelines/gamma.ts", "shifts/gamma.ts"]);
  assert.equal(
    stdout,
    `Written: pipelines/gamma.ts, and listed in pipelines/registry.ts
Edit what is marked EDIT, then: deno task reproduce gamma --profile smoke
`,
  );
  const text = await t.read("pipelines/gamma.ts");
  assert.match(text, /import \{ gammaShift \} from "\.\.\/shifts\/gamma\.ts";/);
  assert.match(text, /const options = \{\n {6}amount: 0\.5,\n {4}\} as const;/);
  assert.match(text, /export \{ pipeline as gammaPipeline \};/);
  assert.match(text, /id: "gamma",\n {2}title: "Gamma"/);
  assert.ok(text.split("\n").length < 65);
  assert.match(await t.read("pipelines/registry.ts"), / gammaPipeline,\n\];/);
});

Deno.test("new pipeline takes another shift with --shift, and one without options", async () => {
  await using t = await project();
  await t.write("shifts/gamma.ts", shiftOf("{}"));
  const { code } = await t.run("pipeline", "strong-light", "--shift", "gamma");
  assert.equal(code, 0);
  const text = await t.read("pipelines/strong_light.ts");
  assert.match(text, /import \{ gammaShift \} from "\.\.\/shifts\/gamma\.ts";/);
  assert.match(text, /const options = \{\} as const;/);
});

Deno.test("new pipeline takes a shift called as what every object has", async () => {
  await using t = await project();
  await t.write("shifts/constructor.ts", shiftOf("{}"));
  const { code, stderr } = await t.run("pipeline", "constructor");
  assert.equal(code, 0, stderr);
});

Deno.test("new refuses in one line a name that is none, is taken or cannot be told, and leaves nothing", async () => {
  await using t = await project();
  await t.write("shifts/gamma.ts", shiftOf(NUMBER));
  await t.write("shifts/of_words.ts", shiftOf("{ word: () => false }"));
  await t.write("shifts/none.ts", "export const none = 1;\n");
  await t.write("shifts/tint.ts", "");
  await t.write("tests/shifts/lone_test.ts", "");
  const before = t.made();
  const registry = await t.read("pipelines/registry.ts");
  for (
    const [line, message] of [
      ["", "Cannot write anything new: say what, shift or pipeline"],
      [
        "shift",
        'Cannot write anything new: it has no name, as in "deno task new shift NAME"',
      ],
      ["model a", /^Cannot use KIND: "model" is none of shift and pipeline$/],
      ["shift Gamma2", /^Cannot use name "Gamma2": .*did you mean "gamma2"\?$/],
      [
        "shift gamma",
        "Cannot write shifts/gamma.ts: it is there already; take another name",
      ],
      [
        "shift lone",
        "Cannot write tests/shifts/lone_test.ts: it is there already; take another name",
      ],
      [
        "shift a --shift gamma",
        'Cannot use option "--shift": only a pipeline has one',
      ],
      [
        "pipeline registry",
        "Cannot write pipelines/registry.ts: it is there already; take another name",
      ],
      [
        "pipeline claims",
        'Cannot call a pipeline "claims": the site has another page there; take another name',
      ],
      [
        "pipeline purple --shift tint",
        'Cannot make a pipeline under shift "tint": it makes the reference images, too, and such a pipeline trains on plain photographs; copy pipelines/spurious_tint.ts, and see CONTRIBUTING.md',
      ],
      [
        "pipeline toy-line",
        'Cannot call a pipeline "toy-line": there is one; take another name',
      ],
      [
        "pipeline toy",
        'Cannot call a pipeline "toy": stages of toy-line are called so, such as "train/toy-line"; take another name',
      ],
      [
        "pipeline gama",
        'Cannot make a pipeline under shift "gama": there is none; "deno task new shift gama" makes it, --shift names another of gamma, none and of-words; did you mean "gamma"?',
      ],
      [
        "pipeline none",
        'Cannot make a pipeline under shift "none": shifts/none.ts exports none',
      ],
      [
        "pipeline of-words",
        /^Cannot make .* "of-words": what its option "word" can be is for you to say; copy templates\/pipeline\.ts/,
      ],
    ] as const
  ) {
    const said = refused(await t.run(...line.split(" ").filter(Boolean)));
    if (typeof message === "string") assert.equal(said, message);
    else assert.match(said, message);
  }
  assert.deepEqual(t.made(), before);
  assert.equal(await t.read("pipelines/registry.ts"), registry);
});

Deno.test("new pipeline leaves nothing where the registry has no list any more", async () => {
  await using t = await project();
  await t.write("shifts/gamma.ts", shiftOf(NUMBER));
  await t.write("pipelines/registry.ts", "export const pipelines = all();\n");
  const { code, stderr } = await t.run("pipeline", "gamma");
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot add a pipeline to pipelines\/registry\.ts: /);
  assert.deepEqual(t.made(), ["shifts/gamma.ts"]);
});

/** Runs a program in a folder; fails with what it prints. */
async function command(
  name: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(name, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes))
    .join("");
  assert.equal(code, 0, `${name} ${args.join(" ")}: ${text}`);
  return text;
}

const deno = (cwd: string, ...args: readonly string[]) =>
  command(Deno.execPath(), args, cwd);

Deno.test("new writes what deno fmt would, however long the name is", async () => {
  await using t = await project();
  for (const name of ["a", "dim-light", "a-very-long-name-".repeat(2) + "xx"]) {
    const snake = name.replaceAll("-", "_");
    assert.equal((await t.run("shift", name)).code, 0);
    // The pipeline reads the shift, which imports what is not here.
    const path = `shifts/${snake}.ts`;
    const text = await t.read(path);
    await t.write(path, shiftOf(NUMBER));
    assert.equal((await t.run("pipeline", name)).code, 0);
    await t.write(path, text);
  }
  await deno(t.root, "fmt", "--check", "shifts", "tests", "pipelines");
});

/** What is not copied: what runs have made, and Deno's lock of packages, with which other tests' processes come and go. */
const LEFT_OUT =
  /^(\.git|\.store|site(-\w+)?|\.preview|questions|node_modules\/\.deno\/\.deno\.lock.*)$/;

/** Folders of which everything else is copied: the project, and within it those on the way to such a lock. */
const COPIED = ["", "node_modules", "node_modules/.deno"];

/** This project in a folder of its own, by `cp`: for so many files `node:fs` takes five times as long. */
async function copyOfProject(): Promise<AsyncDisposable & { root: string }> {
  const root = await Deno.makeTempDir({ prefix: "new-test-" });
  for (const folder of COPIED) {
    const paths = (await Array.fromAsync(Deno.readDir(join(ROOT, folder))))
      .map(({ name }) => join(folder, name))
      .filter((path) => !LEFT_OUT.test(path) && !COPIED.includes(path));
    await Deno.mkdir(join(root, folder), { recursive: true });
    // -P: links of packages lead from one to another.
    await command("cp", ["-RP", ...paths, join(root, folder)], ROOT);
  }
  return {
    root,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Networks on plain photographs of this project's own store, where a run at smoke has made them: such a pipeline trains none then. */
async function bringNetworks(root: string): Promise<void> {
  const archive = join(root, "networks.tar");
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "cli/main.ts", "export", "unseen-tint"],
      ...["--profile", "smoke", "--to", archive],
    ],
    cwd: ROOT,
    stdout: "null",
    stderr: "null",
  }).output();
  if (success) await deno(root, "task", "import", "networks.tar");
}

/** A list that takes the new pipeline as the registry does, which has all others to check as well. */
const LIST = `import type { AnyPipeline } from "../engine/define/pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { dimLightPipeline } from "./dim_light.ts";
export const listed: readonly AnyPipeline<Report>[] = [dimLightPipeline];
`;

for (const name of inFull("dim-light")) {
  Deno.test("what new writes is formatted, passes lint, types and its own tests, and runs at smoke as it is", async () => {
    await using t = await copyOfProject();
    const files = [
      "shifts/dim_light.ts",
      "tests/shifts/dim_light_test.ts",
      "pipelines/dim_light.ts",
      "pipelines/registry.ts",
    ];
    await deno(t.root, "task", "new", "shift", name);
    await deno(t.root, "task", "new", "pipeline", name);
    await deno(t.root, "fmt", "--check", ...files);
    await deno(t.root, "lint", ...files);
    const list = "pipelines/listed.ts";
    await Deno.writeTextFile(join(t.root, list), LIST);
    await deno(t.root, "task", "check", ...files.slice(0, 3), list);
    await Deno.remove(join(t.root, list));
    for (const file of [files[1] ?? "", "tests/pipelines/wiring_test.ts"]) {
      await deno(t.root, "task", "test", file);
    }
    const guides = "tests/tools/guides_test.ts";
    await deno(t.root, "task", "test", "--filter", "every pipeline", guides);
    await bringNetworks(t.root);
    const made = await deno(
      t.root,
      ...["task", "reproduce", "--profile", "smoke", name],
    );
    assert.match(made, /Found in added experiments; a smoke run/);
    const page = await Deno.readTextFile(
      join(t.root, "site", name, "index.html"),
    );
    assert.match(page, /<h1[^>]*>Dim light<\/h1>/);
    assert.match(page, /Added claims: /);
  });
}
