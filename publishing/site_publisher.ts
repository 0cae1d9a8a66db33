/**
 * Keeps the site up to date while pipelines run: what is done is on it, though
 * others take long.
 *
 * @module
 */
import { join } from "node:path";
import { later } from "../engine/define/later.ts";
import { isUnavailable } from "../engine/define/error.ts";
import {
  readLast,
  readStored,
  type Stored,
} from "../engine/history/read_stored.ts";
import type { OpenPipeline, Reproduced } from "../engine/run/open_pipeline.ts";
import { inTurn } from "../engine/store/in_turn.ts";
import { runHistory } from "../engine/store/run_history.ts";
import type { Report } from "../reports/value/report.ts";
import { type SiteChange, writeSite } from "./site_folder.ts";
import { upToDateCheck } from "./up_to_date_check.ts";
import type { RenderSite, SiteSources } from "./site_sources.ts";

/** Loaded later: where nothing has changed nobody needs it. */
const content = later<typeof import("./site_content.ts")>(
  import.meta.resolve("./site_content.ts"),
);

/** Pipelines that end within this time are put on the site together. */
const PAUSE_MILLISECONDS = 250;

/** Writes a site, again and again while pipelines run. */
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

/** What has become of the site, for a display. */
export type SiteEvent =
  | {
    /** Some pipelines are done and on the site, others still run. */
    readonly kind: "site-updated";
    readonly folder: string;
    readonly pipelines: readonly string[];
    /** Whether the front page and the claims are still those of an earlier site, until the end. */
    readonly keepsFront: boolean;
  }
  | (SiteChange & {
    readonly kind: "site-written";
    readonly folder: string;
    /** Pipelines that are shown as they were before, though they would be others now. */
    readonly earlier: readonly string[];
    /** Pipelines whose pages of an earlier run lie there still, but which no page leads to: their results are not in the store. */
    readonly unlinked: readonly string[];
    readonly profile: string;
  });

/** What is published, and where. */
export interface PublishOptions extends SiteSources {
  /** Folder of the site. */
  readonly path: string;
  /** The path of the folder as somebody would write it who gave the command. */
  readonly folder: string;
  /** Throws if the site that is there is to stay; called before it is written. */
  refuse(): void;
  /** Names of pipelines in the order in which they are read. */
  readonly order: readonly string[];
  /** What is run, in that order. */
  readonly run: readonly { readonly name: string; readonly title: string }[];
  /** Opens one of them at the profile of the run; `undefined` where it does not have that. */
  open(name: string): OpenPipeline<Report> | undefined;
  /** Loads the function that draws the pages. */
  site(): Promise<RenderSite>;
  show(event: SiteEvent): void;
}

/** A publisher with nothing on its site yet. */
export function sitePublisher(
  { path, folder, refuse, order, run, open, site, show, ...sources }:
    PublishOptions,
): SitePublisher {
  const { store } = sources.project;
  /** What is done, by name. */
  const results = new Map<string, Reproduced<Report>>();
  /** Paths of all files that were written. */
  const written = new Set<string>();
  const check = upToDateCheck(path, {
    ...sources,
    // What makes the content, and what writes it.
    modules: [import.meta.resolve("./site_publisher.ts")],
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  /** Pipelines that are not done yet, of which an earlier site has the page. */
  function shownBefore(): Promise<readonly string[]> {
    return withPage(path, order.filter((name) => !results.has(name)));
  }

  /** Makes the site of some results, and writes what of it is not there. */
  async function write(
    shown: readonly Reproduced<Report>[],
    {
      complete,
      earlier,
      awaited,
      unlinked = [],
      keepsFront = false,
      whenWritten = () => Promise.resolve(),
    }: {
      readonly complete: boolean;
      readonly earlier?: Readonly<Record<string, string>>;
      readonly awaited?: readonly string[];
      readonly unlinked?: readonly string[];
      /** Whether {@linkcode OF_THE_WHOLE} stay as they are. */
      readonly keepsFront?: boolean;
      readonly whenWritten?: () => Promise<void>;
    },
  ) {
    refuse();
    const [render, { siteContent }] = await Promise.all([
      site(),
      content(),
    ]);
    const files = await render(
      await siteContent(shown, { ...sources, earlier, awaited }),
    );
    return await writeSite(path, {
      files: keepsFront ? withoutFront(files) : files,
      profile: sources.profile,
      complete,
      stays: (file) => unlinked.some((name) => file.startsWith(`${name}/`)),
      onWrite: (file) => written.add(file),
      whenWritten,
      option: "--site",
    });
  }

  /** What is shown, in the order in which it is read. */
  function inOrder(
    more: readonly Reproduced<Report>[] = [],
  ): readonly Reproduced<Report>[] {
    return order.flatMap((name) =>
      results.get(name) ?? more.filter((one) => one.name === name)
    );
  }

  async function update(): Promise<void> {
    // As long as nothing has run, what is there is what it will show in the end.
    const hasRun = results.values().some(({ result }) => result.ran.length > 0);
    const names = [...results.keys()];
    const there = hasRun ? [] : await withPage(path, names);
    if (there.length === names.length) return;
    // A front page that links to more would lose those links until the end.
    const shown = inOrder();
    const keepsFront = (await shownBefore()).length > 0;
    const awaited = run.filter(({ name }) => !results.has(name))
      .map(({ title }) => title);
    const change = await write(shown, {
      complete: false,
      keepsFront,
      ...awaited.length === 0 ? {} : { awaited },
    });
    if (change.written === 0) return;
    const pipelines = shown.map(({ name }) => name);
    show({ kind: "site-updated", folder, pipelines, keepsFront });
  }

  /** One run at a time writes a site: what others have put there meanwhile stays. */
  const alone = <T>(work: () => Promise<T>) =>
    inTurn(store.folder, { name: "site", work });

  /** What is to be shown in the end, with what was there before. */
  async function look() {
    const before = await shownBefore();
    const last = await lastResults(
      before.flatMap((name) => open(name) ?? []),
      store.folder,
    );
    const earlier = Object.fromEntries(
      last.flatMap(({ done, isCurrent }) =>
        isCurrent ? [] : [[done.name, whenMade(done)]]
      ),
    );
    const more = last.map(({ done }) => done);
    const unlinked = before.filter((name) =>
      more.every((one) => one.name !== name)
    );
    return { shown: inOrder(more), earlier, unlinked };
  }

  async function writeLast(complete: boolean) {
    const runs = await check.endedRuns();
    const found = await look();
    const { shown, earlier } = found;
    const change = await write(shown, {
      complete,
      ...found,
      async whenWritten() {
        if (complete) await check.remember(shown, earlier, runs);
      },
    });
    return { ...found, ...change };
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
        writing = writing.then(() => alone(update)).catch(() => {});
      }, PAUSE_MILLISECONDS);
    },

    stop,

    async finish({ complete }) {
      await stop();
      if (results.size === 0) return;
      const before = complete && written.size === 0 ? await look() : undefined;
      const upToDate = before &&
        await check.filesIfUpToDate(before.shown, before.earlier);
      const end = upToDate === undefined
        ? await alone(() => writeLast(complete))
        : { ...before, removed: 0, unchanged: upToDate };
      const { earlier = {}, unlinked = [], unchanged, removed } = end;
      show({
        kind: "site-written",
        folder,
        removed,
        written: written.size,
        unchanged,
        earlier: Object.keys(earlier),
        unlinked,
        profile: sources.profile,
      });
    },
  };
}

/** Those of some pipelines of which the site in a folder has the page. */
async function withPage(
  folder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map((name) =>
      Deno.stat(join(folder, name, "index.html")).then(() => true, () => false)
    ),
  );
  return names.filter((_, i) => found[i]);
}

/** What a pipeline gave that is not run. */
interface LastResult {
  readonly done: Reproduced<Report>;
  /** Whether a run would give it again, unless it could have published files that the last one lacked. */
  readonly isCurrent: boolean;
}

/** What pipelines gave when they last ran, as far as the store has it. */
async function lastResults(
  pipelines: readonly OpenPipeline<Report>[],
  store: string,
): Promise<readonly LastResult[]> {
  const runs = pipelines.length === 0 ? [] : runHistory(store).list();
  const found: LastResult[] = [];
  for (const pipeline of pipelines) {
    const last = valueIn(await readLast(pipeline, { runs }).catch(() => {}));
    if (last === undefined) continue;
    const now = lacksSourcesAlone(last)
      ? valueIn(await readStored(pipeline, { runs }).catch(() => {}))
      : undefined;
    const isCurrent = now !== undefined && lacksSourcesAlone(now);
    found.push({ done: isCurrent ? now : last, isCurrent });
  }
  return found;
}

/** A result with all that is to be shown; none where it is damaged. */
function valueIn(
  stored: Stored<Report> | void,
): Reproduced<Report> | undefined {
  return stored?.kind === "complete" && stored.done.output.kind === "value"
    ? stored.done
    : undefined;
}

/** Whether something is missing, and that is what published files that cannot be had would give. */
function lacksSourcesAlone({ result }: Reproduced<Report>): boolean {
  return result.failures.length > 0 && result.failures.every(isUnavailable);
}

/** When the last of the results of a pipeline was made. */
function whenMade({ result }: Reproduced<Report>): string {
  return [...result.records.values()].map(({ finishedAt }) => finishedAt)
    .sort().at(-1) ?? "";
}

/** Files that are about the whole site, not about one page. */
const OF_THE_WHOLE = [
  "index.html",
  "index.md",
  "claims/index.html",
  "claims/index.md",
  "claims.json",
  "search_index.js",
  "feed.xml",
  "share.png",
  "manifest.json",
];

/** All files but those {@linkcode OF_THE_WHOLE}. */
function withoutFront<T>(
  files: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  return new Map(
    [...files].filter(([path]) => !OF_THE_WHOLE.includes(path)),
  );
}
