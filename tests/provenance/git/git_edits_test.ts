import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { gitCommit } from "../../../provenance/git/git_checkout.ts";
import { gitEdits } from "../../../provenance/git/git_edits.ts";
import { ROOT } from "../../cli/rig.ts";

/** Runs git in a folder, without what the machine has set for it. */
function git(folder: string, ...words: readonly string[]): string {
  const { success, stdout, stderr } = new Deno.Command("git", {
    args: [
      ...["-c", "user.name=A", "-c", "user.email=a@b.c"],
      ...["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"],
      ...["-C", folder, ...words],
    ],
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  }).outputSync();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  assert.ok(success, text(stderr));
  return text(stdout);
}

const ignore = (() => {
  try {
    return !new Deno.Command("git", { args: ["--version"] }).outputSync()
      .success;
  } catch {
    return true;
  }
})();

const IF_GIT = ignore ? " (skipped: no git here)" : "";

const LONG = Array.from({ length: 300 }, (_, i) => `line ${i}`).join("\n");

const FILES: Readonly<Record<string, string>> = {
  "deno.json": "{}\n",
  "a/long.ts": LONG,
  "a/b/deep.ts": "export {};\n",
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`many/${i}.ts`, `${i}\n`]),
  ),
};

async function write(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  }
}

/** A repository with a commit of `FILES`. */
async function repository(
  use: (root: string, folder: string) => void | Promise<void>,
  { format = "sha1" } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "cli-git-" });
  try {
    const root = join(folder, "main");
    git(folder, "init", "--quiet", `--object-format=${format}`, root);
    await write(root, FILES);
    git(root, "add", "--all");
    git(root, "commit", "--quiet", "--message", "first");
    await use(root, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function editsIn(root: string, paths: readonly string[]) {
  const files = paths.map((path) => join(root, path));
  return gitEdits(files, { root, commit: gitCommit(root) });
}

/** What git says of all files: those that are not as they are staged. */
function statusOf(root: string): readonly string[] {
  const lines = git(
    root,
    "status",
    "--porcelain",
    "--untracked-files=all",
    "-z",
  );
  return lines.split("\0").filter((line) => /^.[^ ]/.test(line))
    .map((line) => line.slice(3)).sort();
}

/** Edits of every kind; the paths to ask for. */
async function edit(root: string): Promise<readonly string[]> {
  await write(root, {
    "a/long.ts": `${LONG}z`, // not staged
    "many/3.ts": "33\n", // staged
    "many/4.ts": "4!\n", // of the same size
    "a/b/new.ts": "new\n", // not known
    "c/staged.ts": "new\n", // staged, but in no commit
  });
  git(root, "add", "many/3.ts", "c/staged.ts");
  await Deno.remove(join(root, "many/5.ts"));
  return [...Object.keys(FILES), "a/b/new.ts", "c/staged.ts"];
}

for (const format of ["sha1", "sha256"]) {
  Deno.test({
    name: `gitEdits() says what git says with ids of ${format}${IF_GIT}`,
    ignore,
    fn: () =>
      repository(async (root) => {
        assert.deepEqual(editsIn(root, Object.keys(FILES)), []);
        const paths = await edit(root);
        assert.deepEqual(editsIn(root, paths), statusOf(root));
        assert.deepEqual(editsIn(root, paths), [
          "a/b/new.ts",
          "a/long.ts",
          "many/4.ts",
          "many/5.ts",
        ]);
      }, { format }),
  });
}

Deno.test({
  name: `gitEdits() looks into the index of a worktree and of a clone${IF_GIT}`,
  ignore,
  fn: () =>
    repository(async (root, folder) => {
      const [tree, clone] = [join(folder, "tree"), join(folder, "clone")];
      git(root, "worktree", "add", "--quiet", "-b", "topic", tree);
      git(folder, "clone", "--quiet", "--shared", root, clone);
      for (const checkout of [tree, clone]) {
        assert.deepEqual(editsIn(checkout, Object.keys(FILES)), []);
        const paths = await edit(checkout);
        assert.deepEqual(editsIn(checkout, paths), statusOf(checkout));
        assert.equal(statusOf(checkout).length, 4);
      }
    }),
});

Deno.test({
  name:
    `gitEdits() takes a file that is in conflict, or to be added, for edited${IF_GIT}`,
  ignore,
  fn: () =>
    repository(async (root) => {
      git(root, "switch", "--quiet", "--create", "other");
      await write(root, { "many/3.ts": "other\n" });
      git(root, "commit", "--quiet", "--all", "--message", "other");
      git(root, "switch", "--quiet", "main");
      await write(root, { "many/3.ts": "main\n" });
      git(root, "commit", "--quiet", "--all", "--message", "main");
      assert.throws(() => git(root, "merge", "--quiet", "other"));
      // As one side has it, but nobody has said so.
      await write(root, { "many/3.ts": "other\n", "a/b/new.ts": "new\n" });
      git(root, "add", "--intent-to-add", "a/b/new.ts");
      const paths = [...Object.keys(FILES), "a/b/new.ts"];
      assert.deepEqual(editsIn(root, paths), ["a/b/new.ts", "many/3.ts"]);
      assert.deepEqual(editsIn(root, paths), statusOf(root));
    }),
});

Deno.test({
  name:
    `gitEdits() takes no ends of lines for an edit, since git writes its own${IF_GIT}`,
  ignore,
  fn: () =>
    repository(async (root) => {
      await write(root, { "a/long.ts": LONG.replaceAll("\n", "\r\n") });
      assert.deepEqual(editsIn(root, Object.keys(FILES)), []);
    }),
});

for (
  const [what, ...words] of [
    ["is of version 4", "update-index", "--index-version=4"],
    ["is split", "update-index", "--split-index"],
    ["is sparse", "sparse-checkout", "set", "--sparse-index", "many"],
  ] as const
) {
  Deno.test({
    name:
      `gitEdits() does not tell when the index ${what}, or is gone${IF_GIT}`,
    ignore,
    fn: () =>
      repository(async (root) => {
        git(root, ...words);
        assert.equal(editsIn(root, ["deno.json"]), undefined);
        await Deno.remove(join(root, ".git/index"));
        assert.equal(editsIn(root, ["deno.json"]), undefined);
      }),
  });
}

const checkout = gitCommit(ROOT);

Deno.test("gitEdits() knows nothing where there is no commit", () => {
  const files = [join(ROOT, "deno.json")];
  assert.equal(gitEdits(files, { root: ROOT, commit: null }), undefined);
});

Deno.test({
  name: `gitEdits() names files that no commit has, in order${
    checkout === null ? " (skipped: no checkout of git)" : ""
  }`,
  ignore: checkout === null,
  fn() {
    const edits = editsIn(ROOT, ["z/none.ts", "../beside.ts", "LICENSE"]);
    assert.deepEqual(edits, ["../beside.ts", "z/none.ts"]);
  },
});
