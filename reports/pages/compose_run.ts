/**
 * What every page says of the run behind it.
 *
 * @module
 */
import {
  PAPER_BIBTEX,
  PAPER_LINE,
  PAPER_URL,
  SOFTWARE_BIBTEX,
} from "../document/citation.ts";
import type { Block, Inline, Line, Page } from "../document/document.ts";
import {
  code,
  commands,
  facts,
  heading,
  line,
  link,
  notice,
  prose,
} from "../document/pieces.ts";
import { commitInline, commitLine, editedText } from "../document/edited.ts";
import { reproduceWords } from "../document/figure_sources.ts";
import { listed } from "../../engine/define/listed.ts";
import { formatDuration } from "../value/quantity.ts";
import { daysText, whenText } from "../value/wording.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";
import type { PageOptions } from "./site_page.ts";

/**
 * The warning of a smoke run, or nothing.
 *
 * @param report the report that the page shows: one that names no network
 * trains none, and its numbers are worth as much as those of a longer run
 */
export function smokeNotice(
  run: RunRecord,
  report?: Pick<Report, "models">,
): readonly Block[] {
  if (run.profile !== "smoke") return [];
  const trains = report === undefined || (report.models ?? []).length > 0;
  return [
    notice(
      "Smoke run.",
      trains
        ? " The networks were trained for seconds, to check that everything works. Their results mean nothing."
        : " This page trains nothing; other profiles compute the same, with more samples where any are drawn.",
    ),
  ];
}

/** That other experiments of the run are not on the site yet, and which; or nothing. */
export function awaitedNotice({ awaited }: RunRecord): readonly Block[] {
  if (awaited === undefined) return [];
  return [
    notice(
      "Not finished.",
      ` When this page was written, still to come were: ${
        listed(awaited)
      }. It is written again as they end.`,
    ),
  ];
}

/** That a page shows what it showed before, though it would be another now; or nothing. */
export function earlierNotice(
  { earlier }: RunRecord,
  { id }: Pick<Report, "id">,
): readonly Block[] {
  const made = earlier?.[id];
  if (made === undefined) return [];
  return [
    notice(
      `As it was on ${made.slice(0, 10)}.`,
      " The run that made the other pages left this one out, and something that it depends on has changed since or is missing.",
    ),
  ];
}

/** Commands that make the page again. */
export function rebuild(
  run: RunRecord,
  { pipeline }: { readonly pipeline: string | null },
): readonly Block[] {
  const { edited = [], accepted = {} } = run;
  const before = pipeline === null ? 0 : accepted[pipeline] ?? 0;
  return [
    heading("rebuild", "Reproduce this page"),
    prose(
      "Run in a checkout of the project; results that are already in the store are reused.",
    ),
    ...edited.length === 0 ? [] : [
      line(
        `This page was made from files that differ from the commit: ${
          editedText(edited)
        }. The commit does not contain these changes.`,
      ),
    ],
    ...before === 0 ? [] : [
      line([
        `Of the stages behind it, ${before} ran before ${
          before === 1 ? "its" : "their"
        } code was edited. The edits are accepted as changing no result: a sample of such stages, run again by the edited code, gave the same bytes (`,
        code("accepted_edits.json"),
        ").",
      ]),
    ],
    commands([
      ...run.commit === null ? [] : [`git checkout ${run.commit.slice(0, 12)}`],
      `npx --yes deno@${run.deno} task ${reproduceWords(run, pipeline)}`,
    ].join("\n")),
  ];
}

/** Commit, versions, device, profile and times. */
export function environment(
  run: RunRecord,
  { pipeline }: { readonly pipeline: string | null },
): readonly Block[] {
  const seconds = pipeline === null
    ? undefined
    : run.pipelineSeconds?.[pipeline];
  const started = [
    run.started,
    ...pipeline === null ? [] : [run.pipelineStarted?.[pipeline]],
  ].flatMap((iso) => iso === undefined ? [] : [whenText(iso)]);
  return [
    heading("environment", "Environment"),
    facts([
      // What is shown may have been made by earlier ones.
      ["commit of the last run", commitLine(run)],
      ["profile", code(run.profile)],
      ["device", `${run.device.name} (${run.device.reason})`],
      ["machine", run.machine],
      ["Deno", run.deno],
      ["packages", packagesLine(run.packages)],
      ["first stage", [...new Set(started)].join(", of this page ")],
      [
        "wall time",
        `${
          seconds === undefined
            ? formatDuration(run.seconds)
            : `${formatDuration(seconds)} for this page, ${
              formatDuration(run.seconds)
            } for all pages`
        }: the time in which the stages behind them ran, in the last run or in earlier ones`,
      ],
    ]),
  ];
}

/** Packages with their versions; the digests of their closures are for few, who open them. */
function packagesLine(packages: RunRecord["packages"]): Line {
  const described = Object.entries(packages)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, version]) => {
      const [, digest] = DIGEST.exec(version) ?? [];
      const plain = version.replace(DIGEST, "").replace(PEERS, "");
      return { name, version: plain, digest };
    });
  if (described.length === 0) return "none";
  const digests = described.flatMap(({ name, digest }) =>
    digest === undefined ? [] : [`${name} ${digest}`]
  );
  const more: readonly Inline[] = digests.length === 0 ? [] : [{
    kind: "more",
    summary: "SHA-256 digests of the packages and their dependencies",
    text: digests.join(", "),
  }];
  return [
    described.map(({ name, version }) => `${name} ${version}`).join(", "),
    ...more,
  ];
}

/** What a version ends with: `(sha256 1f0c…)`. */
const DIGEST = / \(sha256 ([0-9a-f]+)\)$/;

/** What a version has after it where the package was installed for others: `_zod@4.6.7`. */
const PEERS = /_.*$/;

/** The paper, and how to cite it. */
export function citePaper(): readonly Block[] {
  return [
    heading("cite", "The paper"),
    prose(`${PAPER_LINE}, [arXiv:2403.00194](${PAPER_URL}).`),
    { kind: "code", language: "bibtex", text: PAPER_BIBTEX },
  ];
}

/** How to cite the paper and this software. */
export function citeAll(): readonly Block[] {
  return [
    heading("cite", "How to cite"),
    prose(`The paper: ${PAPER_LINE}, [arXiv:2403.00194](${PAPER_URL}).`),
    { kind: "code", language: "bibtex", text: PAPER_BIBTEX },
    line([
      "This software (also as ",
      link("CITATION.cff", "./CITATION.cff"),
      "):",
    ]),
    { kind: "code", language: "bibtex", text: SOFTWARE_BIBTEX },
  ];
}

/** A page of the site, with what all of them have: where they are, and at their end what made them. */
export function pageOf(
  { run, around }: PageOptions,
  page: Omit<Page, "description" | "footer" | "around"> & {
    /** The lead, if left out. */
    readonly description?: string;
  },
): Page {
  return { description: page.lead, ...page, footer: footer(run), around };
}

function footer(run: RunRecord): Line {
  return [
    `Made by shiftline, profile ${run.profile}, on ${daysText(run)}`,
    ...run.commit === null ? [] : [
      " from commit ",
      ...commitInline({ ...run, commit: run.commit }),
    ],
    ". This is an independent reproduction, not by the authors of the paper.",
  ];
}
