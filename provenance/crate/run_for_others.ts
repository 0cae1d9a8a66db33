/**
 * A run as others get it: what was done, and nothing of the machines and people
 * that did it.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import type { HistoricRun, RunStage } from "../../engine/store/historic_run.ts";

/** Folders that messages may name. */
interface Places {
  /** Folder of the project, written as `.`. */
  readonly root: string;
  /** Folder of the store, written as `.store`. */
  readonly store: string;
}

/**
 * The run without its process and the workers of its stages. Of why stages
 * failed, paths are written from the folder of the project, and those of
 * somebody's home as `~`.
 */
export function runForOthers(
  { presence: _, ...run }: HistoricRun,
  places: Places,
): HistoricRun {
  const pathless = withoutPlaces(places);
  const stageForOthers = ({ by: _, reason, ...stage }: RunStage): RunStage => ({
    ...stage,
    ...reason === undefined ? {} : { reason: pathless(reason) },
  });
  const pipelines = Object.entries(run.pipelines).map(([name, pipeline]) => {
    const stages = Object.entries(pipeline.stages)
      .map(([stage, became]) => [stage, stageForOthers(became)]);
    return [name, { ...pipeline, stages: Object.fromEntries(stages) }];
  });
  return { ...run, pipelines: Object.fromEntries(pipelines) };
}

/** A home on Linux or macOS, where a path begins. */
const HOME =
  /(?<![\w.~-])(?:file:\/\/)?\/(?:(?:home|Users)\/[^/\s"']+|root(?![\w.-]))/g;

function withoutPlaces({ root, store }: Places): (text: string) => string {
  const known = [[store, ".store"], [root, "."]] as const;
  const written = known.flatMap(([folder, name]) => {
    const path = folder.replace(/\/+$/, "");
    if (path === "") return [];
    return [pathToFileURL(path).href, path].map((text) =>
      [
        new RegExp(`(?<![\\w.~-])${RegExp.escape(text)}(?![\\w.-])`, "g"),
        name,
      ] as const
    );
  });
  return (text) =>
    [...written, [HOME, "~"] as const]
      .reduce((left, [place, name]) => left.replaceAll(place, name), text);
}
