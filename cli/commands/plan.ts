/**
 * `plan`: says what would run and why. Runs nothing.
 *
 * @module
 */
import { namesOfEdited } from "../../engine/history/edited_stages.ts";
import { sourceOfStage } from "../../engine/history/sources_of.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { deviceFor, pipelinesAt } from "../named/pipelines.ts";
import { lastSecondsOf } from "../named/last_records.ts";
import { editedText } from "../lines/edited_code.ts";
import { estimatedTimes } from "../display/estimated_times.ts";
import { workOf } from "../display/pace.ts";
import { forcedStages } from "../named/stages.ts";
import { lineWidth, type Part, writeLines } from "../display/line.ts";
import { isNew, shortPlan, wholePlan } from "../lines/plan_lines.ts";
import {
  lastOf,
  type PlannedWork,
  sumOf,
  type Time,
  timeText,
  totalText,
} from "../lines/planned_time.ts";
import { count } from "../display/quantities.ts";
import { stageIds } from "../display/stage_ids.ts";
import {
  DEVICE,
  FORCE,
  PIPELINES,
  PROFILE,
  STORE,
} from "../arguments/options.ts";
import { projectToRead } from "../named/projects.ts";
import type { Shell } from "../shell/shell.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `plan`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  profile: PROFILE,
  device: DEVICE,
  force: FORCE,
  store: STORE,
} as const satisfies Words;

/** What a line asks of `plan`. */
type Plan = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Plan, shell: Shell): Promise<number> {
  const registry = await shell.registry();
  const { profile } = command;
  const { pipelines, leftOut } = pipelinesAt(command.pipelines, {
    ...registry,
    profile,
  });
  const forced = forcedStages(command.force, { pipelines, profile });
  const { environment } = await deviceFor(command.device, registry);
  const project = await projectToRead(shell, {
    store: command.store,
    environments: [environment],
  });
  const { stdout } = shell;
  const columns = lineWidth(stdout);
  const print = (part: Part) => writeLines([[part]], stdout);
  const isOfAll = command.pipelines.length === 0 && pipelines.length > 1;
  const all = new Map<string, PlannedWork>();
  const edited = new Set<string>();
  const idsOf = stageIds();
  let isShort = false;
  const opened = pipelines.map((pipeline) => project.open(pipeline, profile));
  const estimateOf = estimatedTimes({
    pipelines: registry.pipelines,
    opened,
    profile,
    store: project.store,
  });
  for (const open of opened) {
    const stages = await open.plan(forced);
    const namesEdited = namesOfEdited(stages, project.store);
    const secondsOf = lastSecondsOf(open);
    // Pipelines share stages, which run once; others are only called alike.
    const ids = idsOf(open.graph);
    const times = new Map<string, Time | undefined>();
    for (const { state, node: { stage } } of stages) {
      if (state === "cached") continue;
      const id = ids.get(stage.name) ?? stage.name;
      if (namesEdited.has(stage.name)) edited.add(id);
      const last = secondsOf(stage.name) ?? lastOf(all.get(id));
      const time = last === undefined ? estimateOf(stage) : { seconds: last };
      times.set(stage.name, time);
      const isDownload = sourceOfStage(stage) !== undefined;
      all.set(id, { work: workOf(stage), time, isDownload });
    }
    print(heading(`${open.name} at profile ${profile}`, stages));
    isShort ||= isOfAll && times.size > 0;
    // Of all pipelines a list would say one thing a thousand times.
    if (isOfAll && stages.length > 0 && stages.every(isNew)) {
      const sum = sumOf([...times.values()]);
      const text = sum === undefined
        ? ""
        : `: ${timeText(sum)}${withoutText([...times.values()])}`;
      writeLines([[{ text: `  none has run before${text}` }]], stdout);
    } else {
      const lines = isOfAll
        ? shortPlan(stages, times, { columns })
        : wholePlan(stages, times, { columns });
      writeLines(lines, stdout);
    }
  }
  const total = totalText([...all.values()], profile);
  if (total !== undefined) print({ text: total });
  if (edited.size > 0) {
    print({ text: editedText(edited.size, "would run") });
  }
  if (leftOut !== undefined) print({ text: leftOut });
  if (isShort) {
    print({ text: "deno task plan PIPELINE lists every stage", style: "dim" });
  }
  return 0;
}

/** Of how many stages a sum leaves out the time, since nothing is known of it. */
function withoutText(times: readonly (Time | undefined)[]): string {
  const unknown = times.filter((time) => time === undefined).length;
  return unknown === 0 ? "" : `, and ${unknown} of unknown time`;
}

function heading(name: string, stages: readonly PlannedStage[]): Part {
  const number = (state: PlannedStage["state"]) =>
    stages.filter((stage) => stage.state === state).length;
  const [run, may] = [number("run"), number("may-run")];
  const total = count(stages.length, "stage");
  const text = run + may === 0
    ? `${name} is up to date: ${total} cached`
    : `${name}: ${run} of ${total} would run${
      may === 0 ? "" : `, ${may} more may`
    }, ${number("cached")} cached`;
  return { text, style: "bold" };
}
