/**
 * The commit that a folder is at, read from the files of git: git itself need
 * not be installed, nor may it be run.
 *
 * Layout: https://git-scm.com/docs/gitrepository-layout
 *
 * @module
 */
import { join, resolve } from "node:path";

/** The full hash of the commit checked out in a folder, or `null` outside a checkout. */
export function gitCommit(root: string): string | null {
  const git = gitFolder(root);
  const head = textOf(join(git, "HEAD"))?.trim() ?? "";
  const name = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  if (name === undefined) return hashOrNull(head);
  // A worktree has its own HEAD and shares the rest.
  const shared = textOf(join(git, "commondir"))?.trim();
  for (const folder of [git, resolve(git, shared ?? ".")]) {
    const loose = textOf(join(folder, name))?.trim();
    if (loose !== undefined) return hashOrNull(loose);
    const packed = textOf(join(folder, "packed-refs"));
    const line = packed?.split("\n").find((line) => line.endsWith(` ${name}`));
    if (line !== undefined) return hashOrNull(line.split(" ")[0] ?? "");
  }
  return null;
}

/** The folder of git: `.git`, or the folder that a file of that name points at. */
export function gitFolder(root: string): string {
  const path = join(root, ".git");
  const pointer = textOf(path);
  const target = /^gitdir: (.+)$/m.exec(pointer ?? "")?.[1];
  return target === undefined ? path : resolve(root, target);
}

function hashOrNull(text: string): string | null {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text) ? text : null;
}

/** The text of a small file, or `undefined` if there is none that can be read. */
export function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
