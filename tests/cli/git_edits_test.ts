import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { gitCommit } from "../../cli/git_commit.ts";
import { gitEdits } from "../../cli/git_edits.ts";

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
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
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

/** Text that a change of a line makes a delta of. */
const LONG = Array.from({ length: 300 }, (_, i) => `line ${i}`).join("\n");

/** Files, so many in one folder that its list is worth a delta too. */
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

/** A repository with a few commits, the last of which has `FILES`. */
async function repository(
  use: (root: string, folder: string) => void | Promise<void>,
  { format = "sha1" } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "cli-git-" });
  try {
    const root = join(folder, "main");
    git(folder, "init", "--quiet", `--object-format=${format}`, root);
    for (const end of ["x", "y", ""]) {
      await write(root, { ...FILES, "a/long.ts": LONG + end });
      await write(root, { "many/30.ts": `30\n${end}` });
      git(root, "add", "--all");
      git(root, "commit", "--quiet", "--message", `end ${end}`);
    }
    await use(root, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function editsIn(root: string, paths: readonly string[]) {
  return gitEdits(paths, { root, commit: gitCommit(root) ?? "" });
}

/** What git says of all files. */
function statusOf(root: string): readonly string[] {
  const lines = git(root, "status", "--porcelain", "--untracked-files=all");
  return lines.split("\n").map((line) => line.trim().replace(/^\S+ +/, ""))
    .sort();
}

/** Every packed object: id, kind, sizes and place; of a delta how deep it is, and the id of its base. */
function packedIn(root: string): string {
  const folder = join(root, ".git/objects/pack");
  const [index = ""] = Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => name.endsWith(".idx"));
  return git(root, "verify-pack", "--verbose", join(folder, index));
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

Deno.test({
  name: "gitEdits() says what git says when objects lie in files of their own",
  ignore,
  fn: () =>
    repository(async (root) => {
      assert.deepEqual(editsIn(root, Object.keys(FILES)), []);
      const paths = await edit(root);
      assert.deepEqual(editsIn(root, paths)?.toSorted(), statusOf(root));
      assert.equal(statusOf(root).length, 6);
    }),
});

for (const [format, deltas] of [["sha1", "true"], ["sha256", "false"]]) {
  Deno.test({
    name: `gitEdits() says what git says when objects of ${format} are packed`,
    ignore,
    fn: () =>
      repository(async (root) => {
        // Deltas name what they change by its place, or by its id.
        git(root, "config", "repack.useDeltaBaseOffset", `${deltas}`);
        git(root, "repack", "-adfq", "--depth=50");
        git(root, "prune-packed");
        assert.match(packedIn(root), /^\S+ tree .* 1 [0-9a-f]{40,}$/m);
        // Every commit, so that some list is a delta of another.
        for (const commit of git(root, "rev-list", "HEAD").split("\n")) {
          const edits = gitEdits(Object.keys(FILES), { root, commit });
          const files = git(root, "diff", "--name-only", commit);
          assert.deepEqual(
            edits,
            files.split("\n").filter((path) => path !== ""),
          );
        }
        const paths = await edit(root);
        assert.deepEqual(editsIn(root, paths)?.toSorted(), statusOf(root));
      }, { format: `${format}` }),
  });
}

Deno.test({
  name: "gitEdits() looks into what a worktree and a clone share",
  ignore,
  fn: () =>
    repository(async (root, folder) => {
      const [tree, clone] = [join(folder, "tree"), join(folder, "clone")];
      git(root, "worktree", "add", "--quiet", "-b", "topic", tree);
      git(folder, "clone", "--quiet", "--shared", root, clone);
      for (const checkout of [tree, clone]) {
        const paths = await edit(checkout);
        assert.deepEqual(
          editsIn(checkout, paths)?.toSorted(),
          statusOf(checkout),
        );
      }
    }),
});

Deno.test({
  name:
    "gitEdits() takes no ends of lines for an edit, since git writes its own",
  ignore,
  fn: () =>
    repository(async (root) => {
      await write(root, { "a/long.ts": LONG.replaceAll("\n", "\r\n") });
      assert.deepEqual(editsIn(root, Object.keys(FILES)), []);
    }),
});

Deno.test({
  name: "gitEdits() does not tell when an object of git is missing",
  ignore,
  fn: () =>
    repository(async (root) => {
      const tree = git(root, "rev-parse", "HEAD:a");
      const path = join(root, ".git/objects", tree.slice(0, 2), tree.slice(2));
      await Deno.remove(path);
      assert.equal(editsIn(root, Object.keys(FILES)), undefined);
      // What does not need it is told.
      assert.deepEqual(editsIn(root, ["deno.json"]), []);
    }),
});
