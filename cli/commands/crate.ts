/**
 * `crate`: a run as an RO-Crate: its code, artifacts and what was executed, in
 * a form that other tools can read.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { relative } from "node:path/posix";
import { codeReader } from "../../engine/keys/code.ts";
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import { factsCache } from "../../engine/keys/facts_cache.ts";
import { readPackageLock } from "../../engine/keys/packages.ts";
import { openProject, type Project } from "../../engine/run/project.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { storeFiles } from "../../engine/store/store_files.ts";
import { hasProfile } from "../named/pipelines.ts";
import { profileNamed, STORE, VERBOSE } from "../arguments/options.ts";
import {
  crateEntities,
  crateMetadata,
  METADATA,
  RUN,
} from "../../provenance/crate/crate_metadata.ts";
import {
  type CratePipeline,
  pipelineEntities,
} from "../../provenance/crate/pipeline_entities.ts";
import { CODE } from "../../provenance/crate/workflow_entities.ts";
import { count } from "../display/quantities.ts";
import { madePipeline } from "../../provenance/lineage/made_pipeline.ts";
import { pathFrom, projectOf, storeFolderOf } from "../named/places.ts";
import { runNamed } from "../named/run_named.ts";
import { outcomeOf } from "../../publishing/run_outcome.ts";
import type { Shell } from "../shell/shell.ts";
import { text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The module that lists all pipelines. */
const REGISTRY = "pipelines/registry.ts";

/** The options of `crate`, and the words beside them. */
export const words = {
  to: {
    value: text("DIR"),
    needed: true,
    help: "Folder of the crate: a new one, or an empty one.",
  },
  withoutArtifacts: {
    help: "Names artifacts by their digest instead of copying them.",
  },
  run: {
    positional: true,
    value: text("RUN"),
    default: "latest",
    help:
      "Id of the run, the beginning of one, latest (unless said otherwise) or previous.",
  },
  store: STORE,
  verbose: VERBOSE,
} as const satisfies Words;

/** What a line asks of `crate`. */
type Crate = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Crate, shell: Shell): Promise<number> {
  const { root } = shell;
  const withArtifacts = !command.withoutArtifacts;
  const historic = runNamed(
    command.run,
    runHistory(storeFolderOf(shell, command.store)).list(),
  );
  const project = await openProject(
    projectOf(shell, { store: command.store, environments: [] }),
  );
  const { store } = project;
  const pipelines = await pipelinesIn(historic, { shell, project });
  const folder = resolve(shell.folder, command.to);
  const write = await newFolder(folder, command.to);
  const entities = pipelines.map((pipeline) =>
    pipelineEntities(pipeline, { runId: historic.id, root, withArtifacts })
  );
  const code = await codeOf(pipelines, { root, store: store.folder });
  const encoder = new TextEncoder();
  await write(RUN, encoder.encode(JSON.stringify(historic, null, 2)));
  for (const path of code.keys()) {
    await write(`${CODE}${path}`, await Deno.readFile(join(root, path)));
  }
  const everything = crateEntities({
    run: historic,
    outcome: outcomeOf(historic),
    pipelines: entities,
    registry: REGISTRY,
    code: [...code.keys()],
    changed: changedIn(code, pipelines),
    version: shell.version,
  });
  const artifacts = everything.filter((one) =>
    one["@id"].startsWith("artifacts/")
  );
  for (const { "@id": path, sha256 } of artifacts) {
    await write(path, await store.object(`${sha256}`));
  }
  // Last: without it the folder is no crate.
  await write(METADATA, encoder.encode(crateMetadata(everything)));
  const path = pathFrom(shell.folder, join(folder, METADATA));
  shell.stdout.write(
    `Run ${historic.id} as an RO-Crate: ${path}, ${
      count(code.size, "file")
    } of code, ${count(artifacts.length, "artifact")}\n`,
  );
  return 0;
}

/** The pipelines of a run, as far as they are still there. */
async function pipelinesIn(
  { id, profile, pipelines }: HistoricRun,
  { shell, project }: { readonly shell: Shell; readonly project: Project },
): Promise<readonly CratePipeline[]> {
  const at = profileNamed(profile);
  const registry = await shell.registry();
  const found = registry.pipelines.flatMap((pipeline): CratePipeline[] => {
    const run = pipelines[pipeline.name];
    if (run === undefined || !hasProfile(at)(pipeline)) return [];
    const made = madePipeline(pipeline, {
      project,
      profile: at,
      keyOf: (stage) => run.stages[stage]?.key,
    });
    const module = relative(shell.root, fileURLToPath(pipeline.module));
    return [{ title: pipeline.title, module, made, run }];
  });
  if (found.length > 0) return found;
  const names = Object.keys(pipelines).join(", ");
  throw new Error(
    `Cannot make a crate of run ${id}: none of its pipelines (${names}) is there any more`,
  );
}

/** Digest of each module that the pipelines import, by path. */
async function codeOf(
  pipelines: readonly CratePipeline[],
  { root, store }: { readonly root: string; readonly store: string },
): Promise<ReadonlyMap<string, string>> {
  const reader = codeReader(root, {
    lock: await readPackageLock(root),
    cache: factsCache(storeFiles(store)),
  });
  const modules = pipelines.map(({ module }) => module);
  if (modules.length > 1) modules.push(REGISTRY);
  const closures = await Promise.all(
    modules.map((path) => pathToFileURL(join(root, path)).href)
      .map(reader.closureOf),
  );
  const code = closures.flatMap(({ files }) => Object.entries(files));
  return new Map(code.sort(([a], [b]) => a < b ? -1 : 1));
}

/** Paths of code that some stage ran with as it is no longer. */
function changedIn(
  code: ReadonlyMap<string, string>,
  pipelines: readonly CratePipeline[],
): ReadonlySet<string> {
  const changed = pipelines.flatMap(({ made: { open, recordOf } }) =>
    open.graph.nodes.map(({ stage }) => recordOf(stage.name)?.key.code ?? {})
  ).flatMap((then) =>
    Object.keys(then).filter((path) =>
      code.has(path) && code.get(path) !== then[path]
    )
  );
  return new Set(changed);
}

/**
 * Makes a folder.
 *
 * @param name the folder as it was named
 * @returns a function that writes a file of it
 * @throws {Error} if it cannot be made, or holds anything
 */
async function newFolder(folder: string, name: string) {
  const refuse = (state: string, cause?: unknown): never => {
    throw new Error(`Cannot write a crate to "${name}": ${state}`, { cause });
  };
  const failed = (cause: Error) =>
    refuse(
      cause instanceof Deno.errors.AlreadyExists
        ? "it is a file; name a new folder, or an empty one"
        : /\(os error (1|13|30)\)/.test(cause.message)
        ? "permission denied; name another folder with --to"
        : /\(os error 20\)/.test(cause.message)
        ? "a file is in the way; name another folder with --to"
        : cause.message,
      cause,
    );
  await Deno.mkdir(folder, { recursive: true }).catch(failed);
  for await (const { name: found } of Deno.readDir(folder)) {
    refuse(`it holds "${found}"; name a new folder, or an empty one`);
  }
  return async (path: string, content: Uint8Array): Promise<void> => {
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true }).catch(failed);
    await Deno.writeFile(target, content).catch(failed);
  };
}
