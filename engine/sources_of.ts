/**
 * The published files that a graph needs.
 *
 * @module
 */
import { z } from "zod";
import type { Graph } from "./graph.ts";
import type { Stage } from "./ref.ts";
import type { Source } from "./source.ts";

/** The arguments of `tasks/fetch_source.ts`; a layer above this one. */
const FETCH_TASK = "fetchSource";
const argumentsSchema = z.object({
  source: z.object({
    url: z.string(),
    sha256: z.string(),
    title: z.string(),
  }),
});

/** The published file that a stage fetches, if it is one that fetches. */
export function sourceOfStage({ task, args }: Stage): Source | undefined {
  if (task.name !== FETCH_TASK) return undefined;
  return argumentsSchema.safeParse(args).data?.source;
}

/** Every published file that stages of a graph fetch, in order of place. */
export function sourcesOf({ nodes }: Graph): readonly Source[] {
  return nodes.flatMap(({ stage }) => sourceOfStage(stage) ?? []);
}
