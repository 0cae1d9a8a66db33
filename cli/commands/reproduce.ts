/**
 * `reproduce`: makes what is missing and writes the site.
 *
 * @module
 */
import type { AnyPipeline, ProfileName } from "../../engine/pipeline.ts";
import { openPipeline, type ProjectOptions } from "../../engine/project.ts";
import type { StageRecord } from "../../engine/store.ts";
import type { Report } from "../../reports/report.ts";
import {
  deviceFor,
  forcedStages,
  pipelinesNamed,
  profileNamed,
} from "../choose.ts";
import type { Reproduce } from "../command.ts";
import type { Display } from "../display/display.ts";
import { jsonDisplay } from "../display/json_display.ts";
import { liveDisplay } from "../display/live_display.ts";
import { plainDisplay } from "../display/plain_display.ts";
import { failureLines } from "../error_lines.ts";
import { gitCommit } from "../git_commit.ts";
import { pathFrom, projectOf, siteFolderOf } from "../project_of.ts";
import { runRecordOf } from "../run_record_of.ts";
import type { ChosenDevice, Registry, Shell } from "../shell.ts";
import { writeSite } from "../site_folder.ts";
import { stoppable } from "../stoppable.ts";

/** After Ctrl-C stages have this long to end by themselves. */
const GRACE_MILLISECONDS = 1000;

/** Results of some pipelines. */
interface Results {
  readonly reports: Map<string, Report>;
  readonly records: Map<string, readonly StageRecord[]>;
  readonly failures: Error[];
}

/** @returns the exit code: 1 if a stage failed */
export async function reproduce(
  command: Reproduce,
  shell: Shell,
): Promise<number> {
  const registry = await shell.registry();
  const profile = profileNamed(command.profile);
  const pipelines = pipelinesNamed(command.pipelines, registry.pipelines);
  const forced = forcedStages(command.force, { pipelines, profile });
  const device = await deviceFor(command.device, registry);
  const display = displayOf(command, shell);
  let results: Results;
  try {
    display.show({
      kind: "device-chosen",
      device: device.device,
      reason: device.reason,
    });
    const work = runAll({
      ...{ command, shell, registry, profile, pipelines, forced, device },
      display,
    });
    results = await stoppable(work, {
      signal: shell.signal,
      grace: GRACE_MILLISECONDS,
    });
  } finally {
    display.close();
  }
  for (const line of failureLines(results.failures, command)) {
    shell.stderr.write(`${line}\n`);
  }
  return results.failures.length === 0 ? 0 : 1;
}

interface Work {
  readonly command: Reproduce;
  readonly shell: Shell;
  readonly registry: Registry;
  readonly profile: ProfileName;
  readonly pipelines: readonly AnyPipeline<Report>[];
  readonly forced: (pipeline: AnyPipeline<Report>) => ReadonlySet<string>;
  readonly device: ChosenDevice;
  readonly display: Display;
}

async function runAll(work: Work): Promise<Results> {
  const { command, registry, pipelines, shell, display } = work;
  const project = projectOf(shell, {
    store: command.store,
    environments: [work.device.environment],
  });
  const results: Results = {
    reports: new Map(),
    records: new Map(),
    failures: [],
  };
  for (const pipeline of pipelines) {
    await runOne(pipeline, { work, project, results, isChosen: true });
    shell.signal.throwIfAborted();
  }
  // What is in the store already stays on the site when other pipelines run.
  for (const pipeline of registry.pipelines) {
    if (pipelines.includes(pipeline)) continue;
    await runOne(pipeline, { work, project, results, isChosen: false });
    shell.signal.throwIfAborted();
  }
  if (results.reports.size > 0) {
    display.show({ kind: "site-written", ...await publish(work, results) });
  }
  return results;
}

/** Runs a pipeline; one that was not chosen only if everything of it is in the store. */
async function runOne(
  pipeline: AnyPipeline<Report>,
  { work, project, results, isChosen }: {
    readonly work: Work;
    readonly project: ProjectOptions;
    readonly results: Results;
    readonly isChosen: boolean;
  },
): Promise<void> {
  const { command, shell, profile, display } = work;
  const open = await openPipeline(pipeline, { profile, project });
  if (!isChosen) {
    const planned = await open.plan(new Set());
    if (planned.some(({ state }) => state !== "cached")) return;
  }
  const { result, output } = await open.reproduce({
    force: isChosen ? work.forced(pipeline) : new Set(),
    jobs: command.jobs ?? shell.jobs,
    signal: shell.signal,
    emit: isChosen ? display.show : () => {},
    ifLocked: command.noWait ? "refuse" : "wait",
    clock: shell.clock,
  });
  results.failures.push(...result.failures);
  if (output.kind === "value") {
    results.reports.set(pipeline.name, output.value);
    results.records.set(pipeline.name, [...result.records.values()]);
  }
}

async function publish(work: Work, { reports, records, failures }: Results) {
  const { shell, command, registry, profile, device } = work;
  const order = registry.pipelines.map(({ name }) => name);
  const render = await shell.site();
  const files = await render({
    reports: order.flatMap((name) => reports.get(name) ?? []),
    run: runRecordOf(
      Object.fromEntries(
        order.flatMap((name) => {
          const found = records.get(name);
          return found === undefined ? [] : [[name, found]];
        }),
      ),
      { commit: await gitCommit(shell.root), device, profile },
    ),
  });
  const folder = siteFolderOf(shell, command.site);
  const complete = failures.length === 0;
  const change = await writeSite(folder, { files, complete });
  return { folder: pathFrom(shell.folder, folder), ...change };
}

function displayOf({ json }: Reproduce, { stdout, clock }: Shell): Display {
  if (json) return jsonDisplay(stdout, { clock });
  return stdout.isTerminal
    ? liveDisplay(stdout, { clock })
    : plainDisplay(stdout, { clock });
}
