/**
 * `plan`: says what would run and why. Runs nothing.
 *
 * @module
 */
import { openProject } from "../../engine/run/project.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { deviceFor, pipelinesAt } from "../named/pipelines.ts";
import { lastSecondsOf } from "../named/last_seconds.ts";
import { forcedStages } from "../named/stages.ts";
import { dim, type Line, widest, writeLines } from "../display/line.ts";
import { count, duration } from "../display/quantities.ts";
import { causeTexts } from "../display/running_stage.ts";
import {
  DEVICE,
  FORCE,
  PIPELINES,
  PROFILE,
  STORE,
  VERBOSE,
} from "../arguments/options.ts";
import { projectToRead } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `plan`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  profile: PROFILE,
  device: DEVICE,
  force: FORCE,
  store: STORE,
  verbose: VERBOSE,
} as const satisfies Words;

/** What a line asks of `plan`. */
type Plan = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Plan, shell: Shell): Promise<number> {
  const registry = await shell.registry();
  const { profile } = command;
  const { pipelines, leftOut } = pipelinesAt(command.pipelines, {
    pipelines: registry.pipelines,
    profile,
  });
  const forced = forcedStages(command.force, { pipelines, profile });
  const { environment } = await deviceFor(command.device, registry);
  const project = await openProject(
    await projectToRead(shell, {
      store: command.store,
      environments: [environment],
    }),
  );
  const print = (line: Line) => writeLines([line], shell.stdout);
  const isOfAll = command.pipelines.length === 0 && pipelines.length > 1;
  const all = new Map<string, number | undefined>();
  let isShort = false;
  for (const pipeline of pipelines) {
    const opened = project.open(pipeline, profile);
    const stages = await opened.plan(forced);
    const secondsOf = lastSecondsOf(opened);
    const times = new Map(
      stages.filter(({ state }) => state !== "cached")
        .map(({ node: { stage: { name } } }) => [name, secondsOf(name)]),
    );
    // Pipelines share stages, which run once.
    for (const [name, seconds] of times) {
      all.set(name, seconds ?? all.get(name));
    }
    print(heading(`${pipeline.name} at profile ${profile}`, stages));
    // Of all pipelines of a new store a list would say one thing a thousand times.
    if (isOfAll && stages.length > 0 && stages.every(isNew)) {
      print([{ text: "  none has run before" }]);
      isShort = true;
    } else writeLines(listing(stages, times), shell.stdout);
  }
  const total = totalOf([...all.values()]);
  if (total !== undefined) print([{ text: total }]);
  if (leftOut !== undefined) print([{ text: leftOut }]);
  if (isShort) {
    print([{
      text: "deno task plan PIPELINE also lists what has never run",
      style: "dim",
    }]);
  }
  return 0;
}

function isNew({ causes }: PlannedStage): boolean {
  return causes.length === 1 && causes[0]?.kind === "new";
}

function heading(name: string, stages: readonly PlannedStage[]): Line {
  const number = (state: PlannedStage["state"]) =>
    stages.filter((stage) => stage.state === state).length;
  const [run, may] = [number("run"), number("may-run")];
  const total = count(stages.length, "stage");
  const text = run + may === 0
    ? `${name} is up to date: ${total} cached`
    : `${name}: ${run} of ${total} would run${
      may === 0 ? "" : `, ${may} more may`
    }, ${number("cached")} cached`;
  return [{ text, style: "bold" }];
}

/** What stages took when they last ran, in all; nothing if none has run. */
function totalOf(times: readonly (number | undefined)[]): string | undefined {
  const known = times.filter((seconds) => seconds !== undefined);
  if (known.length === 0) return undefined;
  const seconds = duration(known.reduce((sum, one) => sum + one, 0));
  const lacking = times.length - known.length;
  return `In all ${seconds} going by their last runs, one stage after another${
    lacking === 0 ? "" : `; ${count(lacking, "stage")} without a last run`
  }`;
}

/** The stages that would or may run, with the time that they last took, and each cause on a line of its own. */
function listing(
  stages: readonly PlannedStage[],
  times: ReadonlyMap<string, number | undefined>,
): readonly Line[] {
  const listed = stages.filter(({ state }) => state !== "cached");
  const width = widest(listed.map((stage) => stage.node.stage.name.length));
  const took = ({ node: { stage } }: PlannedStage) => {
    const seconds = times.get(stage.name);
    return seconds === undefined ? "" : `  ${duration(seconds)}`;
  };
  const timeWidth = widest(listed.map((stage) => took(stage).length));
  return listed.flatMap((stage) => {
    const certain = stage.state === "run";
    return causeTexts(stage.causes).map((text, i): Line => [
      i > 0 ? { text: "         " } : {
        text: certain ? "  run    " : "  may run",
        style: certain ? "yellow" : "dim",
      },
      dim((i > 0 ? "" : took(stage)).padStart(timeWidth)),
      { text: `  ${(i > 0 ? "" : stage.node.stage.name).padEnd(width)}  ` },
      { text },
    ]);
  });
}
