/**
 * Notices when the code of a project is edited.
 *
 * @module
 */
import { join, relative } from "node:path";

/** What results and pages depend on; in a project without one of them nothing is missed. */
const WATCHED = [
  "pipelines",
  "tasks",
  "models",
  "shifts",
  "data",
  "stats",
  "engine",
  "reports",
  "cli",
  "publishing",
  "provenance",
  "docs/guide",
  "deno.json",
  "deno.lock",
];

/** An editor that saves makes several changes at once. */
const PAUSE_MILLISECONDS = 80;

/**
 * Calls `onChange` with the paths that were edited, until the signal is raised.
 *
 * @param root folder of the project
 */
export async function watchCode(
  root: string,
  { signal, onChange }: {
    readonly signal: AbortSignal;
    readonly onChange: (paths: readonly string[]) => void;
  },
): Promise<void> {
  const there: string[] = [];
  for (const name of WATCHED) {
    const path = join(root, name);
    if (await Deno.stat(path).then(() => true, () => false)) there.push(path);
  }
  if (there.length === 0 || signal.aborted) return;
  const watcher = Deno.watchFs(there);
  signal.addEventListener("abort", () => watcher.close(), { once: true });
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for await (const { kind, paths } of watcher) {
      if (kind === "access" || kind === "other") continue;
      for (const path of paths) {
        if (isCode(path)) changed.add(relative(root, path));
      }
      if (changed.size === 0) continue;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const paths = [...changed].sort();
        changed.clear();
        onChange(paths);
      }, PAUSE_MILLISECONDS);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Whatever code may name; not what editors leave beside a file while it is saved. */
function isCode(path: string): boolean {
  return /\/[^/.~#][^/~#]*\.(?!(?:tmp|bak|orig|swp)$)[a-z]\w*$/i.test(path);
}
