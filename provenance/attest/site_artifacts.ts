/**
 * The published artifacts of a site: which files belong to which figure or
 * report.
 *
 * @module
 */

/** Files that are signed together. */
export interface SiteArtifact {
  /** Id of the report; left out for pages that belong to none. */
  readonly report?: string;
  /** Id of the figure; left out for the report's own pages. */
  readonly figure?: string;
  /** Paths of the files, sorted. */
  readonly paths: readonly string[];
}

/**
 * Sorts the files of a site by what they show.
 *
 * @param paths all of them
 * @param figures ids of the figures of each report
 */
export function siteArtifacts(
  paths: readonly string[],
  figures: ReadonlyMap<string, readonly string[]>,
): readonly SiteArtifact[] {
  const shownBy = (path: string): Omit<SiteArtifact, "paths"> => {
    const [report = "", next = ""] = path.split("/");
    const figure = next.replace(/\.[a-z]+$/, "");
    const ids = figures.get(report);
    if (ids === undefined) return {};
    return ids.includes(figure) ? { report, figure } : { report };
  };
  const groups = Map.groupBy(
    paths.toSorted(),
    (path) => JSON.stringify(shownBy(path)),
  );
  return [...groups].map(([shown, paths]) => ({ ...JSON.parse(shown), paths }));
}
