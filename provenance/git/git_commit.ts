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
  const { own, shared } = gitFolders(root);
  const head = textOf(join(own, "HEAD")) ?? "";
  const branch = /^ref: (refs\/\S+)$/m.exec(head)?.[1];
  const text = branch === undefined ? head : textOf(join(shared, branch)) ??
    textOf(join(shared, "packed-refs"))?.split("\n")
      .find((line) => line.endsWith(` ${branch}`)) ??
    "";
  return /^([0-9a-f]{40}|[0-9a-f]{64})(?=\s|$)/.exec(text)?.[0] ?? null;
}

/** Where git keeps what belongs to a checkout, and what all worktrees share. */
export function gitFolders(
  root: string,
): { readonly own: string; readonly shared: string } {
  const path = join(root, ".git");
  // In a worktree it is a file that names the folder.
  const target = /^gitdir: (.+)$/m.exec(textOf(path) ?? "")?.[1];
  const own = target === undefined ? path : resolve(root, target);
  const common = textOf(join(own, "commondir"))?.trim() ?? ".";
  return { own, shared: resolve(own, common) };
}

/** The text of a small file, or `undefined` if there is none that can be read. */
export function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
