/**
 * `work`: runs stages that other machines want, from the queue of a store.
 *
 * @module
 */
import { openStore } from "../../engine/store/store.ts";
import { thisMachine } from "../../engine/store/machine.ts";
import { pause } from "../../engine/store/pause.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { queueFiles } from "../../engine/run/queue/queue_files.ts";
import { byOf } from "../../engine/run/queue/worked_by.ts";
import { sourceFetcher } from "../../engine/run/fetch_source.ts";
import {
  serveQueue,
  type WorkEvent,
} from "../../engine/run/queue/serve_queue.ts";
import { DEVICE, LEASE } from "../arguments/options.ts";
import { place, text, whole } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";
import { eventLine } from "../display/display.ts";
import { printable, saysWait } from "../display/line.ts";
import { count, duration } from "../display/quantities.ts";
import { deviceFor } from "../named/pipelines.ts";
import { existingStore, pathFrom, storeFolderOf } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";

export const WHEN_STOPPED =
  "Stopped. Stages that were running are left to other workers, with their checkpoints.";

/** The exit code after a signal, with stages left in the queue: that a scheduler is to start it again. */
const REQUEUE = 85;

/** The options of `work`, and the words beside them. */
export const words = {
  store: {
    value: place("DIR", { access: ["read", "write"] }),
    help: "Folder of the store that the run uses (default: .store).",
  },
  jobs: {
    value: whole("N", { min: 1 }),
    help: "How many stages may run at once (default: 1).",
  },
  idle: {
    value: whole("SECONDS", { min: 0 }),
    help:
      "Exits after this many seconds without a stage to run, or without a store (default: stays until Ctrl-C, and needs a store).",
  },
  timeLeft: {
    value: whole("SECONDS", { min: 0 }),
    help:
      "Seconds that this worker may stay; after the first tenth it begins no stage whose last run took longer than what is left.",
  },
  wayOut: {
    value: text("TEXT"),
    help: "Advice to print when a stage takes longer than --time-left.",
  },
  grace: {
    value: whole("SECONDS", { min: 0 }),
    default: 25,
    help:
      "Seconds that stages have after SIGTERM to reach a checkpoint (default: 25).",
  },
  notice: {
    value: whole("SECONDS", { min: 0 }),
    help: "The same after SIGUSR2 (default: that of --grace).",
  },
  lease: LEASE,
  device: DEVICE,
  json: { help: "Prints events as JSON, one per line." },
} as const satisfies Words;

/** What a line asks of `work`. */
type Work = Asked<typeof words>;

/**
 * @returns the exit code: 0 if there was nothing left to do, 85 if a signal
 * stopped it before
 * @throws {Error} if it could run none of the jobs that are left for its device
 */
export async function run(command: Work, shell: Shell): Promise<number> {
  const stop = shell.softStop();
  const folder = await storeOf(command, { shell, stop });
  const store = await openStore(folder);
  const registry = await shell.registry();
  const { device, environment, reason } = await deviceFor(
    command.device,
    registry,
  );
  const { job } = shell;
  const gpu = environment.facts["adapter"];
  const node = shell.node ?? thisMachine().split("/")[0] ?? "";
  const said = {
    device,
    node,
    ...job === undefined ? {} : { job },
    ...gpu === undefined ? {} : { gpu },
  };
  using use = await useStore(folder, {
    signal: shell.signal,
    lease: command.lease,
    about: said,
    onWait: saysWait(shell),
  });
  const write = (text: string) => shell.stdout.write(`${text}\n`);
  const emit = (event: WorkEvent) => {
    if (command.json) write(eventLine(event, shell));
    else for (const text of linesOf(event)) write(printable(text));
  };
  if (!command.json) {
    write(`Device ${device}: ${reason}`);
    write(`${count(queueFiles(folder).jobs().length, "stage")} in the queue`);
  }
  const { ran, failed, isLeft } = await serveQueue({
    root: shell.root,
    store,
    use,
    environments: [environment],
    jobs: command.jobs ?? 1,
    idle: command.idle,
    timeLeft: command.timeLeft,
    wayOut: command.wayOut,
    grace: (signal) =>
      signal === "SIGUSR2" ? command.notice ?? command.grace : command.grace,
    fetch: sourceFetcher({ store }),
    stop,
    signal: shell.signal,
    about: said,
    by: byOf({ node, pid: Deno.pid, job, gpu }),
    emit,
    clock: shell.clock,
  });
  const isRequeued = stop.aborted && isLeft;
  if (!command.json) {
    const fate = isRequeued ? "stopped with stages left" : "nothing left to do";
    write(`${count(ran, "stage")} ran, ${failed} failed; ${fate}`);
  }
  return isRequeued ? REQUEUE : 0;
}

/** Between two looks for a store that is not there yet. */
const LOOK_MILLISECONDS = 250;

/**
 * The folder of the store, for which a worker that was told how long it may be
 * idle waits as long.
 *
 * @throws {UsageError} if there is none by then, or a signal comes before
 */
async function storeOf(
  { store, idle = 0 }: Work,
  { shell, stop }: { readonly shell: Shell; readonly stop: AbortSignal },
): Promise<string> {
  const end = shell.clock() + 1000 * idle;
  const any = AbortSignal.any([shell.signal, stop]);
  for (let look = 0;; look++) {
    try {
      return await existingStore(shell, store);
    } catch (error) {
      shell.signal.throwIfAborted();
      if (stop.aborted || shell.clock() >= end) throw error;
    }
    if (look === 0) {
      const name = pathFrom(shell.folder, storeFolderOf(shell, store));
      shell.stderr.write(`Waiting for a run to create store "${name}"\n`);
    }
    await pause(LOOK_MILLISECONDS, any).catch(() => {}); // seen above
  }
}

function linesOf(event: WorkEvent): readonly string[] {
  switch (event.kind) {
    case "work-started":
      return [`start ${event.stage}`];
    case "work-progress":
      return []; // whoever waits for the stage shows it
    case "work-finished":
      return [`done  ${event.stage}: ${duration(event.seconds)}`];
    case "work-failed":
      return [`fail  ${event.stage}: ${event.error.message}`];
    case "work-stopped":
      return [`stop  ${event.stage}: ${event.why}`];
    case "work-left":
      return [`note  ${event.message}`];
  }
}
