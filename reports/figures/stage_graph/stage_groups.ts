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

/** Nodes, and which of them takes in what another made. */
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
  const edges = new Map<string, StageGraph["edges"][number]>();
  for (const stage of stages) {
    const to = idOf(stage);
    for (const input of stage.inputs) {
      const from = idOfName.get(input.stage);
      if (from === undefined || from === to) continue;
      edges.set(JSON.stringify([from, to]), { from, to });
    }
  }
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
    edges: [...edges.values()],
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
