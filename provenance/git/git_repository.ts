/**
 * Where a checkout comes from, read from the configuration of git.
 *
 * Format: https://git-scm.com/docs/git-config#_configuration_file
 *
 * @module
 */
import { join } from "node:path";
import { gitFolders, textOf } from "./git_commit.ts";

/**
 * The web address of the remote `origin` of a checkout, or `undefined` if it
 * has none, or one that is not on the web.
 */
export function gitRepository(root: string): string | undefined {
  const config = textOf(join(gitFolders(root).shared, "config")) ?? "";
  const origin = /^\[remote "origin"\]\n((?:[ \t].*\n?)*)/m.exec(config)?.[1];
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(origin ?? "")?.[1] ?? "";
  // Also `git@host:owner/name.git`.
  const [, host, path] =
    /^(?:https:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([a-z0-9.-]+)[:/](.+?)(?:\.git)?\/?$/i
      .exec(url) ?? [];
  return host === undefined ? undefined : `https://${host}/${path}`;
}
