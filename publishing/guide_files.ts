/**
 * The guide of a project, whose pages are on its site too.
 *
 * @module
 */
import { join } from "node:path";

/** Folder of the guide in a project. */
const FOLDER = "docs/guide";

/** Each page of the guide by its path from the root of the project; none where there is no guide. */
export function guideOf(root: string): ReadonlyMap<string, string> {
  try {
    return new Map(
      Array.from(Deno.readDirSync(join(root, FOLDER)), ({ name }) => name)
        .filter((name) => name.endsWith(".md")).sort()
        .map((name) => {
          const path = `${FOLDER}/${name}`;
          return [path, Deno.readTextFileSync(join(root, path))];
        }),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw error;
  }
}
