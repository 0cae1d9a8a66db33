/**
 * The whole site, as files.
 *
 * @module
 */
import { composeIndex } from "./compose_index.ts";
import { composeReport } from "./compose_report.ts";
import { csv } from "./csv.ts";
import type { Page } from "./document.ts";
import { FAVICON } from "./favicon.ts";
import { drawFigure } from "./figures/draw_figure.ts";
import type { RenderedFigure } from "./figures/figure.ts";
import { feed } from "./feed.ts";
import { frameOf } from "./frame.ts";
import { MANIFEST, manifestOf, manifestText, stagesShown } from "./manifest.ts";
import { pageMarkdown } from "./markdown.ts";
import { pageHtml } from "./page.ts";
import { notFound } from "./not_found.ts";
import type { Provenance } from "./provenance.ts";
import type { PublishedRun } from "./published_run.ts";
import type { Report } from "./report.ts";
import { robots } from "./robots.ts";
import type { PastRun } from "./run_history.ts";
import type { RunRecord } from "./run_record.ts";
import { SCRIPT } from "./script.ts";
import { SEARCH_STYLE } from "./search_form.ts";
import { searchIndex, type WrittenPage } from "./search_index.ts";
import { shareCard } from "./share_card.ts";
import { sitemap } from "./sitemap.ts";
import { STYLE } from "./style.ts";
import { withRuns } from "./with_runs.ts";

/** What a site is made of. */
export interface SiteOptions {
  /** Reports in reading order. */
  readonly reports: readonly Report[];
  /** The run behind them. */
  readonly run: RunRecord;
  /** Id of that run; "unnamed" if it has none. */
  readonly id?: string | undefined;
  /** Runs that changed something, newest first. */
  readonly history?: readonly PastRun[] | undefined;
  /** By report, the stages behind it. */
  readonly provenance?: ReadonlyMap<string, Provenance> | undefined;
  /** Address of the root of the site, ending in a slash; what needs it is left out without. */
  readonly baseUrl?: string | undefined;
  /** Runs that have pages of their own on this site, this one too. */
  readonly published?: readonly PublishedRun[] | undefined;
  /**
   * Whether these are the pages that a run keeps, and not the latest ones: they
   * lie in the run's folder and lead to the latest.
   */
  readonly permanent?: boolean | undefined;
}

/**
 * Every file of the site by its path. The same reports and run always give the
 * same bytes. Links are relative, so it works from `file://` and in any folder
 * of a web server; nothing is loaded from elsewhere.
 *
 * @throws {TypeError} if an id is not fit for an address or is taken twice
 * @throws {RangeError} if a number is not finite or a claim cannot be judged
 */
export function site(options: SiteOptions): Map<string, string | Uint8Array> {
  const { reports, run, id = "unnamed", permanent = false } = options;
  checkIds(reports.map(({ id }) => id), "report");
  const files = new Map<string, string | Uint8Array>();
  const pages: WrittenPage[] = [];
  const frame = { baseUrl: options.baseUrl, hasFeed: !permanent };
  const addPage = (composed: Page) => {
    const page = withRuns(composed, options);
    const html = pageHtml(page, frameOf(page, frame));
    pages.push({ page, html });
    files.set(`${page.folder}index.html`, html);
    files.set(`${page.folder}index.md`, pageMarkdown(page));
  };
  addPage(composeIndex(reports, { run }));
  for (const report of reports) {
    checkReport(report);
    const figures = figuresOf(report);
    addPage(composeReport(report, { run, figures }));
    for (const [id, { file, data, json, pictures = [] }] of figures) {
      files.set(`${report.id}/${id}.svg`, file);
      files.set(`${report.id}/${id}.csv`, csv(data));
      files.set(`${report.id}/${id}.json`, json);
      for (const { name, png } of pictures) {
        files.set(`${report.id}/${name}.png`, png);
      }
    }
    for (const { id, png } of report.pictures ?? []) {
      files.set(`${report.id}/${id}.png`, png);
    }
  }
  files.set("style.css", STYLE + SEARCH_STYLE);
  files.set("script.js", SCRIPT);
  files.set("search_index.js", searchIndex(pages));
  files.set("favicon.svg", FAVICON);
  files.set("share.png", shareCard(reports, { run }));
  if (!permanent) addSiteFiles(files, { ...options, id, pages });
  const { profile, started, commit } = run;
  const manifest = manifestOf(files, {
    run: { id, profile, started, commit },
    stages: stagesShown(options.provenance ?? new Map()),
    runs: permanent ? [] : options.published ?? [],
  });
  return files.set(MANIFEST, manifestText(manifest));
}

/** What a site has once, wherever its pages of earlier runs lie. */
function addSiteFiles(
  files: Map<string, string | Uint8Array>,
  { reports, run, id, history = [], baseUrl, pages }: SiteOptions & {
    readonly id: string;
    readonly pages: readonly WrittenPage[];
  },
): void {
  files.set("feed.xml", feed({ reports, run, id, history, baseUrl }));
  files.set("robots.txt", robots(baseUrl));
  files.set("404.html", notFound(baseUrl));
  if (baseUrl === undefined) return;
  const folders = pages.map(({ page }) => page);
  files.set("sitemap.xml", sitemap(folders, { baseUrl, changed: run.started }));
}

/** Drawing is what takes time, and a site is written again as each report comes in. */
const drawings = new WeakMap<Report, ReadonlyMap<string, RenderedFigure>>();

function figuresOf(report: Report): ReadonlyMap<string, RenderedFigure> {
  let drawn = drawings.get(report);
  if (drawn === undefined) drawings.set(report, drawn = drawAll(report));
  return drawn;
}

function drawAll(report: Report): ReadonlyMap<string, RenderedFigure> {
  const drawn = new Map<string, RenderedFigure>();
  for (const figure of report.figures) {
    const rendered = drawFigure(figure);
    if (rendered !== null) drawn.set(figure.id, rendered);
  }
  return drawn;
}

function checkReport(report: Report): void {
  const { figures, pictures = [], tables = [], sections = [], claims } = report;
  // Figures and pictures are files of one folder.
  checkIds([...figures, ...pictures].map(({ id }) => id), "figure");
  checkIds(tables.map(({ id }) => id), "table");
  checkIds([...OWN_IDS, ...sections.map(({ id }) => id)], "section");
  checkIds(claims.map(({ id }) => id), "claim");
  for (const { id, figure } of claims) {
    if (figure !== undefined && !figures.some((one) => one.id === figure)) {
      throw new TypeError(
        `Cannot show claim "${id}" of report "${report.id}": it has no figure "${figure}"`,
      );
    }
  }
  for (const { id, columns, rows } of tables) {
    const odd = rows.findIndex((row) => row.length !== columns.length);
    if (odd >= 0) {
      throw new TypeError(
        `Cannot show table "${id}": row ${odd + 1} has ${
          rows[odd]?.length
        } cells for ${columns.length} columns`,
      );
    }
  }
}

/** Ids of the headings that every page has. */
const OWN_IDS = [
  "content",
  "claims",
  "figures",
  "scaled-down",
  "pictures",
  "tables",
  "pre-training",
  "data",
  "environment",
  "rebuild",
  "cite",
];

function checkIds(ids: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
      throw new TypeError(
        `Cannot give the ${what} "${id}" an address: an id is lower-case words and numbers joined by hyphens`,
      );
    }
    if (seen.has(id)) {
      throw new TypeError(
        `Cannot give the ${what} "${id}" an address: the id is taken`,
      );
    }
    seen.add(id);
  }
}
