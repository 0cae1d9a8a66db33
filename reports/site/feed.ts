/**
 * `feed.xml`: runs and what changed in them, for feed readers (Atom, RFC 4287).
 *
 * @module
 */
import { digestOfJson } from "../../engine/define/hash.ts";
import { estimatesOf, formatEstimate, judge } from "../value/claim.ts";
import { claimsInWords } from "../value/verdict_counts.ts";
import { escapeHtml } from "../text/escape.ts";
import { type Html, html } from "../text/html.ts";
import { inlineMarkdown } from "../document/line_html.ts";
import { proseMarkdown } from "../value/prose.ts";
import { numberTexts } from "../pages/compose_runs.ts";
import type { Report } from "../value/report.ts";
import type { PastRun, RunChange } from "../runs/past_run.ts";
import { changedAt, type RunRecord } from "../runs/run_record.ts";

/** What the feed tells. */
export interface FeedOptions {
  readonly reports: readonly Report[];
  readonly run: RunRecord;
  /** Id of the run. */
  readonly id: string;
  /** Newest first. */
  readonly history: readonly PastRun[];
  /** Address of the root of the site, ending in a slash, where it is known. */
  readonly baseUrl?: string | undefined;
}

/** How many runs a feed tells at most: a longer one is read by nobody. */
const MOST = 30;

/** The claims as they are now, then the runs that changed something, newest first. */
export function feed(
  { reports, run, id, history, baseUrl }: FeedOptions,
): string {
  const claims = reports.flatMap((report) => report.claims);
  const changed = changedAt(run);
  const entries = [
    entry({
      id: urn("claims", id),
      title: claimsInWords(claims),
      updated: changed,
      href: "./index.html#claims",
      content: claimsHtml(reports),
    }),
    ...history.slice(0, MOST).map((past) =>
      entry({
        id: urn("run", past.id),
        title: runTitle(past),
        updated: past.started,
        href: "./runs/index.html",
        content: html`${past.changes.map(changeHtml)}`,
      })
    ),
  ];
  const updated = [changed, ...history.map(({ started }) => started)]
    .toSorted().at(-1) ?? changed;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"${
    baseUrl === undefined ? "" : ` xml:base="${escapeHtml(baseUrl)}"`
  }>
<title>shiftline</title>
<subtitle>Runs, and what changed in them</subtitle>
<id>${urn("site", baseUrl ?? "")}</id>
<updated>${escapeHtml(updated)}</updated>
<author><name>shiftline</name></author>
${
    baseUrl === undefined
      ? ""
      : `<link rel="self" type="application/atom+xml" href="${
        escapeHtml(baseUrl)
      }feed.xml"/>\n`
  }<link rel="alternate" type="text/html" href="./index.html"/>
${entries.join("\n")}
</feed>
`;
}

function entry(
  { id, title, updated, href, content }: {
    readonly id: string;
    readonly title: string;
    readonly updated: string;
    /** Address from the root of the site. */
    readonly href: string;
    readonly content: Html;
  },
): string {
  return `<entry>
<id>${id}</id>
<title>${escapeHtml(title)}</title>
<updated>${escapeHtml(updated)}</updated>
<link rel="alternate" type="text/html" href="${escapeHtml(href)}"/>
<content type="html">${escapeHtml(content.html)}</content>
</entry>`;
}

function runTitle({ profile, pipelines, stages, started }: PastRun): string {
  const { ran, failed } = stages;
  const failures = failed === 0 ? "" : `, ${failed} without result`;
  return `${
    started.slice(0, 10)
  }, profile ${profile}: ${ran} of the stages of ${
    pipelines.length === 1 ? pipelines[0] : `${pipelines.length} pipelines`
  } ran${failures}`;
}

function changeHtml({ pipeline, stage, causes, numbers }: RunChange): Html {
  return html`<p><b>${pipeline}</b>, ${stage === "" ? "claims" : stage}: ${
    causes.join("; ")
  }</p>${
    numbers.length === 0
      ? null
      : html`<ul>${
        numbers.flatMap(numberTexts).map((text) => html`<li>${text}</li>`)
      }</ul>`
  }`;
}

function claimsHtml(reports: readonly Report[]): Html {
  return html`${
    reports.filter(({ claims }) => claims.length > 0).map(({ title, claims }) =>
      html`
        <h3>${title}</h3>
        <ul>${claims.map((claim) =>
          html`<li>${inlineMarkdown(proseMarkdown(claim.statement))} ${
            estimatesOf(claim).map((one) => formatEstimate(one, claim.rule))
              .join("; ")
          } <b>${judge(claim)}</b></li>`
        )}</ul>
      `
    )
  }`;
}

/** A name that never changes, whatever the address (RFC 9562, version 8). */
function urn(kind: string, name: string): string {
  const digits = digestOfJson("feed", [kind, name]);
  const variant = "89ab"[parseInt(digits[16] ?? "0", 16) % 4];
  return `urn:uuid:${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${
    digits.slice(13, 16)
  }-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
