/**
 * Plans: what would run and why. Runs nothing.
 *
 * @module
 */
import type { AcceptedEdits } from "../keys/accepted_edits.ts";
import { type Cause, causesBetween } from "../keys/cause.ts";
import { decide, type Decision, producersOf, unrecorded } from "./decide.ts";
import type { Graph, Node } from "./graph.ts";
import type { Digest } from "../define/hash.ts";
import { digestOfKey, type Key } from "../keys/key.ts";
import type { Stage } from "../define/ref.ts";
import {
  type KeyContext,
  keyIn,
  type StaticKey,
  staticKeysOf,
} from "../keys/static_key.ts";
import type { StageRecord, Store } from "../store/store.ts";

/** What would happen to one stage. */
export interface PlannedStage {
  /** The stage, and its place in the graph. */
  readonly node: Node;
  /** Whether the stage would run; `may-run` if only the results of others that run may say so. One that runs may still be found in the store, where its inputs become what they were once. */
  readonly state: "cached" | "run" | "may-run";
  /** Why the stage would run; empty if it is cached. */
  readonly causes: readonly Cause[];
  /** The key of the stage; inputs that are not made yet are left out. */
  readonly key: Key;
  /** The key of the stage at its last run, if there was one; that of its record, if that is of before an accepted edit. */
  readonly before: Key | undefined;
  /** The record in the store, if the stage is cached: of its key, or of the one before an edit that is accepted. */
  readonly record: StageRecord | undefined;
}

/** The store, the code and the last keys that a plan is made by. */
export interface PlanOptions extends KeyContext {
  readonly graph: Graph;
  readonly store: Store;
  /** Key digests of the last runs, by stage name. */
  readonly last: Readonly<Record<string, Digest>>;
  /** Names of stages that run whatever the store holds. */
  readonly force: ReadonlySet<string>;
  /** Edits that change no result. */
  readonly accepted: AcceptedEdits;
}

/** Plans every stage of a graph, producers first. */
export async function plan(
  options: PlanOptions,
): Promise<readonly PlannedStage[]> {
  const { graph, store, last, accepted } = options;
  const planned = new Map<Stage, PlannedStage>();
  const stages = graph.nodes.map(({ stage }) => stage);
  const keys = await staticKeysOf(stages, options);
  for (const node of graph.nodes) {
    const fixed = keyIn(keys, node.stage);
    const inputs = knownInputs(node, planned);
    const key: Key = { ...fixed, inputs };
    const lastKey = last[node.stage.name];
    const forced = options.force.has(node.stage.name);
    const waits = node.inputs.filter(({ path }) => !(path in inputs));
    if (waits.length === 0 || forced) {
      const decision = decide(node, {
        store,
        key,
        last: lastKey,
        forced,
        accepted,
      });
      planned.set(node.stage, {
        node,
        key,
        before: decision.kind === "cached" && decision.record.key !== key
          ? decision.record.key
          : keyAt(lastKey, { store, decision }),
        state: decision.kind,
        causes: decision.kind === "run" ? decision.causes : [],
        record: decision.kind === "cached" ? decision.record : undefined,
      });
    } else {
      const before = keyAt(lastKey, { store });
      const causes = before === undefined
        ? [unrecorded(lastKey)]
        : pendingCauses({
          node,
          fixed: codeFor(fixed, { before, accepted }),
          inputs,
          before,
        });
      const certain = causes.some(({ kind }) => kind !== "waits");
      planned.set(node.stage, {
        node,
        key,
        before,
        state: certain ? "run" : "may-run",
        causes,
        record: undefined,
      });
    }
  }
  return [...planned.values()];
}

/** The key of the last run, taken from the record where that has been read already. */
function keyAt(
  last: Digest | undefined,
  { store, decision }: {
    readonly store: Store;
    readonly decision?: Decision;
  },
): Key | undefined {
  if (last === undefined) return undefined;
  const { record } = decision?.kind === "cached" ? decision : {};
  const isSame = record !== undefined && digestOfKey(record.key) === last;
  return isSame ? record.key : store.record(last)?.key;
}

function knownInputs(
  node: Node,
  planned: ReadonlyMap<Stage, PlannedStage>,
): Readonly<Record<string, Digest>> {
  const inputs: Record<string, Digest> = {};
  for (const { path, stage, field } of node.inputs) {
    const digest = planned.get(stage)?.record?.outputs[field]?.digest;
    if (digest !== undefined) inputs[path] = digest;
  }
  return inputs;
}

/** A key without inputs, with the code of its last run if edits that are accepted lead back to that. */
function codeFor(
  fixed: StaticKey,
  { before, accepted }: {
    readonly before: Key;
    readonly accepted: AcceptedEdits;
  },
): StaticKey {
  const digest = digestOfKey(before);
  const { code, packages, inputs } = before;
  for (const then of accepted.earlier({ ...fixed, inputs })) {
    if (digestOfKey(then) === digest) return { ...fixed, code, packages };
  }
  return fixed;
}

/** Why a stage runs, as far as that is known while some inputs are not made yet. */
function pendingCauses(
  { node, fixed, inputs, before }: {
    readonly node: Node;
    readonly fixed: StaticKey;
    readonly inputs: Readonly<Record<string, Digest>>;
    readonly before: Key;
  },
): readonly Cause[] {
  const all = Object.fromEntries(
    node.inputs.map(({ path }) => [path, inputs[path]]),
  );
  const waits = node.inputs
    .filter(({ path }) => inputs[path] === undefined)
    .map(({ path, stage }): Cause => ({
      kind: "waits",
      name: path,
      from: stage.name,
    }));
  return [
    ...causesBetween(before, { ...fixed, inputs: all }, producersOf(node)),
    ...waits,
  ];
}
