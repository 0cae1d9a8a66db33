/**
 * `explain`: says why a stage would run, and shows its key: everything that
 * its result depends on.
 *
 * @module
 */
import { ACCEPTED_EDITS } from "../../engine/keys/accepted_edits.ts";
import type { Cause } from "../../engine/keys/cause.ts";
import { causesAlike } from "../../engine/keys/causes_alike.ts";
import { withShortDigests } from "../../engine/define/hash.ts";
import { importChain } from "../../engine/keys/import_chain.ts";
import { digestOfKey, type Key } from "../../engine/keys/key.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { deviceFor } from "../named/pipelines.ts";
import { namesWith } from "../named/similar_names.ts";
import { stageNames } from "../named/stage_names.ts";
import { partedWords, ranIn, stageNamed, stagesOf } from "../named/stages.ts";
import { modulesOf } from "../../engine/keys/static_key.ts";
import { type Line, widest, writeLines, writeTexts } from "../display/line.ts";
import { duration } from "../display/quantities.ts";
import { causeTexts } from "../display/running_stage.ts";
import { DEVICE, PROFILE, STAGE, STORE } from "../arguments/options.ts";
import { storeFolderOf } from "../named/places.ts";
import { projectToRead } from "../named/projects.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `explain`, and the words beside them. */
export const words = {
  words: STAGE,
  list: {
    help:
      "Only lists the stages whose names contain the words, of the pipeline that one of several words names; all stages if no word is given.",
  },
  profile: PROFILE,
  device: DEVICE,
  store: STORE,
} as const satisfies Words;

/** What a line asks of `explain`. */
type Explain = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Explain, shell: Shell): Promise<number> {
  if (command.list) return await list(command, shell);
  const registry = await shell.registry();
  const { pipelines } = registry;
  const { profile } = command;
  const found = stageNamed(command.words, { pipelines, profile });
  const { environment } = await deviceFor(command.device, registry);
  const project = await projectToRead(shell, {
    store: command.store,
    environments: [environment],
  });
  const { store } = project;
  const pipeline = ranIn(found.stage, {
    pipelines: found.pipelines,
    profile,
    store,
  });
  const planned = (await project.open(pipeline, profile).plan(new Set()))
    .find(({ node }) => node.stage.name === found.stage);
  if (planned === undefined) return 1; // stageNamed has found it
  const causes: Line[] = [];
  for (const alike of causesAlike(planned.causes)) {
    for (const text of causeTexts(alike)) causes.push([{ text: `  ${text}` }]);
    const chain = await chainLines(alike[0], { planned, root: shell.root });
    for (const line of chain) causes.push(line);
  }
  const lines: readonly Line[] = [
    [
      { text: found.stage, style: "bold" },
      { text: ` of ${pipeline.name} at profile ${profile} ` },
      { text: verdictOf(planned) },
    ],
    ...causes,
    [],
    [{ text: "Its result depends on", style: "bold" }],
    ...keyLines(planned),
  ];
  writeLines(lines, shell.stdout);
  return 0;
}

/** Prints names, one a line. */
async function list(command: Explain, shell: Shell): Promise<number> {
  const { profile } = command;
  const { part, names } = await namesIn(command, shell);
  const found = part === "" ? names : namesWith(part, names);
  if (found.length === 0) {
    throw new UsageError(
      part === ""
        ? `Cannot find a stage: there is none at profile ${profile}`
        : `Cannot find a stage with "${part}" in its name: none of ${names.length} at profile ${profile} has that`,
    );
  }
  writeTexts(found, shell.stdout);
  return 0;
}

/** Names of stages, and the part that is looked for in them; several words may name a pipeline. */
async function namesIn(
  { words, profile, store }: Explain,
  shell: Shell,
): Promise<{ readonly part: string; readonly names: readonly string[] }> {
  const pipelines = async () => (await shell.registry()).pipelines;
  if (words.length > 1) {
    const { stage: part, within } = partedWords(words, await pipelines());
    const names = within.flatMap((pipeline) => stagesOf(pipeline, profile));
    return { part, names: [...new Set(names)] };
  }
  return {
    part: words.join(""),
    names: await stageNames({
      profile,
      root: shell.root,
      store: storeFolderOf(shell, store),
      pipelines,
    }),
  };
}

function verdictOf({ state, record, key }: PlannedStage): string {
  switch (state) {
    case "cached":
      return `is in the store and would not run: everything below is as it was when it ran${
        record === undefined
          ? ""
          : ` (${record.finishedAt}, ${duration(record.seconds)})${
            digestOfKey(record.key) === digestOfKey(key)
              ? ""
              : `, but for edits of code that change no result, as ${ACCEPTED_EDITS} says`
          }`
      }`;
    case "run":
      return "would run, because";
    case "may-run":
      return "may run, because";
  }
}

/** Through which imports a stage depends on code that changed. */
async function chainLines(
  cause: Cause,
  { planned, root }: {
    readonly planned: PlannedStage;
    readonly root: string;
  },
): Promise<readonly Line[]> {
  if (cause.kind !== "code" && cause.kind !== "package") return [];
  const chain = await importChain(modulesOf(planned.node.stage), {
    root,
    to: cause.kind === "code"
      ? { kind: "file", path: cause.name }
      : { kind: "package", name: cause.name },
  });
  if (cause.kind === "package" && chain.length > 0) {
    return [[{ text: `    imported by ${chain.join(" → ")}` }]];
  }
  // A module that the stage names itself needs no explanation.
  return chain.length < 2
    ? []
    : [[{ text: `    by way of ${chain.join(" → ")}` }]];
}

const SECTIONS = [
  ["params", "parameters"],
  ["inputs", "inputs"],
  ["code", "code"],
  ["packages", "packages"],
  ["environment", "machine"],
  ["result", "format of the result"],
] as const;

/** The whole key; a value that changed since the last run stands beside the old one. */
function keyLines(planned: PlannedStage): readonly Line[] {
  const { key, before, node } = planned;
  const lines: Line[] = [entry("task", key.task, before?.task)];
  for (const [part, title] of SECTIONS) {
    const now = sectionOf(key, part);
    const old = before === undefined ? undefined : sectionOf(before, part);
    if (part === "inputs") {
      for (const { path, stage, field } of node.inputs) {
        const made = now[path] === undefined ? "not made yet" : now[path];
        now[path] = `${made}, ${field} of ${stage.name}`;
        if (old?.[path] !== undefined) {
          old[path] = `${old[path]}, ${field} of ${stage.name}`;
        }
      }
    }
    const names = [...new Set([...Object.keys(now), ...Object.keys(old ?? {})])]
      .sort();
    if (names.length === 0) continue;
    lines.push([{ text: `  ${title}`, style: "cyan" }]);
    const width = widest(names.map((name) => name.length));
    for (const name of names) {
      const value = now[name] ?? "no longer anything";
      const was = old === undefined ? value : old[name] ?? "nothing";
      lines.push(entry(`  ${name.padEnd(width)}`, value, was));
    }
  }
  const whole = node.inputs.every(({ path }) => path in key.inputs);
  lines.push(entry(
    "digest of all this",
    whole ? digestOfKey(key) : "known once the inputs are made",
  ));
  return lines;
}

function sectionOf(
  key: Key,
  part: typeof SECTIONS[number][0],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(key[part]).map(([name, value]) => [
      name === "" ? "value" : name,
      typeof value !== "string" || part === "params"
        ? JSON.stringify(value)
        : withShortDigests(value),
    ]),
  );
}

function entry(name: string, value: string, was: string = value): Line {
  const line = { text: `  ${name}  ${value}` };
  return was === value
    ? [line]
    : [line, { text: `  (was ${was})`, style: "yellow" }];
}
