/**
 * The stages of a pipeline as nodes of a graph that can be read: one a stage,
 * or one a task where there are many.
 *
 * @module
 */
import type {
  Provenance,
  StageProvenance,
} from "../../runs/stage_provenance.ts";

/** One node: a stage, or the stages of one task. */
export interface StageNode {
  readonly id: string;
  /** Name of the stage, or of the task and how often it is called. */
  readonly title: string;
  readonly stages: readonly StageProvenance[];
  /** The worst state of its stages. */
  readonly state: StageProvenance["state"];
}

/** Nodes, and which of them takes in what another made: not where a way through others says it, nor of two tasks by turns what the later made. */
export interface StageGraph {
  readonly nodes: readonly StageNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** Whether a node stands for all stages of a task. */
  readonly grouped: boolean;
}

/** How many stages one drawing has room for. */
const MANY = 24;

/** The states of a stage, the one first that a reader should know first. */
const STATES = ["failed", "blocked", "ran", "reused"] as const;

/** The graph of some stages; by task if there are many. */
export function stageGraph({ stages }: Provenance): StageGraph {
  const grouped = stages.length > MANY;
  const idOf = ({ name, task }: StageProvenance) => grouped ? task : name;
  const byId = Map.groupBy(stages, idOf);
  const idOfName = new Map(stages.map((stage) => [stage.name, idOf(stage)]));
  /** Of each node so far the nodes that it depends on. */
  const behind = new Map<string, ReadonlySet<string>>();
  const edges = [...byId].flatMap(([to, members]) => {
    const names = members.flatMap(({ inputs }) =>
      inputs.map(({ stage }) => idOfName.get(stage) ?? "")
    );
    const inputs = [...new Set(names)].filter((id) => behind.has(id));
    const farther = new Set(inputs.flatMap((id) => [...behind.get(id) ?? []]));
    behind.set(to, new Set([...inputs, ...farther]));
    return inputs.filter((from) => !farther.has(from))
      .map((from) => ({ from, to }));
  });
  return {
    grouped,
    nodes: [...byId].map(([id, members]) => ({
      id,
      title: members.length === 1
        ? members[0]?.name ?? id
        : `${id} × ${members.length}`,
      stages: members,
      state:
        STATES.find((state) =>
          members.some((member) => member.state === state)
        ) ?? "reused",
    })),
    edges,
  };
}

/** Names of the stages that some stages depend on, themselves among them. */
export function stagesBehind(
  names: readonly string[],
  { stages }: Provenance,
): ReadonlySet<string> {
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || !byName.has(name)) continue;
    found.add(name);
    for (const { stage } of byName.get(name)?.inputs ?? []) open.push(stage);
  }
  return found;
}
