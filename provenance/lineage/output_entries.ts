/**
 * What in the output of a pipeline has an id, and the artifacts that are put
 * into it.
 *
 * @module
 */
import {
  branchesOf,
  isOrElse,
  isRef,
  targetOf,
} from "../../engine/define/ref.ts";
import {
  artifactsIn,
  type ShownArtifact,
  valueAt,
} from "../../engine/history/output_paths.ts";
import type { MadePipeline } from "./made_pipeline.ts";

/** A figure, picture, table or claim of an output. */
export interface OutputEntry {
  readonly kind: typeof KINDS[number][1];
  readonly id: string;
  /** The artifacts that are put into the entry. */
  readonly artifacts: readonly ShownArtifact[];
}

/** Lists of a report whose entries have ids. */
const KINDS = [
  ["figures", "figure"],
  ["pictures", "picture"],
  ["tables", "table"],
  ["claims", "claim"],
] as const;

/** Everything in the output of a pipeline that has an id, in the order in which a name is looked up. */
export async function entriesOf(
  made: MadePipeline,
): Promise<readonly OutputEntry[]> {
  const { output, graph } = made.open;
  const entries: OutputEntry[] = [];
  for (const [list, kind] of KINDS) {
    const values = valueAt(output, list);
    for (const value of Array.isArray(values) ? values : []) {
      const id = await idOf(value, made);
      if (id === undefined) continue;
      entries.push({ kind, id, artifacts: artifactsIn(value, graph) });
    }
  }
  return entries;
}

/** The id of an entry, read from the store where a stage gives the whole of it. */
async function idOf(
  entry: unknown,
  made: MadePipeline,
): Promise<string | undefined> {
  if (isOrElse(entry)) return await idOf(branchesOf(entry).value, made);
  if (!isRef(entry)) {
    const id = valueAt(entry, "id");
    return typeof id === "string" ? id : undefined;
  }
  const { stage, field } = targetOf(entry);
  const { open, recordOf } = made;
  const digest = recordOf(open.graph.node(stage).stage.name)?.outputs[field]
    ?.digest;
  if (digest === undefined) return undefined;
  try {
    const value = stage.task.codecs[field]?.decode(
      await open.store.object(digest),
    );
    return await idOf(value, made);
  } catch {
    return undefined; // damaged: the next run makes it again
  }
}
