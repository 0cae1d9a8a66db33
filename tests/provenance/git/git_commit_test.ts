import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { gitCommit } from "../../../provenance/git/git_commit.ts";

const [HASH, OTHER] = ["a1".repeat(20), "b2".repeat(20)];

async function commitIn(
  files: Readonly<Record<string, string>>,
  folder = ".",
): Promise<string | null> {
  const root = await Deno.makeTempDir({ prefix: "cli-git-" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    return gitCommit(join(root, folder));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("gitCommit() follows HEAD to a branch", async () => {
  const commit = await commitIn({
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/refs/heads/main": `${HASH}\n`,
  });
  assert.equal(commit, HASH);
});

Deno.test("gitCommit() finds a branch among packed refs", async () => {
  const commit = await commitIn({
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/packed-refs":
      `# pack-refs with: peeled\n${OTHER} refs/heads/not-main\n${HASH} refs/heads/main\n`,
  });
  assert.equal(commit, HASH);
});

Deno.test("gitCommit() takes a detached HEAD", async () => {
  assert.equal(await commitIn({ ".git/HEAD": `${HASH}\n` }), HASH);
});

Deno.test("gitCommit() follows a worktree to its branch", async () => {
  const commit = await commitIn({
    "tree/.git": "gitdir: ../main/.git/worktrees/tree\n",
    "main/.git/worktrees/tree/HEAD": "ref: refs/heads/topic\n",
    "main/.git/worktrees/tree/commondir": "../..\n",
    "main/.git/refs/heads/topic": `${HASH}\n`,
  }, "tree");
  assert.equal(commit, HASH);
});

Deno.test("gitCommit() knows no commit outside a checkout, nor in one without commits", async () => {
  assert.equal(await commitIn({ "deno.json": "{}" }), null);
  assert.equal(await commitIn({ ".git/HEAD": "ref: refs/heads/main\n" }), null);
});
