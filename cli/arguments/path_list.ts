import { UsageError } from "./usage_error.ts";

/**
 * Paths as a flag of Deno takes them.
 *
 * @throws {UsageError} if one of them has a comma, which a flag cannot say
 */
export function pathList(paths: readonly string[]): string {
  const unfit = paths.find((path) => path.includes(","));
  if (unfit !== undefined) {
    throw new UsageError(
      `Cannot permit "${unfit}": to Deno a comma ends a path; name a link to it that has none`,
    );
  }
  return paths.join(",");
}
