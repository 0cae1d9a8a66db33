/**
 * The whole site, as files.
 *
 * @module
 */
import { CITATION_CFF } from "../document/citation.ts";
import { codeUrl } from "../document/figure_sources.ts";
import {
  withFileLinks,
  withFileLinksMarkdown,
} from "../document/file_links.ts";
import { checkReports } from "./check_reports.ts";
import { checkSite } from "./check_site.ts";
import { claimsRecord, claimsText } from "./claims_record.ts";
import { FAVICON, robots, SCRIPT, sitemap } from "./machine_files.ts";
import { drawnFigures } from "../figures/draw_figure.ts";
import { figureFiles } from "../figures/drawing/figure_content.ts";
import { feed } from "./feed.ts";
import { frameOf, SEARCH_STYLE } from "./frame.ts";
import { MANIFEST, manifestOf, manifestText, stagesShown } from "./manifest.ts";
import { pageMarkdown } from "../document/markdown.ts";
import { notFound } from "./not_found.ts";
import { pageHtml } from "../document/page.ts";
import type { PublishedRun } from "../runs/published_run.ts";
import { changedAt } from "../runs/run_record.ts";
import { searchIndex, type WrittenPage } from "./search_index.ts";
import { shareCard } from "./share_card.ts";
import { sitePages, type SitePagesOptions } from "./site_pages.ts";
import { STYLE } from "./style.ts";
import { withRuns } from "./with_runs.ts";

/** What a site is made of. */
export interface SiteOptions extends SitePagesOptions {
  /** Id of that run; "unnamed" if it has none. */
  readonly id?: string | undefined;
  /** Address of the root of the site, ending in a slash; what needs it is left out without. */
  readonly baseUrl?: string | undefined;
  /** Runs that have pages of their own on this site, this one too. */
  readonly published?: readonly PublishedRun[] | undefined;
  /**
   * Whether these are the pages that a run keeps, and not the latest ones: they
   * lie in the run's folder and lead to the latest, without guide and answers.
   */
  readonly permanent?: boolean | undefined;
}

/**
 * Every file of the site by its path. The same reports and run always give the
 * same bytes. Links are relative, so it works from `file://` and in any folder
 * of a web server; nothing is loaded from elsewhere.
 *
 * @throws {TypeError} if an id is not fit for an address or is taken twice
 * @throws {Error} if a number is not finite or a claim cannot be judged
 */
export function site(options: SiteOptions): Map<string, string | Uint8Array> {
  const { reports, run, id = "unnamed", permanent = false } = options;
  checkReports(reports);
  const files = new Map<string, string | Uint8Array>();
  const pages: WrittenPage[] = [];
  const frame = { baseUrl: options.baseUrl, hasFeed: !permanent };
  const fileUrl = (path: string) => codeUrl(path, run);
  const composed = sitePages({
    ...options,
    ...permanent ? { guide: undefined, answers: undefined } : {},
  });
  for (const { page: bare, files: beside = new Map() } of composed) {
    const page = withRuns(bare, options);
    const html = withFileLinks(pageHtml(page, frameOf(page, frame)), fileUrl);
    pages.push({ page, html });
    files.set(`${page.folder}index.html`, html);
    files.set(
      `${page.folder}index.md`,
      withFileLinksMarkdown(pageMarkdown(page), fileUrl),
    );
    for (const [name, file] of beside) files.set(page.folder + name, file);
  }
  for (const report of reports) {
    for (const [id, drawn] of drawnFigures(report)) {
      for (const [path, text] of figureFiles(`${report.id}/${id}`, drawn)) {
        files.set(path, text);
      }
      for (const { name, png } of drawn.pictures ?? []) {
        files.set(`${report.id}/${name}.png`, png);
      }
    }
    for (const { id, png } of report.pictures ?? []) {
      files.set(`${report.id}/${id}.png`, png);
    }
  }
  // What a browser can do without.
  const style = (STYLE + SEARCH_STYLE).replaceAll(/\n +/g, "\n")
    .replaceAll(/\s*([{};>])\s*|([\w-]:|,) +/g, "$1$2")
    .replaceAll(";}", "}").replaceAll(/(?<=[ (:,/])0(?=\.\d)/g, "");
  files.set("style.css", style);
  files.set("script.js", SCRIPT);
  files.set("search_index.js", searchIndex(pages));
  files.set("favicon.svg", FAVICON);
  files.set("CITATION.cff", CITATION_CFF);
  files.set("claims.json", claimsText(claimsRecord(reports, run)));
  files.set("share.png", shareCard(reports, { run }));
  if (!permanent) addSiteFiles(files, { ...options, id, pages });
  // Pages of other runs are there already, or will be.
  checkSite(files, {
    outside: (path) => /^(\.\.\/\.\.|runs\/[^/]+)\//.test(path),
  });
  const { profile, started, commit, edited } = run;
  const manifest = manifestOf(files, {
    run: { id, profile, started, commit, edited },
    stages: stagesShown(options.provenance ?? new Map()),
    runs: permanent ? [] : options.published ?? [],
  });
  return files.set(MANIFEST, manifestText(manifest));
}

/** Adds what a site has once, and pages that a run keeps have not. */
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
  const changed = changedAt(run);
  files.set("sitemap.xml", sitemap(folders, { baseUrl, changed }));
}
