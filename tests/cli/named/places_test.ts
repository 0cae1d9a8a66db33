import assert from "node:assert/strict";
import { join } from "node:path";
import { siteFolderFor, storeFolderOf } from "../../../cli/named/places.ts";
import type { Shell } from "../../../cli/shell/shell.ts";
import type { ProfileName } from "../../../engine/define/pipeline.ts";
import { writeSite } from "../../../publishing/site_folder.ts";

Deno.test("siteFolderFor() gives a folder beside the site of a larger profile", async () => {
  const root = await Deno.makeTempDir({ prefix: "site-folder-" });
  try {
    const shell = { root, folder: root } as Shell;
    const folderFor = (profile: ProfileName, replace = false) =>
      siteFolderFor(shell, { site: undefined, profile, replace });
    const site = join(root, "site");
    assert.equal(folderFor("smoke"), site); // there is none yet
    const files = new Map([["a", "a"]]);
    await writeSite(site, { files, profile: "default", complete: true });
    assert.equal(folderFor("smoke"), join(root, "site-smoke"));
    assert.equal(folderFor("smoke", true), site);
    assert.equal(folderFor("default"), site);
    assert.equal(folderFor("full"), site);
    await writeSite(site, { files, complete: true }); // of no profile
    assert.equal(folderFor("smoke"), site);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

const linked = Deno.makeTempDirSync({ prefix: "linked-places-" });
for (const name of ["site", ".store"]) {
  Deno.symlinkSync(`/media/${name}`, join(linked, name));
}

Deno.test(
  "storeFolderOf() and siteFolderFor() refuse a link of the project to where Deno may not write, and say what to name",
  { permissions: { read: [linked], write: [linked] } },
  () => {
    const shell = { root: linked, folder: linked } as Shell;
    const site = (site?: string) =>
      siteFolderFor(shell, { site, profile: "smoke", replace: false });
    assert.throws(() => storeFolderOf(shell, undefined), {
      message:
        'Cannot use the store ".store": it is a link to "/media/.store", which Deno may not write; name that with --store',
    });
    assert.throws(() => site(), {
      message:
        'Cannot use the site "site": it is a link to "/media/site", which Deno may not write; name that with --site',
    });
    assert.equal(storeFolderOf(shell, "/media/.store"), "/media/.store");
    assert.equal(site("/media/site"), "/media/site");
  },
);
