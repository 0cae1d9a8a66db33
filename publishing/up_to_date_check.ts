/**
 * Tells whether the site on disk is that of some results, so that a run in which
 * nothing has changed need not make it to see that it is right.
 *
 * @module
 */
import { join } from "node:path";
import type { Reproduced } from "../engine/run/open_pipeline.ts";
import type { Report } from "../reports/value/report.ts";
import { type Digest, digestOf } from "../engine/define/hash.ts";
import { runHistory } from "../engine/store/run_history.ts";
import {
  gitCommit,
  gitFolders,
  repositoryOf,
} from "../provenance/git/git_checkout.ts";
import {
  readSiteOrigin,
  settledIdentities,
  writeSiteOrigin,
} from "./site_origin_file.ts";
import { guideOf } from "./guide_files.ts";
import type { SiteSources } from "./site_sources.ts";
import { basisOf } from "./site_basis.ts";
import { digestIfAsListed, filesWritten } from "./site_folder.ts";

/** A check whether the site in a folder is up to date. */
export interface UpToDateCheck {
  /** How many files the site has, if it is that of these results; `undefined` if that is not certain. */
  filesIfUpToDate(
    results: readonly Reproduced<Report>[],
    earlier: SiteSources["earlier"],
  ): Promise<number | undefined>;
  /** The runs that a site may show that is made from now on: one that still goes on is not among them. */
  endedRuns(): Promise<Digest>;
  /**
   * Remembers a site that was written from these results, or compared with them
   * file by file.
   *
   * @param runs those that had ended before it was made
   */
  remember(
    results: readonly Reproduced<Report>[],
    earlier: SiteSources["earlier"],
    runs: Digest,
  ): Promise<void>;
}

/** The check of the site in a folder, by what the store of a project says it was made from. */
export function upToDateCheck(
  folder: string,
  { root, siteModule, project, profile, device, clock, modules }:
    & SiteSources
    & {
      /** URLs of modules that say what the site shows, besides the one that draws it. */
      readonly modules: readonly string[];
    },
): UpToDateCheck {
  const store = project.store.folder;
  const opened = clock();
  let basis: { readonly digest: Digest | undefined } | undefined;

  /** The digest of all but the runs; it is asked for once, with the results at the end. */
  const basisNow = (
    results: readonly Reproduced<Report>[],
    earlier: SiteSources["earlier"],
  ) =>
    (basis ??= {
      digest: basisOf(results, [
        ...[profile, device.device, device.reason, siteModule],
        gitCommit(root),
        repositoryOf(root),
        JSON.stringify([earlier ?? {}, ...guideOf(root)]),
      ]),
    }).digest;

  return {
    async filesIfUpToDate(results, earlier) {
      if (results.some(({ result }) => result.ran.length > 0)) return undefined;
      const found = readSiteOrigin(store, folder);
      if (found === undefined) return undefined;
      const ids = runHistory(store).ids();
      // What is shown of earlier runs alone may stand first.
      const own = results.find(({ run }) => run !== undefined)?.run;
      // This run found everything in the store, and so is not on the site.
      const before = digestOfIds(ids.filter((id) => id !== own));
      if (before !== found.runs || basisNow(results, earlier) !== found.basis) {
        return undefined;
      }
      const files = filesWritten(folder);
      const site = Object.keys(found.site).length > 0
        ? found.site
        : settledIdentities(files, { folder, now: opened }) ?? {};
      await writeSiteOrigin(store, { ...found, site, runs: digestOfIds(ids) });
      return files.length - 1; // the list of them is one
    },

    async endedRuns() {
      const { runsUnderway } = await import("./ended_runs.ts");
      const ids = runHistory(store).ids();
      const underway = runsUnderway(project.store);
      return digestOfIds(ids.filter((id) => !underway.has(id)));
    },

    async remember(results, earlier, runs) {
      const now = basisNow(results, earlier);
      if (siteModule === undefined || now === undefined) return;
      const list = digestIfAsListed(folder);
      if (list === undefined) return;
      const site = settledIdentities(filesWritten(folder), {
        folder,
        now: opened,
      }) ?? {};
      const files = await project.filesOf([
        ...[siteModule, ...modules],
        // The site says which files of theirs were edited.
        ...results.map(({ pipeline }) => pipeline.module),
      ]).catch(() => []); // then it is not known what the code is
      // By git's index files count as edited, where there is a commit.
      const index = gitCommit(root) === null
        ? []
        : [join(gitFolders(root).own, "index")];
      const code = settledIdentities([...files, ...index], { now: opened });
      if (code === undefined || files.length === 0) return;
      await writeSiteOrigin(store, {
        folder,
        basis: now,
        runs,
        list,
        site,
        code,
      });
    },
  };
}

function digestOfIds(ids: readonly string[]): Digest {
  return digestOf(new TextEncoder().encode(ids.join("\n")));
}
