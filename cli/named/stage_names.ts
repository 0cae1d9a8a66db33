/**
 * The names of all stages at a profile, quickly: who presses Tab does not wait
 * for pipelines to load.
 *
 * @module
 */
import { join } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import type { AnyPipeline, ProfileName } from "../../engine/define/pipeline.ts";
import {
  isString,
  listOf,
  recordOf,
  shapeOf,
} from "../../engine/define/shape.ts";
import { cacheFile } from "../../engine/keys/cache_file.ts";
import { storeFiles } from "../../engine/store/store_files.ts";
import { stagesOf } from "./stages.ts";

/** Folders of the project whose files say which stages there are, and what they are called. */
const FOLDERS = ["pipelines", "tasks", "shifts", "models", "data"];

/** Where names are looked for. */
export interface NamesAsked {
  readonly profile: ProfileName;
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the store, in which the names are left for the next time. */
  readonly store: string;
  /** The pipelines, loaded if the store does not have the names. */
  pipelines(): Promise<readonly AnyPipeline[]>;
}

const isContent = recordOf(
  shapeOf({ code: isString, names: listOf(isString) }),
);

/**
 * The names, each once: those that the store has as `names.json` if no file of
 * the pipelines has changed since. Only names may come from there: they are
 * words to choose from, and a stage is looked for in the pipelines themselves.
 */
export async function stageNames(
  { profile, root, store, pipelines }: NamesAsked,
): Promise<readonly string[]> {
  const file = cacheFile("names.json", { files: storeFiles(store), isContent });
  const before = file.read() ?? {};
  const code = codeOf(root);
  const known = before[profile];
  if (known?.code === code) return known.names;
  const names = [
    ...new Set(
      (await pipelines()).flatMap((pipeline) => stagesOf(pipeline, profile)),
    ),
  ];
  const current = Object.entries(before).filter(([, one]) => one.code === code);
  await file.write({
    ...Object.fromEntries(current),
    [profile]: { code, names },
  });
  return names;
}

/** Which files there are, how large, and when each was changed, in short. */
function codeOf(root: string): string {
  const files: string[] = [];
  const look = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = join(folder, name);
      if (isDirectory) look(path);
      else {
        // A link that leads nowhere is none of the code.
        const { size, mtime } = Deno.lstatSync(path);
        files.push(`${path} ${size} ${mtime?.getTime()}`);
      }
    }
  };
  for (const folder of FOLDERS) look(join(root, folder));
  return digestOf(new TextEncoder().encode(files.sort().join("\n")));
}
