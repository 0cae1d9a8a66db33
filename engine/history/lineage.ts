/**
 * Where artifacts come from: the stages behind them, back to those that take
 * in nothing.
 *
 * @module
 */
import type { Graph, Node } from "../run/graph.ts";
import type { Digest } from "../define/hash.ts";
import { callsIn } from "../define/inline.ts";
import { digestOfKey } from "../keys/key.ts";
import type { Source } from "../define/source.ts";
import { sourceOfStage } from "./sources_of.ts";
import type { StageRecord } from "../store/store.ts";

/** A stage behind an artifact. */
export interface LineageStage {
  readonly name: string;
  /** Module and name of its task, e.g. `tasks/training/train.ts#train`, as when it ran; `undefined` if it has not run. */
  readonly task: string | undefined;
  /** Digest of the key of the stage. */
  readonly key: Digest | undefined;
  /** When the stage ended: ISO 8601, UTC. */
  readonly finishedAt: string | undefined;
  readonly seconds: number | undefined;
  /** The arguments that are plain values, by path. */
  readonly params: StageRecord["key"]["params"];
  /** Version and digest of each package that the code of the stage imports. */
  readonly packages: Readonly<Record<string, string>>;
  /** What the stage computed on, e.g. `device`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Calls of inline tasks that are part of the stage, e.g. `applyShift (tint)`. */
  readonly calls: readonly string[];
  /** Every artifact among the arguments of the stage. */
  readonly inputs: readonly {
    readonly path: string;
    readonly stage: string;
    readonly field: string;
    readonly digest: Digest | undefined;
  }[];
  readonly outputs: StageRecord["outputs"];
  /** The published file that the stage fetched, if it fetches one. */
  readonly source: Source | undefined;
}

/**
 * The stages behind some of a graph, each before those that it takes in.
 *
 * @param roots names of the stages to start from
 * @param recordOf what a stage made when it last ran
 */
export function lineageOf(
  graph: Graph,
  { roots, recordOf }: {
    readonly roots: readonly string[];
    readonly recordOf: (stage: string) => StageRecord | undefined;
  },
): readonly LineageStage[] {
  const behind = new Set(roots);
  /** Digests that consumers took, by stage and field. */
  const taken = new Map<string, Set<Digest>>();
  // Consumers first: whoever is needed has been seen when its producers are reached.
  return graph.nodes.toReversed().flatMap((node) => {
    const { name } = node.stage;
    if (!behind.has(name)) return [];
    const last = recordOf(name);
    const isIt = Object.entries(last?.outputs ?? {}).every(([field, one]) =>
      taken.get(`${name} ${field}`)?.values()
        .every((digest) => digest === one.digest) ?? true
    );
    const record = isIt ? last : undefined; // it has run anew since
    for (const { path, stage, field } of node.inputs) {
      behind.add(stage.name);
      const digest = record?.key.inputs[path];
      if (digest === undefined) continue;
      taken.getOrInsertComputed(`${stage.name} ${field}`, () => new Set())
        .add(digest);
    }
    return [stageOf(node, record)];
  });
}

function stageOf(
  { stage, inputs }: Node,
  record: StageRecord | undefined,
): LineageStage {
  return {
    name: stage.name,
    task: record?.key.task,
    key: record === undefined ? undefined : digestOfKey(record.key),
    finishedAt: record?.finishedAt,
    seconds: record?.seconds,
    params: record?.key.params ?? {},
    packages: record?.key.packages ?? {},
    environment: record?.key.environment ?? {},
    calls: callsIn(stage),
    inputs: inputs.map(({ path, stage, field }) => ({
      path,
      stage: stage.name,
      field,
      digest: record?.key.inputs[path],
    })),
    outputs: record?.outputs ?? {},
    source: sourceOfStage(stage),
  };
}
