/**
 * Writes package_files.json: what the files of all packages that stages read
 * are. Deno downloads them afresh, into a cache of their own, and holds every
 * archive against deno.lock; its own cache, and node_modules, may have been
 * altered.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pinsOf } from "../engine/keys/package_files.ts";
import { readPackageLock } from "../engine/keys/packages.ts";
import { openProject } from "../engine/run/project.ts";
import { pipelines } from "../pipelines/registry.ts";
import { runTool } from "./run_tool.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** What packages follow from, and how Deno gets them. */
const COPIED = ["deno.json", "deno.lock", "package.json", ".npmrc"];

/** Names of the packages that stages of all pipelines import. */
export async function packagesRead(
  store: string,
): Promise<ReadonlySet<string>> {
  const project = await openProject({ root: ROOT, store, environments: [] });
  return await project.packagesOf(
    pipelines.flatMap((pipeline) =>
      pipeline.profiles.map((profile) => project.open(pipeline, profile))
    ),
  );
}

/**
 * Downloads the packages of this project into a folder.
 *
 * @throws {Error} if Deno cannot; an archive that is not the one of deno.lock is
 * a reason
 */
async function download(folder: string): Promise<void> {
  for (const name of COPIED) {
    await Deno.copyFile(join(ROOT, name), join(folder, name)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "--frozen"],
    cwd: folder,
    env: { DENO_DIR: join(folder, "cache") },
  }).spawn().status;
  if (success) return;
  throw new Error('Cannot download the packages: "deno install" says why');
}

async function write(): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await download(folder);
    const names = await packagesRead(join(folder, "store"));
    const lock = await readPackageLock(folder);
    const pins = pinsOf(names, { root: folder, lock });
    await Deno.writeTextFile(
      join(ROOT, "package_files.json"),
      `${JSON.stringify(pins, null, 2)}\n`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const summary =
    "Downloads all packages anew and writes package_files.json: what their files are.";
  Deno.exit(
    await runTool(
      { name: "packages", summary, words: {}, work: write },
      Deno.args,
    ),
  );
}
