/**
 * The page of earlier runs: when each was, and what it changed and why.
 *
 * @module
 */
import { footer } from "./compose_run.ts";
import type { Block, Inline, Line, Page, Surroundings } from "./document.ts";
import { FOLDERS } from "./folders.ts";
import { formatDuration, formatNumber } from "./quantity.ts";
import type { MovedNumber, PastRun, RunChange } from "./run_history.ts";
import type { RunRecord } from "./run_record.ts";

const LEAD = "Every run that changed something, what it changed and why.";

/** More numbers of one change are counted, not shown. */
const MOST_NUMBERS = 6;

/** More changes of one run are counted, not shown. */
const MOST_CHANGES = 40;

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
      : history.flatMap(runBlocks),
    footer: footer(run),
    around,
  };
}

function runBlocks(past: PastRun): readonly Block[] {
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
          `${ran} ran, ${reused} were in the store, ${failed} failed`,
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
    ...changesBlocks(past.changes),
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
  const more = changes.length - MOST_CHANGES;
  return [
    {
      kind: "table",
      layout: "cards",
      label: "What changed and why",
      columns: ["changed", "why", "numbers"].map((title) => ({ title })),
      rows: changes.slice(0, MOST_CHANGES).map((change) => [
        changedLine(change),
        lines(change.causes),
        lines(numberTexts(change.numbers)),
      ]),
    },
    ...more > 0
      ? [{
        kind: "prose" as const,
        markdown: `${more} more changed; \`deno task runs\` lists them all.`,
      }]
      : [],
  ];
}

/** The stage; a change without one is about the claims of its pipeline. */
function changedLine({ pipeline, stage }: RunChange): Line {
  return stage === ""
    ? [{ kind: "strong", text: "claims" }, ` of ${pipeline}`]
    : [{ kind: "code", text: stage }, ` of ${pipeline}`];
}

function numberTexts(numbers: readonly MovedNumber[]): readonly string[] {
  const more = numbers.length - MOST_NUMBERS;
  return [
    ...numbers.slice(0, MOST_NUMBERS).map(({ what, before, after }) =>
      `${what}: ${number(before)} → ${number(after)}`
    ),
    ...more > 0 ? [`and ${more} more`] : [],
  ];
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
