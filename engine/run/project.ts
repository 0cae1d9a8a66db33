/**
 * A project: its folder, its store and its pipelines, opened to be planned or
 * run.
 *
 * @module
 */
import { join } from "node:path";
import { readAcceptedEdits } from "../keys/accepted_edits.ts";
import { codeReader } from "../keys/code.ts";
import type { CodeAtStart } from "../keys/code_at_start.ts";
import { graphOf } from "./graph.ts";
import { later } from "../define/later.ts";
import { factsCache } from "../keys/facts_cache.ts";
import type {
  OpenPipeline,
  Reproduced,
  ReproduceOptions,
} from "./open_pipeline.ts";
import { readPackageLock } from "../keys/packages.ts";
import type { Digest } from "../define/hash.ts";
import type { AnyPipeline, ProfileName } from "../define/pipeline.ts";
import { plan } from "./plan.ts";
import { checkLoaded, keysOf, reproduce, workersFor } from "./reproduce.ts";
import { codeOf, type KeyContext } from "../keys/static_key.ts";
import { openStore, type Store } from "../store/store.ts";
import { storeFiles } from "../store/store_files.ts";
import type { Environment } from "../define/task_context.ts";
import type { Workers } from "./workers/workers.ts";

/** Loaded where files of packages are looked at, which most runs do not. */
const packageFiles = later<typeof import("../keys/package_files.ts")>(
  import.meta.resolve("../keys/package_files.ts"),
);

/** Where a project is and what it runs on. */
export interface ProjectOptions {
  /** Folder with deno.json. */
  readonly root: string;
  /** Folder of the store; `.store` in the root unless said otherwise. */
  readonly store?: string;
  /** Folder with copies of published files, laid out by host and path. */
  readonly mirror?: string | undefined;
  /** What stages may depend on besides Deno and the platform. */
  readonly environments: readonly Environment[];
  /** The modules as they were before the pipelines were loaded; where it is given, they must not have changed since. */
  readonly atStart?: CodeAtStart;
  /** Where stages run; in isolates of this process unless given. */
  readonly workers?: (() => Workers) | undefined;
}

/** A project whose code has been read. */
export interface Project {
  /** The store that artifacts of the project are kept in. */
  readonly store: Store;
  /** Opens a pipeline. */
  open<T>(pipeline: AnyPipeline<T>, profile: ProfileName): OpenPipeline<T>;
  /**
   * Runs pipelines side by side, in one set of slots: a stage of the next one
   * starts where the one before leaves a slot free. A stage that several have
   * runs once.
   *
   * @param pipelines in the order in which they are served
   * @returns what came of each, in that order
   */
  reproduce<T>(
    pipelines: readonly OpenPipeline<T>[],
    options: ReproduceOptions<T>,
  ): Promise<readonly Reproduced<T>[]>;
  /**
   * Isolates in which stages of some pipelines can be run again, each in one of
   * its own.
   *
   * @param use the store in use, where it may be written
   * @throws {StoreError} if their code has changed since they were loaded
   */
  workersOf(
    pipelines: readonly Pick<OpenPipeline<unknown>, "module" | "graph">[],
    use:
      | { claim(name: string): Promise<{ readonly kind: "ours" | "theirs" }> }
      | undefined,
  ): Promise<Workers>;
  /**
   * Digests of the code of some modules and of all that they import, by path
   * from the root, in its order.
   *
   * @param modules file URLs
   * @throws {SyntaxError | ReferenceError} if that cannot be told
   */
  codeOf(modules: readonly string[]): Promise<ReadonlyMap<string, Digest>>;
  /** Paths of the files that decide what some modules do: their code, and what pins packages; throws as `codeOf`. */
  filesOf(modules: readonly string[]): Promise<readonly string[]>;
  /** Names of the packages that stages of some pipelines import. */
  packagesOf(
    pipelines: readonly Pick<OpenPipeline<unknown>, "graph">[],
  ): Promise<ReadonlySet<string>>;
  /**
   * Holds the files of these packages, and of what they depend on, against
   * what was published.
   *
   * @returns a line on what cannot be told, if that is so of some packages
   * @throws {Error} a line that names what is not as it was published, and the
   * way out
   */
  checkPackages(
    pipelines: readonly Pick<OpenPipeline<unknown>, "graph">[],
  ): Promise<string | undefined>;
}

/**
 * Opens a project.
 *
 * @throws {StoreError} if the store cannot be used
 */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { root, environments, mirror, atStart } = options;
  const store = await openStore(options.store ?? join(root, ".store"));
  const cache = factsCache(storeFiles(store.folder));
  const contextNow = async (): Promise<KeyContext> => {
    const lock = await readPackageLock(root);
    return { root, environments, code: codeReader(root, { lock, cache }) };
  };
  const context = await contextNow();

  const project: Project = {
    store,

    open<T>(
      pipeline: AnyPipeline<T>,
      profile: ProfileName,
    ): OpenPipeline<T> {
      const output = pipeline.build(profile);
      const graph = graphOf(output);
      const open: OpenPipeline<T> = {
        name: pipeline.name,
        module: pipeline.module,
        profile,
        output,
        graph,
        store,
        plan: (force) =>
          plan({
            ...context,
            graph,
            store,
            force,
            last: store.lastKeys(`${pipeline.name}.${profile}`),
            accepted: readAcceptedEdits(root),
          }),
        async reproduce(options) {
          const [only] = await project.reproduce([open], options);
          if (only === undefined) {
            throw new TypeError("Cannot reproduce nothing");
          }
          return only;
        },
      };
      return open;
    },

    async reproduce(pipelines, asked) {
      try {
        return await reproduce(pipelines, {
          ...asked,
          context: contextNow,
          store,
          mirror,
          atStart,
          startWorkers: options.workers ?? workersFor,
        });
      } finally {
        await Promise.all([cache.save(), store.saveIndex()]);
      }
    },

    async workersOf(pipelines, use) {
      const keys = await Promise.all(
        pipelines.map(({ graph }) => keysOf(graph, context)),
      );
      await checkLoaded(pipelines, { keys, context, atStart });
      return workersFor(keys, { context, store, use, reuse: false });
    },

    async codeOf(modules) {
      const { code } = await contextNow();
      const closures = await Promise.all(modules.map(code.closureOf));
      await cache.save(); // whoever asks does so again, and perhaps at the end
      const files = closures.flatMap(({ files }) => Object.entries(files));
      return new Map(
        [...new Map(files)].sort(([a], [b]) => a < b ? -1 : 1),
      );
    },

    async filesOf(modules) {
      const code = await project.codeOf(modules);
      const paths = new Set(["deno.json", "deno.lock", ...code.keys()]);
      return Array.from(paths, (path) => join(root, path));
    },

    async packagesOf(pipelines) {
      const names = new Set<string>();
      for (const { stage } of pipelines.flatMap(({ graph }) => graph.nodes)) {
        const { packages } = await codeOf(stage, context.code);
        for (const name of Object.keys(packages)) names.add(name);
      }
      return names;
    },

    async checkPackages(pipelines) {
      const { checkPackageFiles } = await packageFiles();
      const names = await project.packagesOf(pipelines);
      const lock = await readPackageLock(root);
      const files = storeFiles(store.folder);
      return await checkPackageFiles(names, { root, lock, files });
    },
  };
  return project;
}

/**
 * Opens one pipeline of a project.
 *
 * @throws {StoreError} if the store cannot be used
 */
export async function openPipeline<T>(
  pipeline: AnyPipeline<T>,
  { profile, project }: {
    readonly profile: ProfileName;
    readonly project: ProjectOptions;
  },
): Promise<OpenPipeline<T>> {
  return (await openProject(project)).open(pipeline, profile);
}
