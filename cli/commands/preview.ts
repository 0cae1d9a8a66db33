/**
 * `preview`: serves the site to a browser on this machine, until Ctrl-C. While
 * it does, what depends on edited code is made again, and open pages follow.
 *
 * @module
 */
import { join } from "node:path";
import { messageOf } from "../../engine/define/message_of.ts";
import { type LiveSite, liveSite } from "../../publishing/preview/live_site.ts";
import { localRequests } from "../../publishing/preview/local_requests.ts";
import {
  DEVICE,
  MIRROR,
  PIPELINES,
  PROFILE,
  SITE,
  STORE,
} from "../arguments/options.ts";
import { printable, writeTexts } from "../display/line.ts";
import { flagsThatPermit } from "../named/permitted.ts";
import { isFolderAt, pathFrom, siteFolderOf } from "../named/places.ts";
import {
  type Rerun,
  rerun,
  type RunNews,
} from "../../publishing/preview/rerun.ts";
import { siteHandler } from "../../publishing/preview/serve_site.ts";
import type { Shell } from "../shell/shell.ts";
import { text, whole } from "../arguments/value_kinds.ts";
import { watchCode } from "../../publishing/preview/watch_code.ts";
import type { Asked, Place, Words } from "../arguments/words.ts";

/** The options of `preview`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  port: {
    value: whole("PORT", { min: 0, max: 65535 }),
    default: 8000,
    help: "Port on 127.0.0.1; 0 picks a free one (default: 8000).",
  },
  noWatch: {
    help:
      "Serves the site as it is, without running anything when code changes.",
  },
  profile: {
    value: PROFILE.value,
    default: "smoke",
    help: "Scale of the runs: smoke, default, full or gpu (default: smoke).",
  },
  device: DEVICE,
  // These two are for the runs, which are permitted what is named.
  store: { value: text("DIR"), help: STORE.help },
  mirror: { value: text("DIR"), help: MIRROR.help },
  site: SITE,
} as const satisfies Words;

/** What a line asks of `preview`. */
type Preview = Asked<typeof words>;

/** @returns the exit code */
export function run(command: Preview, shell: Shell): Promise<number> {
  return command.noWatch ? serveOnly(command, shell) : follow(command, shell);
}

async function serveOnly(command: Preview, shell: Shell): Promise<number> {
  const folder = siteFolderOf(shell, command.site);
  const name = pathFrom(shell.folder, folder);
  try {
    await Deno.stat(join(folder, "index.html"));
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotFound
      ? "there is none yet; `deno task reproduce` creates one"
      : await isFolderAt(folder)
      ? "it cannot be read"
      : "it is a file; --site names a folder";
    throw new Error(`Cannot preview the site in "${name}": ${state}`, {
      cause,
    });
  }
  const server = serve(command.port, {
    shell,
    name,
    handler: siteHandler(folder),
  });
  await server.finished;
  return 0; // Ctrl-C is how one ends it
}

/** The exit code of a line that names what is not there. */
const USAGE = 2;

/** Loads no pipeline: here any program may be started (docs/decisions/010-workers-are-isolates.md). */
async function follow(command: Preview, world: Shell): Promise<number> {
  // A run that refuses its words ends the preview: no edit would help.
  const refused = new AbortController();
  const signal = AbortSignal.any([world.signal, refused.signal]);
  const shell = { ...world, signal };
  // Its own folder, so that a site of another profile stays as it is.
  const folder = command.site === undefined
    ? join(shell.root, ".preview")
    : siteFolderOf(shell, command.site);
  const live = liveSite(folder);
  const server = serve(command.port, {
    shell,
    name: `${pathFrom(shell.folder, folder)} as code is edited`,
    handler: live.handler,
  });
  const [run = "run", ...program] = shell.again;
  const runs = runner([
    run,
    ...flagsOfRuns(command, { folder, shell }),
    ...program,
    ...reproduceWords(command, folder),
  ], { shell, live, onRefused: () => refused.abort() });
  shell.signal.addEventListener("abort", live.close, { once: true });
  const watching = watchCode(shell.root, {
    signal: shell.signal,
    onChange: runs.start,
  });
  runs.start([]);
  try {
    await Promise.all([server.finished, watching]);
  } finally {
    await runs.stop(); // also where files cannot be watched
  }
  return refused.signal.aborted ? USAGE : 0;
}

/** Runs one after the other; a new one stops the one before. */
function runner(
  command: readonly string[],
  { shell, live, onRefused }: {
    readonly shell: Shell;
    readonly live: LiveSite;
    /** Called if the first run to end refuses its words; what it said has been said. */
    readonly onRefused: () => void;
  },
) {
  let current: Rerun | undefined;
  let turn = 0;
  let hasEnded = false;

  async function start(changed: readonly string[]): Promise<void> {
    const own = ++turn;
    const since = performance.now();
    await current?.stop();
    if (own !== turn || shell.signal.aborted) return;
    const why = changed.length === 0
      ? "Running"
      : `${changed.slice(0, 3).join(", ")}${
        changed.length > 3 ? ` and ${changed.length - 3} more` : ""
      } changed`;
    writeTexts([why], shell.stdout);
    live.show({ kind: "running", text: `${why} …` });
    current = rerun(command, {
      folder: shell.folder,
      onNews: (news) => hear(news, { shell, live }),
    });
    const { code, errors } = await current.end;
    if (own !== turn || shell.signal.aborted) return;
    if (errors !== "") shell.stderr.write(`${errors}\n`);
    if (code === USAGE && !hasEnded) return onRefused();
    hasEnded = true;
    if (code === 0) live.show({ kind: "ready" });
    else live.show({ kind: "failed", text: errors });
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    shell.stdout.write(
      `${code === 0 ? "Up to date" : "Failed"} after ${seconds} s\n`,
    );
  }

  return {
    start: (changed: readonly string[]) => {
      start(changed).catch((error) => {
        const text = messageOf(error);
        shell.stderr.write(`${text}\n`);
        live.show({ kind: "failed", text });
      });
    },
    async stop() {
      turn++;
      await current?.stop();
    },
  };
}

/** Says what a run does, and shows what it wrote. */
function hear(
  { kind, pipeline, stage, seconds }: RunNews,
  { shell, live }: { readonly shell: Shell; readonly live: LiveSite },
): void {
  switch (kind) {
    case "stage-started":
      live.show({ kind: "running", text: `${stage} of ${pipeline} …` });
      break;
    case "stage-finished":
      shell.stdout.write(
        `  ran ${printable(stage ?? "")} of ${printable(pipeline ?? "")}, ${
          (seconds ?? 0).toFixed(1)
        } s\n`,
      );
      break;
    case "site-updated":
    case "site-written":
      live.reload();
  }
}

/** What permits a run the folders that are named, here or by SHIFTLINE_MIRROR. */
function flagsOfRuns(
  { store, mirror }: Preview,
  { folder, shell }: { readonly folder: string; readonly shell: Shell },
): readonly string[] {
  const places: Place[] = [{ path: folder, access: ["read", "write"] }];
  if (store) places.push({ path: store, access: ["read", "write"] });
  const copies = mirror ?? shell.mirror;
  if (copies) places.push({ path: copies, access: ["read"] });
  return flagsThatPermit(places, { ...shell, set: "default" });
}

function reproduceWords(
  { pipelines, profile, device, store, mirror }: Preview,
  folder: string,
): readonly string[] {
  return [
    "reproduce",
    ...pipelines,
    ...["--json", "--profile", profile, "--device", device],
    ...["--site", folder, "--replace"],
    ...store === undefined ? [] : ["--store", store],
    ...mirror === undefined ? [] : ["--mirror", mirror],
  ];
}

function serve(
  port: number,
  { shell, name, handler }: {
    readonly shell: Shell;
    readonly name: string;
    readonly handler: (request: Request) => Promise<Response>;
  },
): Deno.HttpServer {
  try {
    return Deno.serve(
      {
        hostname: "127.0.0.1",
        port,
        signal: shell.signal,
        onListen: (address) =>
          shell.stdout.write(
            `Serving ${name} at http://127.0.0.1:${address.port}/ (Ctrl-C stops it)\n`,
          ),
      },
      localRequests(handler, {
        onError: (error) => shell.stderr.write(`${messageOf(error)}\n`),
      }),
    );
  } catch (cause) {
    const state = cause instanceof Deno.errors.AddrInUse
      ? "it is in use; choose another with --port"
      : messageOf(cause);
    throw new Error(`Cannot listen on port ${port}: ${state}`, { cause });
  }
}
