/**
 * Objects of git: commits and the lists of files that they name.
 *
 * Formats: https://git-scm.com/docs/gitrepository-layout
 *
 * @module
 */
import { join, resolve } from "node:path";
import { inflateSync } from "node:zlib";
import { gitFolder, textOf } from "./git_commit.ts";
import { type GitPack, type ReadObject, readPacked } from "./git_pack.ts";

/**
 * Reads objects of the checkout in a folder, without what they are; `undefined`
 * for one that is not there.
 */
export function gitObjects(root: string): ReadObject {
  const folders = objectFolders(root);
  const packs = folders.flatMap(packsIn);
  const read: ReadObject = (id) => {
    for (const folder of folders) {
      const loose = looseIn(folder, id);
      if (loose !== undefined) return loose;
    }
    for (const pack of packs) {
      const packed = readPacked(id, pack, read);
      if (packed !== undefined) return packed;
    }
    return undefined;
  };
  return read;
}

/** Where objects lie: of the repository, and of those that it borrows from. */
function objectFolders(root: string): readonly string[] {
  const git = gitFolder(root);
  // A worktree shares the objects.
  const shared = textOf(join(git, "commondir"))?.trim() ?? ".";
  const folders = new Set([resolve(git, shared, "objects")]);
  for (const folder of folders) { // grows while it is walked
    const others = textOf(join(folder, "info", "alternates")) ?? "";
    for (const other of others.split("\n")) {
      if (other !== "") folders.add(resolve(folder, other));
    }
  }
  return [...folders];
}

function packsIn(folder: string): readonly GitPack[] {
  const path = join(folder, "pack");
  try {
    return Array.from(Deno.readDirSync(path), ({ name }) => name)
      .filter((name) => name.endsWith(".idx")).sort()
      .map((name) => ({
        index: join(path, name),
        pack: join(path, name.replace(/\.idx$/, ".pack")),
      }));
  } catch {
    return []; // as in a new repository
  }
}

/** An object in a file of its own: `commit 231`, a zero, the content, deflated. */
function looseIn(folder: string, id: string): Uint8Array | undefined {
  let deflated: Uint8Array;
  try {
    deflated = Deno.readFileSync(join(folder, id.slice(0, 2), id.slice(2)));
  } catch {
    return undefined;
  }
  const bytes = inflateSync(deflated);
  return bytes.subarray(bytes.indexOf(0) + 1);
}
