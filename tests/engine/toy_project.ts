/** A project of this repository's code with a store of its own, for pipelines that a test builds in place. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Event } from "../../engine/run/event.ts";
import type {
  Reproduced,
  ReproduceOptions,
} from "../../engine/run/open_pipeline.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import { openProject, type Project } from "../../engine/run/project.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { workersHere } from "./workers_here.ts";

const ROOT = dirname(fileURLToPath(import.meta.resolve("../../deno.json")));

/** A project and what happens in it. */
export interface ToyProject extends AsyncDisposable {
  /** Folder of the store. */
  readonly store: string;
  open(): Promise<Project>;
  reproduce(
    pipelines: readonly AnyPipeline[],
    options?: Partial<Omit<ReproduceOptions, "ifComplete">> & {
      readonly ifComplete?: readonly AnyPipeline[];
    },
  ): Promise<readonly Reproduced<unknown>[]>;
}

/** Makes a project; `mirror` is a folder with copies of published files. */
export async function toyProject(mirror?: string): Promise<ToyProject> {
  const store = await Deno.makeTempDir({ prefix: "toy-" });
  const open = () =>
    openProject({
      root: ROOT,
      store,
      mirror,
      environments: [],
      workers: workersHere,
    });
  return {
    store,
    open,
    async reproduce(pipelines, { ifComplete = [], ...options } = {}) {
      const project = await open();
      return await project.reproduce(
        pipelines.map((pipeline) => project.open(pipeline, "smoke")),
        {
          force: new Set(),
          jobs: 2,
          signal: new AbortController().signal,
          emit: () => {},
          ifLocked: "refuse",
          clock: Date.now,
          ifComplete: ifComplete.map((one) => project.open(one, "smoke")),
          ...options,
        },
      );
    },
    [Symbol.asyncDispose]: () => Deno.remove(store, { recursive: true }),
  };
}

/** A pipeline without profiles. */
export function toyPipeline(
  name: string,
  build: () => Lazy<unknown>,
): AnyPipeline {
  return definePipeline<null, unknown>({
    module: import.meta.url,
    name,
    title: name,
    profiles: { smoke: null, default: null, full: null },
    build,
  });
}

/** What happened to stages, as `started stage of pipeline`. */
export function stageLines(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) =>
    "stage" in event
      ? [`${event.kind.slice(6)} ${event.stage} of ${event.pipeline}`]
      : []
  );
}
