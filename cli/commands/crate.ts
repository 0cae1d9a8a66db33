/**
 * `crate`: a run as an RO-Crate: its code, artifacts and what was executed, in
 * a form that other tools can read.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { relative } from "node:path/posix";
import { codeReader } from "../../engine/code.ts";
import { knownFiles } from "../../engine/known_files.ts";
import { readPackageLock } from "../../engine/packages.ts";
import { openProject, type Project } from "../../engine/project.ts";
import { type HistoricRun, runHistory } from "../../engine/run_history.ts";
import { storeFiles } from "../../engine/store_files.ts";
import { profileNamed } from "../choose.ts";
import { crateMetadata, METADATA, RUN } from "../crate/crate_metadata.ts";
import {
  CODE,
  type CratePipeline,
  pipelineEntities,
} from "../crate/pipeline_entities.ts";
import { count } from "../display/quantities.ts";
import type { Crate } from "../grammar/crate.ts";
import { pathFrom, projectOf, storeFolderOf } from "../project_of.ts";
import { runNamed } from "../run_named.ts";
import type { Shell } from "../shell.ts";

/** The module that lists all pipelines. */
const REGISTRY = "pipelines/registry.ts";

/** @returns the exit code */
export async function run(command: Crate, shell: Shell): Promise<number> {
  const { root } = shell;
  const historic = runNamed(
    command.run,
    runHistory(storeFolderOf(shell, command.store)).list(),
  );
  const folder = resolve(shell.folder, command.to);
  await checkEmpty(folder, command.to);
  const place = { folder, name: command.to };
  const project = await openProject(
    projectOf(shell, { store: command.store, environments: [] }),
  );
  const pipelines = await pipelinesIn(historic, { shell, project });
  const withArtifacts = !command.withoutArtifacts;
  const entities = pipelines.map((pipeline) =>
    pipelineEntities(pipeline, { runId: historic.id, root, withArtifacts })
  );
  const code = await codeOf(pipelines, { root, store: project.store.folder });
  await writeAll(place, [
    [RUN, JSON.stringify(historic, null, 2)],
    ...await Promise.all(
      [...code.keys()].map(async (path) =>
        [`${CODE}${path}`, await Deno.readFile(join(root, path))] as const
      ),
    ),
  ]);
  const artifacts = new Map(
    entities.flatMap(({ artifacts }) => artifacts)
      .map(({ path, digest }) => [path, digest]),
  );
  for (const [path, digest] of artifacts) {
    if (path === undefined) continue;
    await writeAll(place, [[path, await project.store.object(digest)]]);
  }
  const metadata = crateMetadata({
    run: historic,
    pipelines: entities,
    registry: REGISTRY,
    code: [...code.keys()],
    changed: changedIn(code, pipelines),
    version: shell.version,
  });
  // Last: without it the folder is no crate.
  await writeAll(place, [[METADATA, metadata]]);
  shell.stdout.write(
    `Run ${historic.id} as an RO-Crate: ${
      pathFrom(shell.folder, join(folder, METADATA))
    }, ${count(code.size, "file")} of code, ${
      count(withArtifacts ? artifacts.size : 0, "artifact")
    }\n`,
  );
  return 0;
}

/** The pipelines of a run, as far as they are still there. */
async function pipelinesIn(
  run: HistoricRun,
  { shell, project }: { readonly shell: Shell; readonly project: Project },
): Promise<readonly CratePipeline[]> {
  const { pipelines } = await shell.registry();
  const profile = profileNamed(run.profile);
  const found = pipelines.flatMap((pipeline): CratePipeline[] => {
    const { name, title, module } = pipeline;
    const became = run.pipelines[name];
    if (became === undefined || !pipeline.profiles.includes(profile)) return [];
    const { graph } = project.open(pipeline, profile);
    return [{
      ...{ name, title, graph, run: became },
      module: relative(shell.root, fileURLToPath(module)),
      recordOf(stage) {
        const { key } = became.stages[stage] ?? {};
        return key === undefined ? undefined : project.store.record(key);
      },
    }];
  });
  if (found.length === 0) {
    throw new Error(
      `Cannot make a crate of run ${run.id}: none of its pipelines (${
        Object.keys(run.pipelines).join(", ")
      }) is there any more`,
    );
  }
  return found;
}

/** Digest of each module that the pipelines import, by path. */
async function codeOf(
  pipelines: readonly CratePipeline[],
  { root, store }: { readonly root: string; readonly store: string },
): Promise<ReadonlyMap<string, string>> {
  const reader = codeReader(root, {
    lock: await readPackageLock(root),
    known: knownFiles(storeFiles(store)),
  });
  const modules = pipelines.map(({ module }) => module);
  if (modules.length > 1) modules.push(REGISTRY);
  const code = new Map<string, string>();
  for (const module of modules) {
    const { files } = await reader.closureOf(
      pathToFileURL(join(root, module)).href,
    );
    for (const [path, digest] of Object.entries(files)) code.set(path, digest);
  }
  return new Map([...code].sort(([a], [b]) => a < b ? -1 : 1));
}

/** Paths of code that some stage ran with as it is no longer. */
function changedIn(
  code: ReadonlyMap<string, string>,
  pipelines: readonly CratePipeline[],
): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const { graph, recordOf } of pipelines) {
    for (const { stage } of graph.nodes) {
      const then = Object.entries(recordOf(stage.name)?.key.code ?? {});
      for (const [path, digest] of then) {
        if (code.has(path) && code.get(path) !== digest) changed.add(path);
      }
    }
  }
  return changed;
}

async function checkEmpty(folder: string, name: string): Promise<void> {
  const { isDirectory } = await Deno.stat(folder).catch((error) => {
    if (error instanceof Deno.errors.NotFound) {
      return { isDirectory: undefined };
    }
    throw crateError(name, error);
  });
  if (isDirectory === undefined) return;
  if (!isDirectory) {
    throw new Error(
      `Cannot write a crate to "${name}": it is a file; name a new folder, or an empty one`,
    );
  }
  for await (const { name: found } of Deno.readDir(folder)) {
    throw new Error(
      `Cannot write a crate to "${name}": it holds "${found}"; name a new folder, or an empty one`,
    );
  }
}

/** @param name the folder as it was named */
async function writeAll(
  { folder, name }: { readonly folder: string; readonly name: string },
  files: Iterable<readonly [path: string, content: string | Uint8Array]>,
): Promise<void> {
  try {
    for (const [path, content] of files) {
      const target = join(folder, path);
      await Deno.mkdir(dirname(target), { recursive: true });
      if (typeof content === "string") {
        await Deno.writeTextFile(target, content);
      } else await Deno.writeFile(target, content);
    }
  } catch (error) {
    throw crateError(name, error);
  }
}

function crateError(name: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  const state = /\(os error (1|13|30)\)/.test(message)
    ? "permission denied; name another folder with --to"
    : /\(os error 20\)/.test(message)
    ? "a file is in the way; name another folder with --to"
    : message;
  return new Error(`Cannot write a crate to "${name}": ${state}`, { cause });
}
