/**
 * Where a checkout can be read on the web.
 *
 * @module
 */
import { join } from "node:path";
import { gitRepository } from "./git_checkout.ts";

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
