/**
 * Every file of a published site: the latest results, the pages that this run
 * keeps, and those that earlier runs keep.
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Reproduced } from "../engine/run/open_pipeline.ts";
import type { ProfileName } from "../engine/define/pipeline.ts";
import {
  MANIFEST,
  manifestOf,
  manifestText,
  readManifest,
  type SiteManifest,
} from "../reports/site/manifest.ts";
import {
  folderOfRun,
  type PublishedRun,
} from "../reports/runs/published_run.ts";
import type { Report } from "../reports/value/report.ts";
import type { SiteOptions } from "../reports/site/site.ts";
import { ownId } from "./id_of_results.ts";
import type { Published } from "./published_folder.ts";
import type { RenderSite } from "./site_sources.ts";

/** Content by path; a URL is a file to copy. */
type Files = Map<string, string | Uint8Array | URL>;

/** What to publish, where, and what is there. */
export interface PublishedFilesOptions {
  readonly content: SiteOptions;
  readonly render: RenderSite;
  readonly baseUrl: string | undefined;
  readonly before: Published;
  /** The folder that is published to. */
  readonly folder: string;
  readonly results: readonly Reproduced<Report>[];
  readonly profile: ProfileName;
}

/** The files, the id under which this run is kept, and how many others are. */
export async function publishedFiles(
  { content, render, baseUrl, before, folder, results, profile }:
    PublishedFilesOptions,
): Promise<
  { readonly files: Files; readonly id: string; readonly kept: number }
> {
  const files: Files = new Map();
  const kept = before.kind === "site"
    ? await keepRuns(before.manifest, { folder, files })
    : [];
  const id = await idAmong(kept, {
    folder,
    candidates: [content.id ?? "", ownId(results, { profile })],
    shown: await render({ ...content, permanent: true }),
  });
  const isKept = kept.some((run) => run.id === id);
  const { started, commit, edited } = content.run;
  const own = { id, profile, started, commit, edited };
  const published = isKept ? kept : [...kept, own];
  if (!isKept) {
    const own = folderOfRun({ id });
    const pages = await render({
      ...content,
      id,
      permanent: true,
      baseUrl: baseUrl && baseUrl + own,
    });
    for (const [path, bytes] of pages) files.set(own + path, bytes);
  }
  const latest = await render({ ...content, id, baseUrl, published });
  for (const [path, bytes] of latest) files.set(path, bytes);
  // A host that would turn the Markdown twins into pages leaves all as it is.
  files.set(".nojekyll", "");
  files.set(MANIFEST, manifestText(whole(files, { before })));
  return {
    files,
    id,
    kept: kept.filter((run) => run.id !== id).length,
  };
}

/** Takes over the pages of every run that are still there; the runs. */
async function keepRuns(
  manifest: SiteManifest,
  { folder, files }: { readonly folder: string; readonly files: Files },
): Promise<readonly PublishedRun[]> {
  const kept: PublishedRun[] = [];
  for (const run of manifest.runs) {
    const own = folderOfRun(run);
    const paths = Object.keys(manifest.files).filter((path) =>
      path.startsWith(own)
    );
    const there = await Promise.all(
      paths.map((path) =>
        Deno.stat(join(folder, path)).then(() => true, () => false)
      ),
    );
    if (!there.includes(true)) continue; // somebody let go of it
    const gone = paths[there.indexOf(false)];
    if (gone !== undefined) {
      throw new Error(
        `Cannot publish to "${folder}": "${gone}" of an earlier run is gone; restore it, or remove the whole folder "${own}" to let go of that run`,
      );
    }
    for (const path of paths) {
      files.set(path, pathToFileURL(join(folder, path)));
    }
    kept.push(run);
  }
  return kept;
}

/** The first id under which nothing else is kept. */
async function idAmong(
  kept: readonly PublishedRun[],
  { candidates, folder, shown }: {
    readonly candidates: readonly [string, string];
    readonly folder: string;
    /** The pages to keep; their manifest says of which stages they are. */
    readonly shown: ReadonlyMap<string, string | Uint8Array>;
  },
): Promise<string> {
  const [first, second] = candidates;
  if (!kept.some(({ id }) => id === first)) return first;
  const path = join(folder, folderOfRun({ id: first }), MANIFEST);
  const there = readManifest(await Deno.readTextFile(path));
  const here = readManifest(String(shown.get(MANIFEST)));
  const same = JSON.stringify(there.stages) === JSON.stringify(here.stages);
  return same ? first : second;
}

/** The manifest of all files; of those that are kept it is known already. */
function whole(
  files: Files,
  { before }: { readonly before: Published },
): SiteManifest {
  const own = readManifest(String(files.get(MANIFEST)));
  const made = new Map<string, string | Uint8Array>();
  const known: [string, SiteManifest["files"][string]][] = [];
  for (const [path, content] of files) {
    if (!(content instanceof URL)) made.set(path, content);
    else if (before.kind === "site") {
      const listed = before.manifest.files[path];
      if (listed !== undefined) known.push([path, listed]);
    }
  }
  const { files: sized, ...rest } = manifestOf(made, own);
  const all = [...Object.entries(sized), ...known];
  return {
    ...rest,
    files: Object.fromEntries(all.sort(([a], [b]) => a < b ? -1 : 1)),
  };
}
