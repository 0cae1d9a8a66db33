/**
 * The commit that a checkout is at and where it comes from, read from the files
 * of git: git itself need not be installed, nor may it be run.
 *
 * Layout: https://git-scm.com/docs/gitrepository-layout, and of its
 * configuration: https://git-scm.com/docs/git-config#_configuration_file
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

/**
 * The web address of the remote `origin` of a checkout, or `undefined` if it
 * has none, or one that is not on the web.
 */
export function gitRepository(root: string): string | undefined {
  const config = textOf(join(gitFolders(root).shared, "config")) ?? "";
  const origin = /^\[remote "origin"\]\n((?:[ \t].*\n?)*)/m.exec(config)?.[1];
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(origin ?? "")?.[1] ?? "";
  const found = /^git@([a-z0-9.-]+):(.+)$/i.exec(url);
  const [host, path] = found?.slice(1) ?? onTheWeb(url);
  return host === undefined
    ? undefined
    : `https://${host}/${path?.replace(/^\/|(\.git)?\/?$/g, "")}`;
}

/** Host and path of a URL; nothing where it is none, or not on the web. A port of ssh is none of a web server. */
function onTheWeb(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { protocol, host, hostname, username, pathname } = new URL(url);
  if (protocol === "https:") return [host, pathname];
  return protocol === "ssh:" && username === "git" ? [hostname, pathname] : [];
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
function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * The web address of the repository of a checkout: `repository` in its
 * deno.json, or else its remote `origin`; `undefined` where neither is one.
 */
export function repositoryOf(root: string): string | undefined {
  return namedIn(join(root, "deno.json")) ?? gitRepository(root);
}

/** The address in a deno.json, if it has one that is on the web. */
function namedIn(path: string): string | undefined {
  try {
    const { repository } = JSON.parse(Deno.readTextFileSync(path));
    return typeof repository === "string" &&
        /^https:\/\/[a-z0-9.-]+\/[^\s?#]+$/i.test(repository)
      ? repository.replace(/(?:\.git)?\/?$/, "")
      : undefined;
  } catch {
    return undefined;
  }
}
