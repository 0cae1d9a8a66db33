/**
 * `reproduce`: makes what is missing and writes the site. It is long because
 * what a run is told and what it tells stand together here; how it asks Slurm
 * for workers is in `cli/slurm/`.
 *
 * @module
 */
import { resolve } from "node:path";
import { isUnavailable } from "../../engine/define/error.ts";
import type {
  OpenPipeline,
  Reproduced,
  ReproduceOptions,
} from "../../engine/run/open_pipeline.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import {
  type CodeAtStart,
  codeAtStart,
} from "../../engine/keys/code_at_start.ts";
import { sourceOfStage } from "../../engine/history/sources_of.ts";
import { FOLDERS, pathOf } from "../../reports/document/address.ts";
import type { Report } from "../../reports/value/report.ts";
import { deviceFor, hasProfile, pipelinesAt } from "../named/pipelines.ts";
import { forcedStages } from "../named/stages.ts";
import { summaryOf } from "../../reports/value/claim_summary.ts";
import { checkKnownIds } from "../../reports/value/report_ids.ts";
import { type Display, jsonDisplay, type Shown } from "../display/display.ts";
import { editedCode } from "../lines/edited_code.ts";
import { writeTexts } from "../display/line.ts";
import { lastTimes } from "../display/last_times.ts";
import { liveDisplay } from "../display/live_display.ts";
import { plainDisplay } from "../display/plain_display.ts";
import { count } from "../display/quantities.ts";
import { failureLines, unavailableLines } from "../display/error_lines.ts";
import { gitCommit } from "../../provenance/git/git_checkout.ts";
import {
  flagsThatPermit,
  linkedPackages,
  placesNamed,
} from "../named/permitted.ts";
import {
  checkRecordable,
  mirrorFolderOf,
  pathFrom,
  remoteOf,
  siteFolderFor,
  siteFolderOf,
  storeFolderOf,
} from "../named/places.ts";
import { projectOf } from "../named/projects.ts";
import {
  DEVICE,
  FORCE,
  JOBS,
  LEASE,
  LOCKED_STORE,
  MIRROR,
  PIPELINES,
  PROFILE,
  SITE,
} from "../arguments/options.ts";
import { gitEdits } from "../../provenance/git/git_edits.ts";
import { runWords, slurmFor } from "../slurm/slurm_options.ts";
import type { SlurmRun } from "../slurm/slurm_run.ts";
import { sitePublisher } from "../../publishing/site_publisher.ts";
import type { Registry, Shell } from "../shell/shell.ts";
import { stoppable } from "../shell/stoppable.ts";
import { oneOf, place, text } from "../arguments/value_kinds.ts";
import type { Asked, Verbosity, Words } from "../arguments/words.ts";

export const WHEN_STOPPED =
  "Stopped. Finished stages are kept; the same command resumes from there.";

/** Who may run stages. */
const EXECUTORS = ["here", "folder", "slurm"] as const;

/** After Ctrl-C stages have this long to end by themselves. */
const GRACE_MILLISECONDS = 1000;

/** The options of `reproduce`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  profile: PROFILE,
  device: DEVICE,
  fallBack: {
    value: text("DEVICE"),
    help:
      "Continues on this device if a GPU fails twice in one stage (default: wasm where --device is auto; otherwise the stage fails).",
  },
  force: FORCE,
  jobs: {
    value: JOBS.value,
    help:
      "How many stages may run at once (default: one per processor core, fewer if memory is short; two on a GPU).",
  },
  failFast: {
    help:
      "Ends the run at the first failure (default: stages that do not depend on it still run).",
  },
  store: LOCKED_STORE,
  site: { value: place("DIR", { access: ["read", "write"] }), help: SITE.help },
  replace: {
    help: "Writes the site even if it replaces one of a larger profile.",
  },
  mirror: MIRROR,
  remote: {
    value: text("URL"),
    help:
      "A second store, over HTTP, that is asked for whatever this one lacks.",
  },
  push: { help: "Also writes new results to the remote." },
  json: { help: "Prints events as JSON, one per line." },
  noWait: {
    help: "Fails if another command, such as gc, has the store to itself.",
  },
  lease: LEASE,
  executor: {
    value: oneOf("EXECUTOR", EXECUTORS),
    default: "here",
    help:
      "Who runs stages: this process (here), or workers that take them from the store, started by deno task work (folder) or by Slurm (slurm) (default: here).",
  },
  slurm: {
    value: place("FILE", { access: ["read"] }),
    help: "File that describes the pools of workers to ask Slurm for.",
  },
  detach: {
    help: "Continues the run as a Slurm job and returns at once.",
  },
  strict: {
    help:
      "Runs nothing unless all package files that stages read are as published.",
  },
  sbatch: {
    positional: "after --",
    value: text("WORD"),
    repeatable: true,
    help: "Words after -- are passed to sbatch unchanged.",
  },
} as const satisfies Words;

/** What a line asks of `reproduce`. */
type Reproduce = Asked<typeof words> & Verbosity;

/**
 * @returns the exit code: 1 if a stage failed. A published source that cannot
 * be had is no failure of a pipeline that can do without it.
 */
export async function run(
  command: Reproduce,
  shell: Shell,
): Promise<number> {
  const atStart = codeAtStart(shell.root);
  const underway: Underway = { opened: [], jobs: 1 };
  const display = displayOf(command, { shell, underway });
  let done: readonly Reproduced<Report>[];
  try {
    if (command.detach) checkRecordable(command);
    // Before any pipeline is loaded: from then on nothing here may start a program.
    using slurm = await slurmFor(command, {
      root: resolve(shell.root),
      store: storeFolderOf(shell, command.store),
      folder: shell.folder,
      show: display.show,
    });
    if (slurm !== undefined && command.detach) {
      await detach(slurm, command, shell);
      return 0;
    }
    const registry = await shell.registry();
    const world = { shell, atStart, registry, display, underway, slurm };
    done = await runAll(command, world);
    const { fallBack = command.device === "auto" ? "wasm" : undefined } =
      command;
    const failure = hardFailures(done).find(registry.isGpuFault);
    if (fallBack !== undefined && failure !== undefined) {
      writeTexts([
        failure.message,
        `Continuing on device "${fallBack}"${
          command.fallBack === undefined ? "" : " (--fall-back)"
        }.`,
      ], shell.stderr);
      done = await runAll({ ...command, device: fallBack }, world);
    }
  } finally {
    display.close();
  }
  writeTexts([
    ...failureLines(hardFailures(done), command),
    ...unavailableLines(done),
    ...haltLines(done, command),
  ], shell.stderr);
  return isComplete(done) ? 0 : 1;
}

/** What the display looks at while a run goes on. */
interface Underway {
  readonly opened: OpenPipeline<Report>[];
  /** How many stages run at once. */
  jobs: number;
}

/** How many stages run at once unless told otherwise: on a GPU two, so that one computes while the other prepares. */
function jobsOn(device: string, shell: Shell): number {
  return device === "webgpu" ? Math.min(shell.jobs, 2) : shell.jobs;
}

/** Has the run go on as a job of Slurm. */
async function detach(
  slurm: SlurmRun,
  command: Reproduce,
  shell: Shell,
): Promise<void> {
  const named = [
    ...placesNamed({ words, asked: { ...command }, shell }),
    ...linkedPackages(shell),
  ];
  const job = await slurm.detach({
    run: runWords(shell.args, {
      root: resolve(shell.root),
      flags: flagsThatPermit(named, { ...shell, set: "default" }),
    }),
    from: shell.folder,
    device: command.device,
  });
  writeTexts([
    `The run goes on as job ${job} of Slurm; without --detach the same command shows how`,
  ], shell.stdout);
}

/** What a run is given besides its line. */
interface World {
  readonly shell: Shell;
  readonly atStart: CodeAtStart;
  readonly registry: Registry;
  readonly display: Display;
  /** What becomes known of the run is put there. */
  readonly underway: Underway;
  readonly slurm: SlurmRun | undefined;
}

/** Finds and opens all that a line names, before anything runs; throws what keeps it from that. */
async function prepare(command: Reproduce, world: World) {
  const { shell, atStart, registry, display, underway } = world;
  const { profile } = command;
  if (command.fallBack !== undefined) {
    await deviceFor(command.fallBack, registry); // it must be there when it is needed
  }
  const { pipelines, leftOut } = pipelinesAt(command.pipelines, {
    ...registry,
    profile,
  });
  const sitePath = siteFolderFor(shell, command);
  const force = forcedStages(command.force, { pipelines, profile });
  const mirror = await mirrorFolderOf(shell, command.mirror);
  const remote = await remoteOf(command);
  const device = await deviceFor(command.device, registry);
  display.show({
    kind: "device-chosen",
    device: device.device,
    reason: device.reason,
  });
  if (leftOut !== undefined) writeTexts([leftOut], shell.stderr);
  if (sitePath !== siteFolderOf(shell, command.site)) {
    writeTexts([besideLine(shell, sitePath)], shell.stderr);
  }
  const project = await projectOf(shell, {
    store: command.store,
    mirror,
    environments: [device.environment],
    atStart,
  });
  const open = (pipeline: AnyPipeline<Report>) => {
    const one = project.open(pipeline, profile);
    checkKnownIds(one.output, one.name);
    return one;
  };
  const chosen = pipelines.map(open);
  for (const pipeline of chosen) underway.opened.push(pipeline);
  const jobs = command.jobs ?? jobsOn(device.device, shell);
  // Of workers elsewhere those count that are at work.
  underway.jobs = command.executor === "here" ? jobs : 1;
  // What is in the store already stays on the site when other pipelines run.
  const others = registry.pipelines
    .filter((pipeline) => !pipelines.includes(pipeline))
    .filter(hasProfile(profile)).flatMap((pipeline) => {
      try {
        return [open(pipeline)];
      } catch (error) {
        // What was not asked for keeps nothing from running.
        writeTexts([(error as Error).message], shell.stderr);
        return [];
      }
    });
  if (command.strict) {
    const unknown = await project.checkPackages([...chosen, ...others]);
    if (unknown !== undefined) throw new Error(unknown);
  }
  const opened = { project, pipelines, chosen, others };
  return { ...opened, device, force, remote, jobs, sitePath };
}

/** Makes what is missing of all that a line names, and writes the site while it does. */
async function runAll(
  command: Reproduce,
  world: World,
): Promise<readonly Reproduced<Report>[]> {
  const { shell, registry, display, slurm } = world;
  const { profile } = command;
  const prepared = await prepare(command, world);
  const { project, pipelines, chosen, others } = prepared;
  const { device, force, remote, jobs, sitePath } = prepared;
  const order = registry.pipelines.map(({ name }) => name);
  const folder = pathFrom(shell.folder, sitePath);
  let written: Extract<Shown, { kind: "site-written" }> | undefined;
  const publisher = sitePublisher({
    root: shell.root,
    siteModule: shell.siteModule,
    path: sitePath,
    folder,
    // A run of a larger profile may have written its own there meanwhile.
    refuse: () => void siteFolderFor(shell, { ...command, site: sitePath }),
    project,
    order,
    run: pipelines,
    open: (name) => [...chosen, ...others].find((one) => one.name === name),
    profile,
    device,
    site: shell.site,
    clock: shell.clock,
    show(event) {
      if (event.kind === "site-written") written = event; // said last
      else display.show(event);
    },
  });
  const done: Reproduced<Report>[] = [];
  const inOrder = () =>
    order.flatMap((name) => done.filter((one) => one.name === name));
  const commit = gitCommit(shell.root);
  const edited = editedCode({
    opened: chosen,
    force,
    store: project.store,
    show: display.show,
  });
  const options: ReproduceOptions<Report> = {
    force,
    jobs,
    failFast: command.failFast,
    remote,
    signal: AbortSignal.any([
      shell.signal,
      ...slurm === undefined ? [] : [slurm.failed],
    ]),
    emit(event) {
      slurm?.follow(event);
      display.show(event);
      edited.see(event);
    },
    ifLocked: command.noWait ? "refuse" : "wait",
    lease: command.lease,
    forWorkers: command.executor === "here"
      ? undefined
      : (stage) => sourceOfStage(stage) === undefined, // workers have no network
    clock: shell.clock,
    about: {
      commit,
      device: device.device,
      edited: async () =>
        gitEdits(await project.filesOf(pipelines.map(({ module }) => module)), {
          root: shell.root,
          commit,
        }),
    },
    summaryOf,
    ifComplete: others,
    onDone(one) {
      done.push(one);
      publisher.add(one);
    },
  };
  const work = async () => {
    await slurm?.begin(device.device);
    await project.reproduce(chosen, options);
    await edited.said();
    slurm?.end();
    shell.signal.throwIfAborted();
    await publisher.finish({ complete: isComplete(done) });
    if (written === undefined) return;
    const ran = done.some(({ result }) => result.ran.length > 0);
    if (ran || written.written > 0) {
      const { foundClaims, runsBefore } = await import(
        "../lines/found_claims.ts"
      );
      const runs = await runsBefore(inOrder(), project.store, profile);
      const named = new Set(chosen.map(({ name }) => name));
      const about = { named, runs, profile, site: folder };
      const claims = foundClaims(inOrder(), about);
      if (claims.length > 0) {
        const all = `${folder}/${pathOf(FOLDERS.claims)}`;
        display.show({ kind: "claims-found", profile, claims, all });
      }
    }
    display.show(written);
  };
  try {
    await stoppable(work(), {
      signal: shell.signal,
      grace: GRACE_MILLISECONDS,
    });
  } catch (error) {
    // A run that cannot go on, or that somebody stopped, leaves no job behind.
    await slurm?.cancel();
    throw slurm?.failed.aborted ? slurm.failed.reason : error;
  } finally {
    await publisher.stop();
  }
  return inOrder();
}

/** How long a run has to take its workers in Slurm back after Ctrl-C. */
const CANCEL_MILLISECONDS = 60_000;

/** How long the command may take to end after Ctrl-C, where that is longer than usual. */
export function graceOf({ executor }: Pick<Reproduce, "executor">): number {
  return executor === "slurm" ? CANCEL_MILLISECONDS : 0;
}

/** Where the site is written that has no room in its usual folder. */
function besideLine(shell: Shell, path: string): string {
  const [folder, usual] = [path, siteFolderOf(shell, undefined)]
    .map((one) => pathFrom(shell.folder, one));
  return `The site in ${usual}/ is of a larger profile and is left alone; this run writes ${folder}/ (--replace: ${usual}/)`;
}

/** How much did not run after the first failure. */
function haltLines(
  done: readonly Reproduced<Report>[],
  { failFast }: Reproduce,
): readonly string[] {
  if (!failFast || hardFailures(done).length === 0) return [];
  const left = done.reduce((sum, { result }) => sum + result.blocked.size, 0);
  return [
    `Stopped at the first failure (--fail-fast): ${
      count(left, "stage")
    } did not run. Finished stages are kept.`,
  ];
}

function hardFailures(done: readonly Reproduced<Report>[]) {
  return done.flatMap(({ result }) => result.failures)
    .filter((failure) => !isUnavailable(failure));
}

/** Whether nothing went wrong but that sources are unavailable, and every output can do without. */
function isComplete(done: readonly Reproduced<Report>[]): boolean {
  return hardFailures(done).length === 0 &&
    done.every(({ output }) => output.kind === "value");
}

function displayOf(
  { json, device, store, site }: Reproduce,
  { shell: { stdout, clock }, underway }: {
    readonly shell: Shell;
    readonly underway: Readonly<Underway>;
  },
): Display {
  if (json) return jsonDisplay(stdout, { clock });
  const display = stdout.isTerminal ? liveDisplay : plainDisplay;
  return display(stdout, {
    clock,
    times: () => lastTimes(underway),
    ofLine: { device, store, site },
  });
}
