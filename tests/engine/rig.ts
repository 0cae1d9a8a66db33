/**
 * A temporary project whose modules a test writes and edits, whose pipeline
 * runs in this process or in one of its own, and whose runs are counted.
 *
 * Every task of a rig calls `count("…")`, which appends a line to a file: what
 * really ran, whatever the engine says.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Event } from "../../engine/run/event.ts";
import type {
  OpenPipeline,
  Reproduced,
  ReproduceOptions,
} from "../../engine/run/open_pipeline.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { openPipeline, type ProjectOptions } from "../../engine/run/project.ts";
import { sentenceOf } from "../../engine/keys/cause.ts";
import { workersHere } from "./workers_here.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Packages that modules of a rig, and the engine below them, import. */
const PACKAGES = ["zod", "pure-rand"];

/** What one run did. */
export interface Ran extends Reproduced<unknown> {
  readonly events: readonly Event[];
  /** Lines that tasks counted in this run, sorted. */
  readonly runs: readonly string[];
  /** The output, if all of it could be made. */
  readonly value: unknown;
}

/** A temporary project. */
export interface Rig extends AsyncDisposable {
  /** Folder of the store. */
  readonly store: string;
  /** The modules by path; `pipeline.ts` exports `pipeline`. `@engine/` is replaced. */
  readonly files: Record<string, string>;
  /** Replaces text in a module; the text must be there. */
  edit(path: string, change: readonly [before: string, after: string]): void;
  open(): Promise<OpenPipeline<unknown>>;
  reproduce(options?: Partial<ReproduceOptions>): Promise<Ran>;
  /** Sentences of what would run, by stage. */
  plan(force?: readonly string[]): Promise<Readonly<Record<string, string[]>>>;
  /** The plan itself. */
  planned(): Promise<readonly PlannedStage[]>;
  /** Starts the pipeline in a process of its own. */
  spawn(options?: {
    /** The module that is started; `main.ts` unless given. */
    readonly module?: string;
    /** What it is told besides the folders of the project and the store. */
    readonly args?: readonly string[];
    readonly ifLocked?: "wait" | "refuse";
    /** A command that runs the command appended to it. */
    readonly within?: readonly string[];
  }): RigProcess;
  /** Lines counted since the last look, sorted. */
  counted(): readonly string[];
  /** Path of a file of the rig: `1/…` of the project as it was first, of which tasks may read `1/node_modules/…`. */
  path(name: string): string;
}

/** A pipeline that runs in a process of its own. */
export interface RigProcess {
  readonly process: Deno.ChildProcess;
  /** Waits until it has emitted so many events of one kind, or has ended. */
  until(kind: string, count?: number): Promise<void>;
  /** What it wrote, once it has ended. */
  end(): Promise<
    { readonly code: number; readonly output: string; readonly error: string }
  >;
}

/** The unit of progress that is no progress, but a line counted in a worker; a process says so once it is written. */
const COUNTED = "counted";

/** A worker may write nothing: it says what it counts as progress. */
const COUNT = `
export function count(line: string): void {
  if (!("postMessage" in globalThis)) return log(line);
  const progress = { unit: "${COUNTED}", done: 0, total: 0, note: line };
  (globalThis as unknown as Worker).postMessage({ kind: "progress", stage: 0, progress });
}
export function log(line: string): void {
  Deno.writeTextFileSync(LOG, line + "\\n", { append: true });
}
`;

const MAIN = `
import { openPipeline } from "@engine/run/project.ts";
import { log } from "./count.ts";
import { pipeline } from "./pipeline.ts";
const [root, store, ifLocked, executor] = Deno.args as [string, string, "wait" | "refuse", string?];
const open = await openPipeline(pipeline, {
  profile: "smoke",
  project: { root, store, environments: [] },
});
const { output, result } = await open.reproduce({
  force: new Set(),
  jobs: 2,
  signal: new AbortController().signal,
  emit(event) {
    if (event.kind === "stage-progress" && event.progress.unit === "${COUNTED}") {
      if (executor === "workers") return; // a worker has counted it
      log(event.progress.note ?? "");
      console.log("${COUNTED}", event.stage);
    } else console.log(event.kind, "stage" in event ? event.stage : "");
  },
  ifLocked,
  forWorkers: executor === "workers" ? () => true : undefined,
  clock: Date.now,
});
console.log(JSON.stringify(output));
for (const { message } of result.failures) console.error(message);
Deno.exit(result.failures.length === 0 ? 0 : 1);
`;

/** Makes a project of these modules whose stages run in the isolate of the test, in half of the time: where workers are not what is tried. */
export function newRigHere(
  files: Readonly<Record<string, string>>,
): Promise<Rig> {
  return newRig(files, { workers: workersHere });
}

/** Makes a project of these modules. */
export async function newRig(
  files: Readonly<Record<string, string>>,
  { workers }: Pick<ProjectOptions, "workers"> = {},
): Promise<Rig> {
  const folder = await Deno.makeTempDir({ prefix: "rig-" });
  await Deno.mkdir(join(folder, "1/node_modules"), { recursive: true });
  const store = join(folder, "store");
  const log = join(folder, "log.txt");
  const packages = JSON.parse(
    await Deno.readTextFile(join(REPOSITORY, "deno.json")),
  ).imports;
  const edited: Record<string, string> = {
    "deno.json": JSON.stringify({
      imports: Object.fromEntries(PACKAGES.map((name) => [
        name,
        packages[name],
      ])),
    }),
    "count.ts": COUNT.replace("LOG", JSON.stringify(log)),
    "main.ts": MAIN,
    ...files,
  };
  let generation = 0;
  let written = "";
  let seen = 0;

  /** Imports are cached by URL, so that every edit makes a folder of its own; keys hold relative paths. */
  function write(): string {
    const state = JSON.stringify(edited);
    if (state !== written) generation++;
    const root = join(folder, `${generation}`);
    if (state !== written) {
      const engine = relative(root, join(REPOSITORY, "engine"));
      for (const [path, text] of Object.entries(edited)) {
        const target = join(root, path);
        Deno.mkdirSync(join(target, ".."), { recursive: true });
        Deno.writeTextFileSync(
          target,
          text.replaceAll("@engine", engine),
        );
      }
      written = state;
    }
    return root;
  }

  async function open(): Promise<OpenPipeline<unknown>> {
    const root = write();
    const { pipeline }: { pipeline: AnyPipeline } = await import(
      pathToFileURL(join(root, "pipeline.ts")).href
    );
    return await openPipeline(pipeline, {
      profile: "smoke",
      project: { root, store, environments: [], workers },
    });
  }

  function counted(): readonly string[] {
    let text = "";
    try {
      text = Deno.readTextFileSync(log);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    const lines = text.slice(seen).split("\n").filter((line) => line !== "");
    seen = text.length;
    return lines.sort();
  }

  async function reproduce(
    options: Partial<ReproduceOptions> = {},
  ): Promise<Ran> {
    counted();
    const events: Event[] = [];
    const opened = await open();
    const done = await opened.reproduce({
      force: new Set(),
      jobs: 2,
      signal: new AbortController().signal,
      ifLocked: "refuse",
      clock: Date.now,
      ...options,
      emit(event) {
        if (event.kind === "stage-progress") {
          const { unit, note } = event.progress;
          if (unit === COUNTED) {
            return addLine(log, note ?? "");
          }
        }
        events.push(event);
        options.emit?.(event);
      },
    });
    const value = done.output.kind === "value" ? done.output.value : undefined;
    return { ...done, events, runs: counted(), value };
  }

  async function planned(force: readonly string[] = []) {
    return await (await open()).plan(new Set(force));
  }

  return {
    store,
    files: edited,
    edit(path, [before, after]) {
      const text = edited[path] ?? "";
      if (!text.includes(before)) {
        throw new Error(`Cannot edit ${path}: it lacks "${before}"`);
      }
      edited[path] = text.replaceAll(before, after);
    },
    open,
    reproduce,
    planned,
    async plan(force) {
      const stages = await planned(force);
      return Object.fromEntries(
        stages.filter(({ state }) => state !== "cached")
          .map(({ node, causes }) => [node.stage.name, causes.map(sentenceOf)]),
      );
    },
    spawn(
      {
        ifLocked = "wait",
        module = "main.ts",
        args = [ifLocked],
        within = [],
      } = {},
    ) {
      const root = write();
      return startProcess([
        ...within,
        Deno.execPath(),
        "run",
        "--quiet",
        "--no-prompt",
        `--config=${join(REPOSITORY, "deno.json")}`,
        "--allow-read",
        "--allow-write",
        join(root, module),
        ...[root, store, ...args],
      ]);
    },
    counted,
    path: (name) => join(folder, name),
    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The code of a path that no key finds: a file that is meant to change while keys stay. */
export function unseen(path: string): string {
  return `String(${JSON.stringify(path)})`;
}

function addLine(path: string, line: string): void {
  Deno.writeTextFileSync(path, `${line}\n`, { append: true });
}

function startProcess([name = "", ...args]: readonly string[]): RigProcess {
  const process = new Deno.Command(name, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  let ended = false;
  let news = Promise.withResolvers<void>();
  const error = new Response(process.stderr).text();
  const read = (async () => {
    for await (
      const text of process.stdout.pipeThrough(new TextDecoderStream())
    ) {
      output += text;
      news.resolve();
      news = Promise.withResolvers();
    }
    ended = true;
    news.resolve();
  })();
  return {
    process,
    async until(kind, count = 1) {
      const emitted = () =>
        output.split("\n").filter((line) => line.startsWith(`${kind} `)).length;
      while (!ended && emitted() < count) await news.promise;
    },
    async end() {
      const { code } = await process.status;
      await read;
      return { code, output, error: await error };
    },
  };
}
