/**
 * What pages say of the runs that keep addresses of their own.
 *
 * @module
 */
import { type Block, type Page, rootOf } from "../document/document.ts";
import { facts, heading, link, notice, prose } from "../document/pieces.ts";
import { commitInline } from "../document/edited.ts";
import { folderOfRun, type PublishedRun } from "../runs/published_run.ts";
import type { RunRecord } from "../runs/run_record.ts";

/** Which run a page is of, and which others there are. */
export interface RunsOptions {
  readonly run: RunRecord;
  readonly id?: string | undefined;
  readonly published?: readonly PublishedRun[] | undefined;
  readonly permanent?: boolean | undefined;
}

/**
 * A page that a run keeps leads to the latest one; the front page leads to
 * every run that is kept.
 */
export function withRuns(page: Page, options: RunsOptions): Page {
  const { run, id = "", published = [] } = options;
  if (options.permanent === true) {
    const stays = notice(
      `Run ${id} of ${run.started.slice(0, 10)}.`,
      " This page stays as it is. ",
      link("The latest results", `${rootOf(page)}../../index.html`),
      " may differ.",
    );
    return { ...page, blocks: [stays, ...page.blocks] };
  }
  if (page.folder !== "" || published.length === 0) return page;
  const place = page.blocks.findIndex((block) =>
    block.kind === "heading" && block.id === "environment"
  );
  const at = place < 0 ? page.blocks.length : place;
  return {
    ...page,
    blocks: page.blocks.toSpliced(at, 0, ...runBlocks(published, options)),
  };
}

function runBlocks(
  published: readonly PublishedRun[],
  { id }: RunsOptions,
): readonly Block[] {
  const newestFirst = published.toSorted((a, b) =>
    a.started === b.started
      ? a.id < b.id ? -1 : 1
      : a.started < b.started
      ? 1
      : -1
  );
  return [
    heading("runs", "Runs that stay"),
    prose(
      "The pages of each run keep an address that never changes, to be cited.",
    ),
    facts(newestFirst.map((run) => [
      run.started.slice(0, 10),
      [
        link(`Run ${run.id}`, `./${folderOfRun(run)}index.html`),
        `, profile ${run.profile}`,
        ...run.commit === null
          ? []
          : [", commit ", ...commitInline({ ...run, commit: run.commit })],
        ...run.id === id ? [": what is shown here"] : [],
      ],
    ])),
  ];
}
