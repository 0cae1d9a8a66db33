/**
 * What two runs differ in, in lines that a person can read.
 *
 * @module
 */
import type {
  PipelineComparison,
  StageComparison,
} from "../../engine/history/compare_runs.ts";
import { withShortDigests } from "../../engine/define/hash.ts";
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import {
  type FieldDifference,
  placeInResult,
} from "../../engine/history/artifact_difference.ts";
import { unreachable } from "../../engine/define/unreachable.ts";
import { editedText } from "../../reports/document/edited.ts";
import { formatQuantity } from "../../reports/value/quantity.ts";
import type { ClaimChange } from "../../reports/value/claim_changes.ts";
import type { Line } from "../display/line.ts";
import { outcomeOf } from "../../publishing/run_outcome.ts";
import { count } from "../display/quantities.ts";
import { listed, someOf } from "../../engine/define/listed.ts";

/** What one pipeline of two runs differs in. */
export interface PipelineDifference extends PipelineComparison {
  readonly pipeline: string;
  readonly claims: readonly ClaimChange[];
}

/** Two runs and what they differ in. */
export interface RunDifference {
  readonly before: HistoricRun;
  readonly after: HistoricRun;
  /** Pipelines that both runs have. */
  readonly pipelines: readonly PipelineDifference[];
  /** Pipelines that only the later run has. */
  readonly appeared: readonly string[];
  /** Pipelines that only the earlier run has. */
  readonly gone: readonly string[];
}

/** So many stages of a pipeline are told one by one, of each so many differences, and of stages that one run lacks so many names. */
const MOST_SHOWN = 6;

/**
 * The difference of two runs: claims first, then stages, each with its causes
 * and numbers; many of a pipeline are summed up.
 *
 * @param options.all whether each stage is told, however many there are
 */
export function diffLines(
  difference: RunDifference,
  { all = false }: { readonly all?: boolean } = {},
): readonly Line[] {
  const { before, after, pipelines, appeared, gone } = difference;
  const isLong = pipelines.some(({ stages }) => stages.length > MOST_SHOWN);
  const changed = pipelines.filter((one) => !isSame(one));
  const same = pipelines.filter(isSame).map(({ pipeline }) => pipeline);
  const together = [
    [same, "no difference"] as const,
    [appeared, "only in the later run"] as const,
    [gone, "only in the earlier run"] as const,
  ].flatMap(([names, what]) =>
    names.length === 0 ? [] : [`${listed(names)}: ${what}`]
  );
  return [
    [
      { text: before.id, style: "bold" },
      { text: ` (${momentOf(before)}) → ` },
      { text: after.id, style: "bold" },
      { text: ` (${momentOf(after)})` },
    ],
    ...factLines(before, after),
    ...stoppedLines(before, "only in the later run"),
    ...stoppedLines(after, "only in the earlier run"),
    ...changed.flatMap((one) => pipelineLines(one, { all })),
    ...together.length > 0 && changed.length > 0 ? [[]] : [],
    ...together.map((text) => [{ text }]),
    ...isLong && !all
      ? [[], [{ text: "--all tells each stage with its causes and numbers" }]]
      : [],
  ];
}

function momentOf({ started, profile }: HistoricRun): string {
  return `${profile}, ${started.slice(0, 19).replace("T", " ")} UTC`;
}

function factLines(before: HistoricRun, after: HistoricRun): readonly Line[] {
  const isEdited = [before, after].some(({ edited = [] }) => edited.length > 0);
  // Of a run in which nothing ran it is not known whether files were edited.
  const isSameCode = before.commit === after.commit &&
    (after.edited === undefined || !isEdited);
  const facts = [
    ...isSameCode ? [] : [
      ["commit", (run: HistoricRun) => commitOf(run, { isEdited })] as const,
    ],
    ...hasEnded(before) && hasEnded(after)
      ? [["outcome", outcomeOf] as const]
      : [],
    ["device", ({ device }: HistoricRun) => device] as const,
  ];
  return facts.flatMap(([fact, of]) =>
    of(before) === of(after)
      ? []
      : [[{ text: `  ${fact} ${of(before)} → ${of(after)}` }]]
  );
}

function hasEnded({ state }: HistoricRun): boolean {
  return state === "finished" || state === "failed";
}

/**
 * The commit of a run: the start of its hash, and which files were not as the
 * commit has them.
 *
 * @param options.isEdited whether files were edited in it or the other run
 */
function commitOf(
  { commit, edited }: HistoricRun,
  { isEdited }: { readonly isEdited: boolean },
): string {
  const text = commit?.slice(0, 12) ?? "none";
  if (edited === undefined && isEdited) return `${text} (edited: not known)`;
  return edited === undefined || edited.length === 0
    ? text
    : `${text} (edited: ${editedText(edited)})`;
}

function stoppedLines(run: HistoricRun, title: string): Line[] {
  return hasEnded(run) ? [] : [[{
    text: `  ${run.id} was stopped: what it had not reached is ${title}`,
    style: "yellow",
  }]];
}

function isSame(
  { stages, appeared, gone, claims }: PipelineDifference,
): boolean {
  return stages.length + appeared.length + gone.length + claims.length === 0;
}

function pipelineLines(
  { pipeline, claims, stages, appeared, gone }: PipelineDifference,
  { all }: { readonly all: boolean },
): readonly Line[] {
  const isMany = stages.length > MOST_SHOWN;
  return [
    [],
    [{ text: pipeline, style: "bold" }],
    ...claims.flatMap(claimLines),
    ...isMany ? summaryLines(stages, { all }) : [],
    ...isMany && !all ? [] : stages.flatMap(stageLines),
    ...nameLines("only in the later run", appeared),
    ...nameLines("only in the earlier run", gone),
  ];
}

/** Of many stages those that have a cause besides what another stage made, since all else follows from them; and, unless each is told, these causes and what became of the stages of each task. */
function summaryLines(
  stages: readonly StageComparison[],
  { all }: { readonly all: boolean },
): readonly Line[] {
  const first = stages.map(({ stage, causes }) => ({
    stage,
    causes: causes.filter((cause) => !/^inputs? .*, made by /.test(cause)),
  })).filter(({ causes }) => causes.length > 0);
  const because = first.length === 0 || first.length === stages.length
    ? ""
    : `, because of ${someOf(first.map(({ stage }) => stage), MOST_SHOWN)}`;
  const causes = countedEach(
    first.flatMap(({ causes }) => causes),
    (cause, n) => `${cause}, in ${n} stages`,
  );
  const hidden = causes.length - MOST_SHOWN;
  const text = `  ${count(stages.length, "stage")} differ${because}`;
  return all ? [[{ text }]] : [
    [{ text }],
    ...causes.slice(0, MOST_SHOWN)
      .map((cause) => [{ text: `    ${withShortDigests(cause)}` }]),
    ...hidden > 0 ? [[{ text: `    and ${count(hidden, "more cause")}` }]] : [],
    ...[...Map.groupBy(stages, becameOf)].map(([became, some]) => {
      const names = some.map(({ stage }) => stage);
      const [style] = some.map(styleOf);
      return [
        { text: `    ${became}`, ...style },
        {
          text: `: ${
            some.some(({ state }) => state === "failed")
              ? someOf(names, MOST_SHOWN)
              : countedEach(
                names.map((name) => name.split("/")[0] ?? ""),
                (task, n) => `${task} (${n})`,
              ).join(", ")
          }`,
        },
      ];
    }),
  ];
}

/** Each text once, with how often it is there if more than once. */
function countedEach(
  texts: readonly string[],
  counted: (text: string, n: number) => string,
): readonly string[] {
  return [...Map.groupBy(texts, (text) => text)].map(([text, { length }]) =>
    length === 1 ? text : counted(text, length)
  );
}

function claimLines(
  { claim, before, after, rule, estimates }: ClaimChange,
): readonly Line[] {
  const verdict = before === undefined
    ? `added, ${after}`
    : after === undefined
    ? `removed, was ${before}`
    : before === after
    ? `still ${after}`
    : `${before} → ${after}`;
  return [
    [
      { text: `  claim ${claim}  ` },
      before === after ? { text: verdict } : { text: verdict, style: "yellow" },
    ],
    ...rule === undefined ? [] : [
      [{ text: `    rule before: ${rule.before}` }],
      [{ text: `    rule after:  ${rule.after}` }],
    ],
    ...estimates.map(({ title, unit, before, after }) => {
      const [a, b] = [before, after].map((value) =>
        formatQuantity({ value, unit })
      );
      const name = title === undefined ? "" : `${title} `;
      const change = a === b ? `${a}, changed in later digits` : `${a} → ${b}`;
      return [{ text: `    ${name}${change}` }];
    }),
  ];
}

const STATES = {
  ran: "ran anew",
  reused: "taken from the store",
  failed: "failed",
  blocked: "kept from running",
} as const;

function stageLines(one: StageComparison): readonly Line[] {
  const { stage, causes, differences } = one;
  return [
    [
      { text: `  ${stage}  `, style: "cyan" },
      { text: becameOf(one), ...styleOf(one) },
    ],
    ...causes.map((cause) => [{ text: `    ${withShortDigests(cause)}` }]),
    ...differenceLines(differences, { most: MOST_SHOWN, indent: 6 }),
  ];
}

function styleOf({ state, unavailable }: StageComparison) {
  if (state !== "failed") return {};
  return { style: unavailable ? "yellow" as const : "red" as const };
}

/** What became of a stage in the later run: `ran anew, same result`. */
function becameOf({ state, unavailable, result }: StageComparison): string {
  const results = {
    changed: "",
    unchanged: ", same result",
    new: "; the earlier run had no result",
    unknown: state === "failed" || state === "blocked"
      ? ""
      : ", results no longer in the store",
  };
  return `${unavailable ? "without its source" : STATES[state]}${
    results[result]
  }`;
}

/** A line for each difference, and one for those that are more than shown. */
export function differenceLines(
  differences: readonly FieldDifference[],
  { most, indent, hasJson = true }: {
    readonly most: number;
    readonly indent: number;
    /** Whether the command has an option --json, which shows all. */
    readonly hasJson?: boolean;
  },
): readonly Line[] {
  const hidden = differences.length - most;
  const all = hasJson ? " (--json)" : "";
  return [
    ...differences.slice(0, most).map(differenceText),
    ...hidden > 0 ? [`and ${count(hidden, "more difference")}${all}`] : [],
  ].map((text) => [{ text: `${" ".repeat(indent)}${text}` }]);
}

function nameLines(title: string, names: readonly string[]): readonly Line[] {
  const hidden = names.length - MOST_SHOWN;
  return [
    ...names.slice(0, MOST_SHOWN).map((name): Line => [
      { text: `  ${name}  `, style: "cyan" },
      { text: title },
    ]),
    ...hidden > 0
      ? [[{ text: `  and ${count(hidden, "more stage")} ${title} (--json)` }]]
      : [],
  ];
}

/** `history[3] 0.52 → 0.48`; of an array the element that moved furthest. */
function differenceText(one: FieldDifference): string {
  const name = placeInResult(one);
  switch (one.kind) {
    case "number":
      return `${name} ${one.before} → ${one.after}`;
    case "array":
      return `${name}: ${one.moved} of ${one.of} elements moved, one of them ${
        Number(one.before.toPrecision(6))
      } → ${Number(one.after.toPrecision(6))}`;
    case "other":
      return one.before === undefined
        ? `${name} added: ${one.after}`
        : one.after === undefined
        ? `${name} removed, was ${one.before}`
        : `${name} ${one.before} → ${one.after}`;
    default:
      return unreachable(one);
  }
}
