/**
 * Writes the jobs of a run into the queue of its store, and the code that they
 * run with.
 *
 * @module
 */
import { join } from "node:path";
import { StoreError } from "../../define/error.ts";
import { type Digest, digestOf, digestOfJson } from "../../define/hash.ts";
import type { Stage } from "../../define/ref.ts";
import { digestOfKey, type Key } from "../../keys/key.ts";
import type { StoreUse } from "../../store/use_store.ts";
import { groupOf } from "../workers/pool.ts";
import { requestOf, withModules } from "../workers/worker_protocol.ts";
import { pathOfModule } from "./job_workers.ts";
import {
  checkoutOf,
  type JobCode,
  type JobName,
  type QueueFiles,
} from "./queue_files.ts";
import { isOtherRun } from "./seen_workers.ts";

/** A stage that is to be made. */
export interface WantedStage {
  readonly stage: Stage;
  readonly key: Key;
  /** Stages on the longest way from here to an output. */
  readonly height: number;
  /** Seconds that it took when it last ran, if that is known. */
  readonly seconds: number | undefined;
  /** Whether it runs though its record is there. */
  readonly replace: boolean;
  /** Raised when it is wanted no more. */
  readonly signal: AbortSignal;
}

/** A stage with the name of its job. */
interface NamedStage extends WantedStage {
  readonly name: JobName;
}

/** Writes the jobs of one run. */
export interface JobWriter {
  /** Writes a job now. */
  put(stage: NamedStage): Promise<void>;
  /**
   * Writes a job after those before it, and removes what was said of its end:
   * of thousands, workers get the first while the last are still to be written.
   *
   * @throws the reason of its signal
   */
  putInTurn(stage: NamedStage): Promise<void>;
}

/** Jobs are written for so long before other things have their turn. */
const TURN_MILLISECONDS = 50;

/** A writer into a queue. */
export function newJobWriter(
  files: QueueFiles,
  { root, use, code }: {
    /** Folder of the project. */
    readonly root: string;
    readonly use: StoreUse;
    /** All code of the run, with digests of bytes. */
    readonly code: () => Promise<JobCode>;
  },
): JobWriter {
  let putting = dropForgotten().catch(() => {}); // whoever writes will say why it cannot
  let turnAt = performance.now();
  let kept: Promise<Digest> | undefined;

  /** Removes what runs that ended before have left, if nobody is at it: workers might not be able to run it. */
  async function dropForgotten(): Promise<void> {
    // Names first: what another run writes after this look stays.
    const names = files.jobs();
    if (names.length === 0 || use.presence.others().some(isOtherRun)) return;
    const held = use.held();
    for (const name of names) {
      if (!held.has(name.key)) await files.removeJob(name);
    }
  }

  /** Keeps the code of the run where workers find it. */
  async function keepCode(): Promise<Digest> {
    const all = await code();
    for (const [path, digest] of Object.entries(all.files)) {
      if (files.hasCode(digest)) continue;
      const bytes = await Deno.readFile(join(root, path)).catch(() =>
        undefined
      );
      if (bytes === undefined || digestOf(bytes) !== digest) {
        throw new StoreError(
          `Cannot run: "${path}" changed while the run was starting; run the command again`,
        );
      }
      await files.putCode(bytes);
    }
    return await files.putCode(new TextEncoder().encode(JSON.stringify(all)));
  }

  async function put({ stage, key, name, replace }: NamedStage): Promise<void> {
    const { inputs, environment } = key;
    const request = requestOf(stage, { inputs, environment });
    await files.putJob(name, {
      stage: stage.name,
      key,
      request: withModules(request, (module) => pathOfModule(module, root)),
      code: await (kept ??= keepCode()),
      most: groupOf(stage, key)?.most ?? 1,
      replace,
    });
  }

  function putInTurn(one: NamedStage): Promise<void> {
    const done = putting.then(async () => {
      await (kept ??= keepCode());
      if (performance.now() - turnAt > TURN_MILLISECONDS) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        turnAt = performance.now();
      }
      one.signal.throwIfAborted();
      await files.removeEnd(one.name.key);
      await put(one);
    });
    putting = done.catch(() => {}); // thrown to whoever waits for it
    return done;
  }

  return { put, putInTurn };
}

/** What the name of its job says of a stage. */
export function nameOfJob(
  { stage, key, height, seconds = 0 }: WantedStage,
  { root }: { readonly root: string },
): JobName {
  const { device = "any" } = key.environment as { readonly device?: string };
  const group = groupOf(stage, key);
  return {
    height,
    seconds,
    device: device.replaceAll(/[^\w-]/g, "-"),
    group: group === undefined
      ? "0"
      : digestOfJson("group", group.name).slice(0, 12),
    checkout: checkoutOf(root),
    key: digestOfKey(key),
  };
}
