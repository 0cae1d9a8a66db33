import assert from "node:assert/strict";
import { join } from "node:path";
import { gitRepository } from "../../../provenance/git/git_repository.ts";

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

Deno.test("gitRepository() knows none where there is none, or one that is not on the web", async () => {
  assert.equal(await repositoryOf("[core]\n\tbare = false\n"), undefined);
  assert.equal(await repositoryOf(remote("/srv/git/name.git")), undefined);
  assert.equal(gitRepository("/nowhere"), undefined);
});
