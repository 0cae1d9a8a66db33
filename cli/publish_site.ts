/**
 * Keeps the site up to date while pipelines run: what is done is on it, though
 * others take long.
 *
 * @module
 */
import { join } from "node:path";
import type { ProfileName } from "../engine/pipeline.ts";
import type { Reproduced } from "../engine/reproduce.ts";
import type { Store } from "../engine/store.ts";
import type { Report } from "../reports/report.ts";
import type { Display } from "./display/display.ts";
import { pathFrom, siteFolderOf } from "./project_of.ts";
import type { ChosenDevice, Shell } from "./shell.ts";
import { siteContent } from "./site_content.ts";
import { writeSite } from "./site_folder.ts";

/** Pipelines that end within this time are put on the site together. */
const PAUSE_MILLISECONDS = 250;

/** A site that grows. */
export interface SitePublisher {
  /** Takes what a pipeline gave, and soon writes the site. */
  add(done: Reproduced<Report>): void;
  /** Waits for what is being written; nothing is written after it. */
  stop(): Promise<void>;
  /**
   * Writes the site for the last time, if there is anything to show.
   *
   * @param complete whether pages of an earlier site may go
   */
  finish(options: { readonly complete: boolean }): Promise<void>;
}

/** What a publisher needs to know. */
export interface PublishOptions {
  readonly shell: Shell;
  readonly store: Store;
  /** Folder named on the command line. */
  readonly site: string | undefined;
  /** Names of pipelines in the order in which they are read. */
  readonly order: readonly string[];
  readonly profile: ProfileName;
  readonly device: ChosenDevice;
  readonly display: Display;
}

/** A publisher with nothing on its site yet. */
export function sitePublisher(
  { shell, store, site, order, profile, device, display }: PublishOptions,
): SitePublisher {
  const results = new Map<string, Reproduced<Report>>();
  const written = new Set<string>();
  const path = siteFolderOf(shell, site);
  const folder = pathFrom(shell.folder, path);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  /** Whether an earlier site has the page of a pipeline that is not done yet. */
  async function showedMore(): Promise<boolean> {
    const missing = order.filter((name) => !results.has(name));
    const found = await Promise.all(
      missing.map((name) =>
        Deno.stat(join(path, name, "index.html")).then(() => true, () => false)
      ),
    );
    return found.includes(true);
  }

  async function write(
    { complete, keepsFront = false }: {
      readonly complete: boolean;
      /** Whether the front page stays as it is. */
      readonly keepsFront?: boolean;
    },
  ) {
    const shown = order.filter((name) => results.has(name));
    const render = await shell.site();
    const files = await render(
      await siteContent(shown.flatMap((name) => results.get(name) ?? []), {
        ...{ shell, store, profile, device },
      }),
    );
    const change = await writeSite(path, {
      files: keepsFront ? withoutFront(files) : files,
      complete,
      onWrite: (file) => written.add(file),
    });
    return { shown, change };
  }

  async function update(): Promise<void> {
    // A front page that links to more would lose those links until the end.
    const { shown, change } = await write({
      complete: false,
      keepsFront: await showedMore(),
    });
    if (change.written === 0) return;
    display.show({ kind: "site-updated", folder, pipelines: shown });
  }

  async function stop(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    await writing;
  }

  return {
    add(done) {
      const { name, output } = done;
      if (output.kind !== "value") return;
      results.set(name, done);
      timer ??= setTimeout(() => {
        timer = undefined;
        // What goes wrong goes wrong again at the end, and is said there.
        writing = writing.then(update).catch(() => {});
      }, PAUSE_MILLISECONDS);
    },

    stop,

    async finish(options) {
      await stop();
      if (results.size === 0) return;
      const { change: { removed, unchanged } } = await write(options);
      display.show({
        kind: "site-written",
        ...{ folder, removed, written: written.size, unchanged },
      });
    },
  };
}

/** Files that tell of the whole site, not of one page. */
const OF_THE_WHOLE = [
  "index.html",
  "index.md",
  "search_index.js",
  "feed.xml",
  "share.png",
  "manifest.json",
];

/** All but the front page, and what else tells of all pages. */
function withoutFront<T>(
  files: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  return new Map(
    [...files].filter(([path]) => !OF_THE_WHOLE.includes(path)),
  );
}
