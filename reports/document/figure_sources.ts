/**
 * What a figure is made of: its code, its stages, the command that makes it.
 *
 * @module
 */
import type { FigureSources } from "./document.ts";
import type { Provenance } from "../runs/stage_provenance.ts";
import type { RunRecord } from "../runs/run_record.ts";

/** Folder of the page of the lineage of a report, below that of the report. */
export const LINEAGE = "lineage";

/** Id of the section of a page that says how to read its figures. */
export const READING = "reading";

/** What is known of the making of a report. */
export interface Making {
  readonly run: RunRecord;
  readonly provenance?: Provenance | undefined;
}

/** What is said after `deno task` to make a report again, or all: `reproduce theory --profile full --device wasm`. */
export function reproduceWords(
  { profile, device: { asked } }: RunRecord,
  pipeline: string | null,
): string {
  return [
    "reproduce",
    ...pipeline === null ? [] : [pipeline],
    ...profile === "default" ? [] : [`--profile ${profile}`],
    ...asked === undefined ? [] : [`--device ${asked}`],
  ].join(" ");
}

/**
 * The sources of a figure.
 *
 * @param options.files the way from the page to the folder of the report
 */
export function figureSources(
  { report, figure }: { readonly report: string; readonly figure: string },
  { run, provenance, files }: Making & { readonly files: string },
): FigureSources {
  return {
    rebuild: `deno task ${reproduceWords(run, report)}`,
    reading: `#${READING}`,
    code: provenance?.module,
    lineage: provenance && `${files}${LINEAGE}/index.html#figure-${figure}`,
  };
}

/** A file of the repository at the commit of a run, if that has it as it was, on the hosts whose addresses are known. */
export function codeUrl(
  path: string,
  { repository, commit, edited }: RunRecord,
): string | undefined {
  if (repository === undefined || commit === null) return undefined;
  if (edited?.includes(path)) return undefined;
  const { host } = new URL(repository);
  const between = {
    "github.com": "blob",
    "gitlab.com": "-/blob",
    "codeberg.org": "src/commit",
  }[host];
  return between === undefined
    ? undefined
    : `${repository}/${between}/${commit}/${path}`;
}
