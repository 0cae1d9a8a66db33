/**
 * Of which pipelines and stages results are no longer kept, since they are no
 * more.
 *
 * @module
 */
import { listed, someOf } from "../../engine/define/listed.ts";
import type { Garbage, Roots } from "../../engine/store/garbage.ts";
import type { StoreContents } from "../../engine/store/store_contents.ts";

/** So many stages are named, and the others counted. */
const MOST_NAMED = 3;

const KEPT =
  "what it made is kept where a remembered run or a published site needs it";

/** A line for each pipeline that is no more, and for each whose results go since it lacks their stages now. */
export function garbageLines(
  { lastKeys, records }: StoreContents,
  { stages, garbage }: {
    readonly stages: Roots["stages"];
    readonly garbage: Garbage;
  },
): readonly string[] {
  const removed = new Set(garbage.records.map(({ path }) => path));
  const pipelines = new Map<string, string[]>();
  const lines: string[] = [];
  for (const [name, last] of lastKeys) {
    const [, pipeline = name, profile = ""] = /^(.*)\.(.*)$/.exec(name) ?? [];
    const now = stages.get(name);
    if (now === undefined) {
      pipelines.set(pipeline, [...pipelines.get(pipeline) ?? [], profile]);
      continue;
    }
    const gone = Object.keys(last).filter((stage) =>
      !now.has(stage) && removed.has(records.get(last[stage] ?? "")?.path ?? "")
    );
    if (gone.length > 0) {
      lines.push(
        `${pipeline} at profile ${profile} no longer has ${
          someOf(gone, MOST_NAMED)
        }`,
      );
    }
  }
  return [
    ...[...pipelines].map(([pipeline, profiles]) =>
      `${pipeline} (${listed(profiles)}) is no longer a pipeline: ${KEPT}`
    ),
    ...lines,
  ];
}
