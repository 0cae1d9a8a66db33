/**
 * `ask`: will pre-training help on somebody's own shift?
 *
 * @module
 */
import { join } from "node:path";
import type { AskedInputs } from "../../data/asked/asked_inputs.ts";
import { CLASSES_USED, MOST_WEIGHTS } from "../../data/asked/question.ts";
import { codeAtStart } from "../../engine/keys/code_at_start.ts";
import type {
  OpenPipeline,
  Reproduced,
} from "../../engine/run/open_pipeline.ts";
import type { Project } from "../../engine/run/project.ts";
import type { AskPageOptions } from "../../reports/site/ask_options.ts";
import { answerLine, composeAsk } from "../../reports/site/ask_page.ts";
import { ANSWER_FILE, answerJson } from "../../reports/site/answer_file.ts";
import { AGAINST_BIAS, isOfBias } from "../../reports/site/ask_against_bias.ts";
import { needsText, needsTitle } from "../../reports/site/ask_needs.ts";
import {
  KEPT_FILE,
  keptText,
  readKept,
} from "../../reports/site/kept_answer.ts";
import type { AskedAnswer } from "../../reports/value/asked_answer.ts";
import { gitCommit } from "../../provenance/git/git_checkout.ts";
import { gitEdits } from "../../provenance/git/git_edits.ts";
import { DEVICE, JOBS, LOCKED_STORE } from "../arguments/options.ts";
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { withTrial } from "../../stats/asked/with_trial.ts";
import {
  oneOf,
  place,
  text,
  whole,
  wholeOrAll,
} from "../arguments/value_kinds.ts";
import { inTurn } from "../../engine/store/in_turn.ts";
import type { Asked, Verbosity, Words } from "../arguments/words.ts";
import { preparedInputs } from "../ask/ask_inputs.ts";
import { stepsOfCopies } from "../ask/done_steps.ts";
import { forgetPacked } from "../ask/packed_files.ts";
import { forgetProblems, toldProblems } from "../ask/told_problems.ts";
import {
  type AskedQuestion,
  askedQuestion,
  commandOf,
  keepQuestion,
  keptPipelines,
  pageFolderOf,
  questionsFolderOf,
  relativeTo,
} from "../ask/ask_question.ts";
import { secondsInOthers } from "../ask/other_questions.ts";
import { readInputsAlone } from "../ask/read_access.ts";
import { readingStage } from "../ask/reading_stage.ts";
import { failureLines } from "../display/error_lines.ts";
import { printableJson, writeTexts } from "../display/line.ts";
import { lastTimes } from "../display/last_times.ts";
import { plainDisplay } from "../display/plain_display.ts";
import { liveDisplay } from "../display/live_display.ts";
import { lastSecondsOf } from "../named/last_records.ts";
import { deviceFor } from "../named/pipelines.ts";
import { linkedPackages } from "../named/permitted.ts";
import { pathFrom, storeFolderOf } from "../named/places.ts";
import { projectOf } from "../named/projects.ts";
import type { Registry, Shell } from "../shell/shell.ts";
import { stoppable } from "../shell/stoppable.ts";
import { writeSite } from "../../publishing/site_folder.ts";

export const WHEN_STOPPED =
  "Stopped. What is computed is kept; the same command goes on from there.";

const GRACE_MILLISECONDS = 1000;

const IMAGES = place("IMAGES", { access: ["read"] });

/** The options of `ask`, and the words beside them. */
export const words = {
  files: {
    positional: true,
    value: place("FILE", { access: ["read"] }),
    repeatable: true,
    help:
      "A question to ask again, questions/NAME.json; or, after --features FILE, the features of the shifted set.",
  },
  reference: {
    value: IMAGES,
    help:
      "Images that models are trained on: a folder of class folders, a manifest (CSV, JSONL, Parquet) or a tar archive.",
  },
  test: {
    value: IMAGES,
    help:
      "Other images of the reference distribution (default: a fifth of --reference is held out).",
  },
  shifted: {
    value: IMAGES,
    help: "Images under the shift; a flat folder if they have no labels.",
  },
  table: {
    value: place("FILE", { access: ["read"] }),
    help:
      "Predictions of models instead of images: CSV with columns set, label and one for each model, or set, label, model and prediction.",
  },
  features: {
    value: place("FILE", { access: ["read"] }),
    help:
      "Features of the examples of the table, .npy or safetensors: those of the reference set, then those of the shifted set.",
  },
  property: {
    value: text("COLUMN"),
    repeatable: true,
    help:
      "A column of the table, or of the manifests of images, with a property of the examples, such as the camera; the answer says whether it still goes with the label. May be given several times.",
  },
  weights: {
    value: place("FILE", { access: ["read"] }),
    repeatable: true,
    help:
      `Additional weights to fine-tune: safetensors with the arrays that docs/guide/ask.md lists; up to ${MOST_WEIGHTS} files.`,
  },
  name: {
    value: text("NAME"),
    help:
      "Name of the question (default: that of the shifted images, or of the table).",
  },
  classes: {
    value: oneOf("WHICH", CLASSES_USED),
    help:
      "same (default): all sets must have the same classes; common: only those that all sets have are used; reference: those of the reference set, of which the shifted set may lack some.",
  },
  side: {
    value: whole("N", { min: 8, max: 256 }),
    help:
      "Side in pixels to which images are shrunk (default: 64); a multiple of 32 unless --quick.",
  },
  most: {
    value: whole("N", { min: 1, max: 1_000_000 }),
    help:
      "The most images to read from a set, drawn at random (default: 5000). Evidence and trial take at most 5000 of them.",
  },
  allowUnreadable: {
    value: wholeOrAll("N", { min: 0, max: 1_000_000 }),
    help:
      "How many files of a set may be unreadable and are left out (default: 1% of them); all: any number.",
  },
  quick: {
    help: "Trains no network: answers in a minute or two, with less to go by.",
  },
  device: DEVICE,
  jobs: JOBS,
  store: LOCKED_STORE,
  json: { help: "Prints the answer as JSON; progress goes to stderr." },
} as const satisfies Words;

/** What a line asks of `ask`. */
export type Ask = Asked<typeof words> & Verbosity;

/** @returns the exit code: 0 whatever the answer, 1 if a stage failed, 2 if the files cannot be used */
export async function run(command: Ask, shell: Shell): Promise<number> {
  const start = shell.clock();
  const atStart = codeAtStart(shell.root);
  const commit = gitCommit(shell.root);
  const asked = await askedQuestion(command, shell);
  const prepared = await preparedInputs(asked, command, shell);
  if (prepared.kind === "refused") {
    const { texts, rest } = await toldProblems(prepared.lists, asked, shell);
    writeTexts([
      ...texts,
      ...relativeTo(command, asked, shell),
      ...rest,
    ], shell.stderr);
    return 2;
  }
  await forgetProblems(asked);
  writeTexts(
    prepared.done.map(({ text, inShort = text }) => inShort),
    shell.stderr,
  );
  readInputsAlone(prepared.inputs, [
    storeFolderOf(shell, command.store),
    pageFolderOf(asked),
    questionsFolderOf(shell),
    ...linkedPackages(shell).map(({ path }) => path),
  ]);
  const registry = await shell.registry();
  const pipeline = pipelineFor(asked, { inputs: prepared.inputs, registry });
  if (typeof pipeline === "string") {
    await forgetPacked(asked);
    writeTexts([pipeline], shell.stderr);
    return 2;
  }
  const isTable = prepared.inputs.kind === "table";
  if (!isTable) await keepQuestion(asked);
  const device = await deviceFor(command.device, registry);
  const project = await projectOf(shell, {
    store: command.store,
    environments: [device.environment],
    atStart,
  });
  const opened = project.open(pipeline, "default");
  const { done, refusal } = await shownRun(
    { project, opened, jobs: command.jobs ?? shell.jobs },
    { asked, tableBytes: isTable ? prepared.bytes : undefined },
    shell,
  );
  if (refusal !== undefined) {
    writeTexts(refusal, shell.stderr);
    return 2;
  }
  const answer = done?.output.kind === "value" ? done.output.value : undefined;
  const hasNoLine = answer?.trial && "noLine" in answer.trial;
  const failures = done?.result.failures ?? [];
  if (!done || !answer || (failures.length > 0 && !hasNoLine)) {
    writeTexts(failureLines(failures, command), shell.stderr);
    const { inputs } = prepared;
    // Else no network was trained.
    if (inputs.kind === "images" && !inputs.quick) {
      const instead = commandOf(asked, { quick: true }, shell);
      writeTexts([`Without networks: ${instead}`], shell.stderr);
    }
    return 1;
  }
  const { findings, trial, drops, warnings } = answer;
  writeTexts(warnings.map(({ text }) => `Warning: ${text}`), shell.stderr);
  const copies = stepsOfCopies(answer.copies, {
    isHeldOut: asked.question.kind === "images" &&
      asked.question.test === undefined,
  });
  if (answer.copies.length > prepared.shared.length) {
    writeTexts(copies.map(({ text, inShort = text }) => inShort), shell.stderr);
  }
  const all = withTrial(findings, trial, drops);
  const folder = pageFolderOf(asked);
  const page: AskPageOptions = {
    name: asked.name,
    pictures: answer.pictures.filter(({ png }) => png.length > 0),
    examples: answer.examples,
    inputs: prepared.read,
    done: [...prepared.done, ...warnings, ...copies]
      .map(({ text, inPublic }) => ({ text, inPublic })),
    quick: command.quick,
    seconds: secondsOf(opened),
    wallSeconds: done.result.ran.length > 0
      ? (shell.clock() - start) / 1000
      : await lastWallSeconds(folder),
    networks: answer.networks,
    ...isTable ? {} : { device: `${device.device} (${device.reason})` },
    deno: Deno.version.deno,
    commit,
    edited: await project.filesOf([pipeline.module]).then(
      (files) => gitEdits(files, { root: shell.root, commit }),
      () => undefined, // not known
    ),
    command: commandOf(asked, command, shell),
    version: shell.version,
  };
  const files = new Map([
    ...composeAsk(all, page),
    [KEPT_FILE, keptText(page, asked.digest)],
  ]);
  await inTurn(project.store.folder, {
    name: "site",
    signal: shell.signal,
    work: () =>
      writeSite(folder, {
        files,
        complete: true,
        what: "page",
        instead:
          "give the question another name, or ask in a folder that can be written to",
      }),
  });
  if (command.json) shell.stdout.write(printableJson(answerJson(all, page)));
  else {
    writeTexts([
      "",
      ...answerTexts(all, pathFrom(shell.folder, folder)),
      `Ask again: ${page.command}`,
    ], shell.stdout);
  }
  return 0;
}

/**
 * Runs the stages of a question and shows them. A question about a table is
 * kept once that is read: one whose table cannot be used would be in the way of
 * the next.
 *
 * @returns what came of it, or why the table cannot be used
 */
async function shownRun(
  { project, opened, jobs }: {
    readonly project: Project;
    readonly opened: OpenPipeline<AskedAnswer>;
    readonly jobs: number;
  },
  { asked, tableBytes }: {
    readonly asked: AskedQuestion;
    readonly tableBytes: number | undefined;
  },
  { stderr, clock, signal, folder }: Shell,
): Promise<{
  readonly done: Reproduced<AskedAnswer> | undefined;
  readonly refusal: readonly string[] | undefined;
}> {
  // stdout is for the answer
  const display = (stderr.isTerminal ? liveDisplay : plainDisplay)(stderr, {
    clock,
    times: () =>
      lastTimes({ opened: [opened], jobs }, {
        inOthers: secondsInOthers(keptPipelines(folder), opened),
      }),
  });
  const reading = tableBytes === undefined
    ? undefined
    : readingStage(display.show, { bytes: tableBytes });
  const show = reading?.show ?? display.show;
  const work = project.reproduce([opened], {
    force: new Set(),
    jobs,
    signal,
    // A question is known by its name, and has no profile.
    emit: (event) =>
      show(
        "profile" in event
          ? { ...event, pipeline: asked.name, profile: "" }
          : event,
      ),
    ifLocked: "wait",
    clock,
  });
  try {
    const [done] = await stoppable(work, { signal, grace: GRACE_MILLISECONDS });
    return { done, refusal: reading?.refusal() };
  } finally {
    reading?.end();
    display.close();
    if (reading?.isRead()) await keepQuestion(asked);
  }
}

/** The answer, why, what would make it surer, and where more of it stands. */
function answerTexts(all: AskFindings, folder: string): readonly string[] {
  const page = join(folder, "index.html");
  return [
    answerLine(all),
    all.why,
    ...all.needs.length === 0 ? [] : [
      `${needsTitle(all)}: ${needsText(all)}`,
    ],
    ...isOfBias(all) ? [AGAINST_BIAS] : [],
    `Page: ${page} (for programs: ${ANSWER_FILE} in the same folder)`,
  ];
}

/** The pipeline of a question; or why there is none, where its images are too few for it. */
function pipelineFor(
  { name }: Pick<AskedQuestion, "name">,
  { inputs, registry }: {
    readonly inputs: AskedInputs;
    readonly registry: Registry;
  },
): ReturnType<Registry["asked"]> | string {
  try {
    return registry.asked(inputs, name);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** Seconds that all stages behind an answer took, whenever each of them ran. */
function secondsOf(
  opened: Pick<
    OpenPipeline<unknown>,
    "name" | "profile" | "store" | "graph"
  >,
): number {
  const last = lastSecondsOf(opened);
  const seconds = opened.graph.nodes
    .reduce((sum, { stage }) => sum + (last(stage.name) ?? 0), 0);
  return Math.round(1000 * seconds) / 1000;
}

/** What the page in a folder says that it took, if there is one. */
async function lastWallSeconds(folder: string): Promise<number | undefined> {
  try {
    return readKept(await Deno.readTextFile(join(folder, KEPT_FILE)))
      .wallSeconds;
  } catch {
    return undefined; // it is the first, or of another version
  }
}
