import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import {
  gitCommit,
  gitRepository,
} from "../../../provenance/git/git_checkout.ts";

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

async function repositoryOf(config: string): Promise<string | undefined> {
  const root = await Deno.makeTempDir({ prefix: "git-repository-" });
  try {
    await Deno.mkdir(join(root, ".git"));
    await Deno.writeTextFile(join(root, ".git", "config"), config);
    return gitRepository(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const remote = (url: string) =>
  `[core]\n\tbare = false\n[remote "other"]\n\turl = https://no.example/a/b\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[branch "main"]\n`;

for (
  const url of [
    "https://github.com/owner/name.git",
    "https://token@github.com/owner/name",
    "git@github.com:owner/name.git",
    "ssh://git@github.com/owner/name",
  ]
) {
  Deno.test(`gitRepository() reads ${url}`, async () => {
    assert.equal(
      await repositoryOf(remote(url)),
      "https://github.com/owner/name",
    );
  });
}

Deno.test("gitRepository() keeps the port of a web server, and drops that of ssh", async () => {
  for (
    const [url, address] of [
      ["https://git.lab.org:8443/o/n.git", "https://git.lab.org:8443/o/n"],
      ["ssh://git@git.lab.org:2222/o/n.git", "https://git.lab.org/o/n"],
    ] as const
  ) assert.equal(await repositoryOf(remote(url)), address);
});

Deno.test("gitRepository() knows none where there is none, or one that is not on the web", async () => {
  assert.equal(await repositoryOf("[core]\n\tbare = false\n"), undefined);
  assert.equal(await repositoryOf(remote("/srv/git/name.git")), undefined);
  assert.equal(gitRepository("/nowhere"), undefined);
});
