/**
 * The page of earlier runs: when each was, and what it changed and why.
 *
 * @module
 */
import { withShortDigests } from "../../engine/define/hash.ts";
import { pageOf } from "./compose_run.ts";
import type { Block, Inline, Line, Page } from "../document/document.ts";
import {
  cards,
  code,
  facts,
  heading,
  prose,
  strong,
} from "../document/pieces.ts";
import { commitLine } from "../document/edited.ts";
import { FOLDERS } from "../document/address.ts";
import { type ChangeGroup, groupChanges, oneInput } from "./group_changes.ts";
import {
  formatCount,
  formatDuration,
  formatNumber,
  formatQuantity,
} from "../value/quantity.ts";
import { whenText } from "../value/wording.ts";
import {
  type MovedNumber,
  outcomeText,
  type PastRun,
  type RunChange,
} from "../runs/past_run.ts";
import type { PageOptions } from "./site_page.ts";

const LEAD =
  "Runs that changed something or did not finish, with what they changed and why.";

/** How many of each are shown; the others are counted. */
const MOST = {
  runs: 8,
  groups: 10,
  claims: 5,
  stages: 4,
  causes: 5,
  numbers: 6,
} as const;

/** The history of a store, the last run first. */
export function composeRuns(
  history: readonly PastRun[],
  options: PageOptions,
): Page {
  return pageOf(options, {
    folder: FOLDERS.runs,
    title: "Runs",
    lead: LEAD,
    blocks: history.length === 0
      ? [prose("No run has finished yet.")]
      : history.flatMap((past, i) =>
        runBlocks(past, {
          inFull: i < MOST.runs,
          isFirst: !history.slice(i + 1).some(({ profile }) =>
            profile === past.profile
          ),
        })
      ),
  });
}

function runBlocks(
  past: PastRun,
  { inFull, isFirst }: {
    /** Whether each change is shown, or only how many there are. */
    readonly inFull: boolean;
    /** Whether no earlier run of its profile is remembered. */
    readonly isFirst: boolean;
  },
): readonly Block[] {
  const { id, started, seconds, profile, device, stages } = past;
  const { ran, reused, failed } = stages;
  return [
    heading(
      `run-${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
      `${whenText(started)}, profile ${profile}`,
    ),
    facts([
      ["pipelines", past.pipelines.join(", ")],
      ["outcome", outcomeText(past.outcome)],
      [
        "stages",
        `${ran} ran, ${reused} reused from the store${
          failed === 0 ? "" : `, ${failed} without a result`
        }`,
      ],
      ["wall time", formatDuration(seconds)],
      ["device", device],
      ["commit", commitLine(past)],
    ]),
    ...inFull ? changesBlocks(past.changes, { isFirst }) : [
      prose(
        `Stages with new results or causes: ${
          past.changes.filter(({ stage }) => stage !== "").length
        }.`,
      ),
    ],
  ];
}

function changesBlocks(
  changes: readonly RunChange[],
  { isFirst }: { readonly isFirst: boolean },
): readonly Block[] {
  if (changes.length === 0) {
    return [
      prose(
        isFirst
          ? "This is the first run of this profile in the store."
          : "Nothing changed in stages that an earlier run of this profile has.",
      ),
    ];
  }
  const all = groupChanges(changes);
  const groups = someGroups(all);
  const more = all.length - groups.length;
  return [
    cards(
      "What changed and why",
      ["what changed", "how or why", "numbers"],
      groups.map(({ stages, causes, numbers }) => [
        changedLine(stages),
        lines(firstOf(oneInput(causes), MOST.causes).map(withShortDigests)),
        lines(firstOf(numbers.flatMap(numberTexts), MOST.numbers)),
      ]),
    ),
    ...more > 0
      ? [
        prose(
          `${
            more === 1 ? "1 more row is" : `${more} more rows are`
          } left out; \`deno task diff\` shows all.`,
        ),
      ]
      : [],
  ];
}

/** The first groups: of claims no more than leaves room for stages, which have the reasons. */
function someGroups(groups: readonly ChangeGroup[]): readonly ChangeGroup[] {
  const claims = groups.filter(isOfClaims);
  const stages = groups.filter((group) => !isOfClaims(group));
  const room = Math.max(MOST.claims, MOST.groups - stages.length);
  const shown = claims.slice(0, room);
  return [...shown, ...stages.slice(0, MOST.groups - shown.length)];
}

function isOfClaims({ stages: [first] }: ChangeGroup): boolean {
  return first?.stage === "";
}

/** The stages of a group in words; what has no stage is about the claims of its pipeline. */
function changedLine(stages: ChangeGroup["stages"]): Line {
  const [first] = stages;
  if (first?.stage === "") {
    return [strong("claims"), ` of ${first.pipeline}`];
  }
  const more = stages.length - MOST.stages;
  const shown = stages.slice(0, MOST.stages);
  return [
    ...shown.flatMap(({ pipeline, stage }, i): readonly Inline[] => [
      i === 0 ? "" : ", ",
      code(stage),
      // A pipeline is named after the last of its stages.
      shown[i + 1]?.pipeline === pipeline ? "" : ` of ${pipeline}`,
    ]),
    ...more > 0 ? [` and ${more} more`] : [],
  ];
}

/** A number that moved, in words; nothing where it moved by less than is shown. */
export function numberTexts(
  { what, before, after, unit }: MovedNumber,
): readonly string[] {
  const [a, b] = [before, after].map((value) =>
    unit === undefined ? number(value) : formatQuantity({ value, unit })
  );
  return a === b ? [] : [`${what}: ${a} → ${b}`];
}

/** The first of some texts, and how many more there are. */
function firstOf(texts: readonly string[], most: number): readonly string[] {
  const more = texts.length - most;
  return more > 0 ? [...texts.slice(0, most), `and ${more} more`] : texts;
}

function number(value: number): string {
  return Number.isInteger(value)
    ? formatCount(value)
    : formatNumber({ value, digits: 4 });
}

function lines(texts: readonly string[]): Line {
  return texts.length === 0
    ? "–"
    : texts.map((text): Inline => ({ kind: "estimate", text }));
}
