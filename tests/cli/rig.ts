/** Runs the command line in this process, with toy pipelines and folders of its own. */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isGpuFault } from "../../models/device/gpu_fault.ts";
import { openStore } from "../../engine/store/store.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import type { Report } from "../../reports/value/report.ts";
import { runCommand } from "../../cli/run_command.ts";
import type { Output, Registry } from "../../cli/shell/shell.ts";
import type { RenderSite } from "../../publishing/site_sources.ts";
import { toySite } from "./toy_pipelines.ts";

/** Folder of this project. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A stream that remembers. */
export interface Recorded extends Output {
  readonly text: () => string;
}

export function recorded(
  { isTerminal = false, columns = 80, rows = 24, colour = false } = {},
  tell: (text: string) => void = () => {},
): Recorded {
  const decoder = new TextDecoder();
  let text = "";
  return {
    isTerminal,
    colour,
    size: () => ({ columns, rows }),
    write(content) {
      const written = typeof content === "string"
        ? content
        : decoder.decode(content);
      text += written;
      tell(written);
    },
    text: () => text,
  };
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  /** The pipeline of a question; none is answered where left out. */
  readonly asked?: Registry["asked"];
  /** Folder of the project, this one unless said otherwise. */
  readonly root?: string;
  readonly pipelines: readonly AnyPipeline<Report>[];
  readonly signal?: AbortSignal;
  /** What SIGUSR2 raises. */
  readonly stop?: AbortSignal;
  readonly isTerminal?: boolean;
  /** Whether a terminal shows what goes to stderr as well. */
  readonly isLive?: boolean;
  readonly columns?: number;
  readonly site?: RenderSite;
  /** URL of the module that it is from. */
  readonly siteModule?: string;
  /** What SHIFTLINE_MIRROR names. */
  readonly mirror?: string;
  readonly clock?: () => number;
  /** What results say that they were computed on. */
  readonly device?: string;
}

/** What a command wrote, by streams and as a terminal shows both. */
export interface Shown extends Outcome {
  readonly both: string;
}

/** A store and a site in a temporary folder, and commands that use them. */
export interface Rig extends AsyncDisposable {
  readonly folder: string;
  run(words: readonly string[], setting: Setting): Promise<Shown>;
}

export function rig(): Promise<Rig> {
  return rigWith(() => Promise.resolve(), Date.UTC(2026, 0, 1));
}

/** A rig whose store is there, with nothing in it. */
export function rigWithStore(): Promise<Rig> {
  return rigWith(async (folder) => {
    await openStore(join(folder, "store"));
  }, Date.UTC(2026, 0, 1));
}

/** Rigs in which something was done: done once, and copied for each test. */
export function rigsAfter(
  prepare: (made: Rig) => Promise<void>,
): () => Promise<Rig> {
  let made: Promise<Rig & { readonly now: () => number }> | undefined;
  Deno.test.afterAll(async () => await (await made)?.[Symbol.asyncDispose]());
  const make = async () => {
    const first = await rigWith(() => Promise.resolve(), Date.UTC(2026, 0, 1));
    await prepare(first);
    return first;
  };
  return async () => {
    const { folder, now } = await (made ??= make());
    return await rigWith(
      (copy) => cp(folder, copy, { recursive: true, preserveTimestamps: true }),
      now(),
    );
  };
}

async function rigWith(
  fill: (folder: string) => Promise<void>,
  start: number,
): Promise<Rig & { readonly now: () => number }> {
  const folder = await Deno.makeTempDir({ prefix: "cli-test-" });
  await fill(folder);
  let now = start;
  return {
    folder,
    now: () => now,
    async run(words, { pipelines, ...setting }) {
      const { isTerminal = false, isLive = false, columns = 100 } = setting;
      let both = "";
      const tell = (text: string) => void (both += text);
      const stdout = recorded({ isTerminal, columns }, tell);
      const stderr = recorded({ isTerminal: isLive, columns }, tell);
      const code = await runCommand({
        args: words,
        version: "1.2.3",
        root: setting.root ?? ROOT,
        again: [],
        folder,
        mirror: setting.mirror,
        jobs: 2,
        registry: () =>
          Promise.resolve({
            ...registryOf(pipelines, setting.device),
            ...setting.asked === undefined ? {} : { asked: setting.asked },
          }),
        site: () => Promise.resolve(setting.site ?? toySite),
        ...setting.siteModule === undefined
          ? {}
          : { siteModule: setting.siteModule },
        stdout,
        stderr,
        signal: setting.signal ?? new AbortController().signal,
        softStop: () => setting.stop ?? new AbortController().signal,
        clock: setting.clock ?? (() => now += 500),
      });
      return { code, stdout: stdout.text(), stderr: stderr.text(), both };
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The words for a command on the rig's store. */
export function on(command: string, ...words: readonly string[]): string[] {
  const site = command === "reproduce" ? ["--site", "site"] : [];
  return [command, ...words, "--store", "store", ...site];
}

/** A registry of toy pipelines on a device that does nothing, or on the one that is asked for; `webgpu` is not there. */
export function registryOf(
  pipelines: readonly AnyPipeline<Report>[],
  device = "toy",
): Registry {
  return {
    pipelines,
    asked() {
      throw new Error("Cannot answer: toys are asked nothing");
    },
    DEVICE_REQUESTS: ["auto", "webgpu", "webgpu-software", "wasm"],
    isGpuFault,
    environmentOf(request) {
      if (request === "webgpu") {
        return Promise.reject(
          new Error(
            'Cannot use device "webgpu": this machine has no adapter; try --device wasm',
          ),
        );
      }
      const name = request === "auto" ? device : request;
      return Promise.resolve({
        environment: { package: "zod", facts: { device: name } },
        device: name,
        reason: "there is no other",
      });
    },
  };
}

export async function readJson(folder: string, path: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(join(folder, path)));
}
