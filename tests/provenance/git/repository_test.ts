import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryOf } from "../../../provenance/git/git_checkout.ts";

/** The repository of a checkout with this deno.json and the origin `https://example.org/a/b`. */
async function repositoryWith(config: string): Promise<string | undefined> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, ".git"));
    await Deno.writeTextFile(
      join(root, ".git", "config"),
      '[remote "origin"]\n\turl = https://example.org/a/b.git\n',
    );
    await Deno.writeTextFile(join(root, "deno.json"), config);
    return repositoryOf(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("repositoryOf() takes the address in deno.json before the remote", async () => {
  assert.equal(
    await repositoryWith('{ "repository": "https://github.com/o/n.git" }'),
    "https://github.com/o/n",
  );
});

for (
  const config of ["{}", "no JSON", '{ "repository": "javascript:x" }', "null"]
) {
  Deno.test(`repositoryOf() takes the remote where deno.json is ${config}`, async () => {
    assert.equal(await repositoryWith(config), "https://example.org/a/b");
  });
}

Deno.test("repositoryOf() knows none outside a checkout", () => {
  assert.equal(repositoryOf("/nowhere"), undefined);
});
