/**
 * What of a project's code is not as the commit has it, for whoever tells the
 * commit.
 *
 * @module
 */
import { relative } from "node:path/posix";
import type { Project } from "../engine/project.ts";

// Not written where it is imported: where nothing ran nobody needs it.
const EDITS = import.meta.resolve("./git_edits.ts");

/**
 * Paths, below the root, of those files that decide what some modules do and
 * that differ from a commit; `undefined` where that cannot be told.
 *
 * @param modules file URLs
 */
export async function editedFiles(
  modules: readonly string[],
  { project, root, commit }: {
    readonly project: Pick<Project, "filesOf">;
    readonly root: string;
    readonly commit: string | null;
  },
): Promise<readonly string[] | undefined> {
  if (commit === null) return undefined;
  const [files, { gitEdits }] = await Promise.all([
    project.filesOf(modules),
    import(EDITS) as Promise<typeof import("./git_edits.ts")>,
  ]);
  const paths = files.map((file) => relative(root, file)).sort();
  return gitEdits(paths, { root, commit });
}
