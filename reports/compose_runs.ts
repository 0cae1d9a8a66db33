/**
 * The page of earlier runs: when each was, and what it changed and why.
 *
 * @module
 */
import { footer } from "./compose_run.ts";
import type { Block, Inline, Line, Page, Surroundings } from "./document.ts";
import { FOLDERS } from "./folders.ts";
import { type ChangeGroup, groupChanges } from "./group_changes.ts";
import { formatDuration, formatNumber } from "./quantity.ts";
import type { MovedNumber, PastRun, RunChange } from "./run_history.ts";
import type { RunRecord } from "./run_record.ts";

const LEAD = "Every run that changed something, what it changed and why.";

/** Of what is more, this many are shown and the others counted. */
const MOST = { runs: 8, groups: 10, stages: 4, causes: 5, numbers: 6 } as const;

/** The history of a store, the last run first. */
export function composeRuns(
  history: readonly PastRun[],
  { run, around }: {
    readonly run: RunRecord;
    readonly around: Surroundings;
  },
): Page {
  return {
    folder: FOLDERS.runs,
    title: "Runs",
    lead: LEAD,
    description: LEAD,
    blocks: history.length === 0
      ? [{ kind: "prose", markdown: "No run has ended yet." }]
      : history.flatMap((past, i) => runBlocks(past, { told: i < MOST.runs })),
    footer: footer(run),
    around,
  };
}

function runBlocks(
  past: PastRun,
  { told }: { readonly told: boolean },
): readonly Block[] {
  const { id, started, seconds, profile, commit, device, stages } = past;
  const { ran, reused, failed } = stages;
  const day = `${started.slice(0, 10)} ${started.slice(11, 16)} UTC`;
  return [
    {
      kind: "heading",
      level: 2,
      id: `run-${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
      text: `${day}, profile ${profile}`,
    },
    {
      kind: "facts",
      items: [
        ["pipelines", past.pipelines.join(", ")],
        [
          "stages",
          `${ran} ran, ${reused} were in the store${
            failed === 0 ? "" : `, ${failed} failed or were not reached`
          }`,
        ],
        ["wall time", formatDuration(seconds)],
        ["device", device],
        [
          "commit",
          commit === null
            ? "not in a checkout"
            : { kind: "code", text: commit },
        ],
      ],
    },
    ...told ? changesBlocks(past.changes) : [{
      kind: "prose" as const,
      markdown: `Stages with other results or causes: ${past.changes.length}.`,
    }],
  ];
}

function changesBlocks(changes: readonly RunChange[]): readonly Block[] {
  if (changes.length === 0) {
    return [{
      kind: "prose",
      markdown:
        "Nothing differs from the run before of this profile, or there was none.",
    }];
  }
  const groups = groupChanges(changes);
  const more = groups.length - MOST.groups;
  return [
    {
      kind: "table",
      layout: "cards",
      label: "What changed and why",
      columns: ["changed", "why", "numbers"].map((title) => ({ title })),
      rows: groups.slice(0, MOST.groups).map(({ stages, causes, numbers }) => [
        changedLine(stages),
        lines(some(causes, MOST.causes)),
        lines(some(numbers.map(numberText), MOST.numbers)),
      ]),
    },
    ...more > 0
      ? [{
        kind: "prose" as const,
        markdown:
          `${more} more changed for other reasons; \`deno task diff\` tells them all.`,
      }]
      : [],
  ];
}

/** The stages; what has no stage is about the claims of its pipeline. */
function changedLine(stages: ChangeGroup["stages"]): Line {
  const [first] = stages;
  if (first !== undefined && first.stage === "") {
    return [{ kind: "strong", text: "claims" }, ` of ${first.pipeline}`];
  }
  const more = stages.length - MOST.stages;
  return [
    ...stages.slice(0, MOST.stages).flatMap((
      { pipeline, stage },
      i,
    ): readonly Inline[] => [
      i === 0 ? "" : ", ",
      { kind: "code", text: stage },
      ` of ${pipeline}`,
    ]),
    ...more > 0 ? [` and ${more} more`] : [],
  ];
}

function numberText({ what, before, after }: MovedNumber): string {
  return `${what}: ${number(before)} → ${number(after)}`;
}

/** The first of some texts, and how many more there are. */
function some(texts: readonly string[], most: number): readonly string[] {
  const more = texts.length - most;
  return more > 0 ? [...texts.slice(0, most), `and ${more} more`] : texts;
}

function number(value: number): string {
  return Number.isInteger(value)
    ? formatNumber({ value, unit: "count" })
    : formatNumber({ value, digits: 4 });
}

function lines(texts: readonly string[]): Line {
  return texts.length === 0
    ? "–"
    : texts.map((text): Inline => ({ kind: "estimate", text }));
}
