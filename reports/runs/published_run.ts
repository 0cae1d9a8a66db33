/**
 * A run whose pages have an address of their own on a published site.
 *
 * @module
 */

/** Which run, and what it was. */
export interface PublishedRun {
  /** Its id in the history of the store; its folder is `runs/ID/`. */
  readonly id: string;
  /** Scale of the run. */
  readonly profile: string;
  /** When its first stage ran, ISO 8601 in UTC. */
  readonly started: string;
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /** Paths of files that were edited and neither staged nor committed; left out where that is not known. */
  readonly edited?: readonly string[] | undefined;
}

/** The folder of a run from the root of its site, ending in a slash. */
export function folderOfRun({ id }: Pick<PublishedRun, "id">): string {
  return `runs/${id}/`;
}
