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
import { someOf } from "../../engine/define/listed.ts";

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

/** Of each stage so many differences are shown, and of stages that one run lacks so many names. */
const MOST_SHOWN = 6;

/** The difference of two runs: claims first, then stages, each with its causes and numbers. */
export function diffLines(difference: RunDifference): readonly Line[] {
  const { before, after, pipelines, appeared, gone } = difference;
  const changed = pipelines.filter((one) => !isSame(one));
  const same = pipelines.filter(isSame).map(({ pipeline }) => pipeline);
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
    ...changed.flatMap(pipelineLines),
    ...same.map((name) => [{ text: `${name}: no difference` }]),
    ...appeared.map((name) => [{ text: `${name}: only in the later run` }]),
    ...gone.map((name) => [{ text: `${name}: only in the earlier run` }]),
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
): readonly Line[] {
  return [
    [],
    [{ text: pipeline, style: "bold" }],
    ...claims.flatMap(claimLines),
    ...beginningLines(stages),
    ...stages.flatMap(stageLines),
    ...nameLines("only in the later run", appeared),
    ...nameLines("only in the earlier run", gone),
  ];
}

/** Of many stages those that have a cause besides what another stage made: all else follows from them. */
function beginningLines(stages: readonly StageComparison[]): readonly Line[] {
  if (stages.length <= MOST_SHOWN) return [];
  const first = stages.filter(({ causes }) =>
    causes.some((cause) => !/^inputs? .*, made by /.test(cause))
  ).map(({ stage }) => stage);
  if (first.length === 0 || first.length === stages.length) return [];
  return [[{
    text: `  ${count(stages.length, "stage")} differ, because of ${
      someOf(first, MOST_SHOWN)
    }`,
  }]];
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
      return [{ text: `    ${name}${a} → ${b}` }];
    }),
  ];
}

const STATES = {
  ran: "ran anew",
  reused: "taken from the store",
  failed: "failed",
  blocked: "kept from running",
} as const;

function stageLines(
  { stage, state, unavailable, causes, result, differences }: StageComparison,
): readonly Line[] {
  const results = {
    changed: "",
    unchanged: ", same result",
    new: "; the earlier run had no result",
    unknown: state === "failed" || state === "blocked"
      ? ""
      : ", results no longer in the store",
  };
  return [
    [
      { text: `  ${stage}  `, style: "cyan" },
      {
        text: `${unavailable ? "without its source" : STATES[state]}${
          results[result]
        }`,
        ...(state === "failed"
          ? { style: unavailable ? "yellow" as const : "red" as const }
          : {}),
      },
    ],
    ...causes.map((cause) => [{ text: `    ${withShortDigests(cause)}` }]),
    ...differenceLines(differences, { most: MOST_SHOWN, indent: 6 }),
  ];
}

/** A line for each difference, and one for those that are more than shown. */
export function differenceLines(
  differences: readonly FieldDifference[],
  { most, indent }: { readonly most: number; readonly indent: number },
): readonly Line[] {
  const hidden = differences.length - most;
  return [
    ...differences.slice(0, most).map(differenceText),
    ...hidden > 0 ? [`and ${count(hidden, "more difference")} (--json)`] : [],
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
