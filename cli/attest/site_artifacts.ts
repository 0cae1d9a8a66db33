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
  /** Paths, sorted. */
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
  const groups = new Map<string, SiteArtifact & { paths: string[] }>();
  for (const path of paths.toSorted()) {
    const [report = "", next = ""] = path.split("/");
    const ids = figures.get(report);
    const id = next.replace(/\.[a-z]+$/, "");
    const names = ids === undefined
      ? {}
      : ids.includes(id)
      ? { report, figure: id }
      : { report };
    const group = JSON.stringify(names);
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { ...names, paths: [path] });
    else known.paths.push(path);
  }
  return [...groups.values()];
}
