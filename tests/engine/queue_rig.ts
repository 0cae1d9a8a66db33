/**
 * Workers of a rig: processes of their own that take stages from the queue of
 * its store.
 *
 * @module
 */

/** Modules of a rig whose `worker.ts` is such a worker, and whose `queue.ts` runs the pipeline by workers. */
export const WORKERS = {
  "worker.ts": `
import { serveQueue } from "@engine/run/queue/serve_queue.ts";
import { openStore } from "@engine/store/store.ts";
import { useStore } from "@engine/store/use_store.ts";
import { log } from "./count.ts";
const [root, folder, options = "{}"] = Deno.args as [string, string, string];
const { lease, ...asked } = JSON.parse(options);
const store = await openStore(folder);
const stop = new AbortController();
Deno.addSignalListener("SIGUSR2", () => stop.abort());
using use = await useStore(folder, { lease });
const { isLeft } = await serveQueue({
  root, store, use, environments: [], jobs: 1, grace: () => 60, about: {},
  by: { node: "here", job: asked.job ?? "" },
  fetch: () => Promise.reject(new Error("Cannot fetch here")),
  stop: stop.signal, signal: new AbortController().signal, clock: Date.now,
  emit(event) {
    if (event.kind === "work-progress" && event.progress.unit === "counted") {
      log(event.progress.note ?? "");
    } else console.log(event.kind, "stage" in event ? event.stage : event.message);
  },
  ...asked,
});
use[Symbol.dispose]();
Deno.exit(stop.signal.aborted && isLeft ? 85 : 0);
`,
} as const;
