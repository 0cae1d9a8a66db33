/**
 * Where a checkout comes from, read from the configuration of git.
 *
 * Format: https://git-scm.com/docs/git-config#_configuration_file
 *
 * @module
 */
import { join, resolve } from "node:path";
import { gitFolder, textOf } from "./git_commit.ts";

/**
 * The web address of the remote `origin` of a checkout, or `undefined` if it
 * has none, or one that is not on the web.
 */
export function gitRepository(root: string): string | undefined {
  const git = gitFolder(root);
  // A worktree shares the configuration.
  const shared = textOf(join(git, "commondir"))?.trim();
  const config = textOf(join(resolve(git, shared ?? "."), "config"));
  const section = /^\[remote "origin"\]\n((?:[ \t].*\n?)*)/m.exec(config ?? "")
    ?.[1];
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? "")?.[1];
  return url === undefined ? undefined : webAddress(url);
}

/** `git@host:owner/name.git` and `https://host/owner/name.git` as `https://host/owner/name`. */
function webAddress(url: string): string | undefined {
  const [, host, path] =
    /^(?:https:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([a-z0-9.-]+)[:/](.+?)(?:\.git)?\/?$/i
      .exec(url) ?? [];
  return host === undefined || path === undefined
    ? undefined
    : `https://${host}/${path}`;
}
