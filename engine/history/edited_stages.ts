/**
 * Stages that would run again for no other reason than that code was edited,
 * and which of them an edit may treat alike.
 *
 * @module
 */
import { callsIn } from "../define/inline.ts";
import {
  type AcceptedEdit,
  type Edit,
  editBetween,
  idOfEdit,
} from "../keys/accepted_edits.ts";
import type { Key } from "../keys/key.ts";
import { cachedRecord } from "../run/decide.ts";
import type { Node } from "../run/graph.ts";
import type { PlannedStage } from "../run/plan.ts";
import type { StageRecord, Store } from "../store/store.ts";

/** A stage whose code was edited since it ran, and nothing else. */
export interface EditedStage {
  readonly node: Node;
  /** Its key now. */
  readonly key: Key;
  /** What it made before the edit, which is there. */
  readonly record: StageRecord;
  readonly edit: Edit;
}

/** The stages of a plan whose code was edited since they ran, and nothing else. */
export function editedStages(
  planned: readonly PlannedStage[],
  store: Store,
): readonly EditedStage[] {
  return planned.flatMap(({ node, key, before, state }) => {
    if (state !== "run" || before === undefined) return [];
    const edit = editBetween(before, key);
    if (edit === undefined) return [];
    const record = cachedRecord(node, { store, key: before });
    return record === undefined ? [] : [{ node, key, record, edit }];
  });
}

/** Text that stages have in common whose task, edit, definitions and inline tasks are the same: what one of them makes tells of the others. */
export function kindOf(stage: EditedStage): string {
  const { node, key } = stage;
  const definitions = Object.entries(key.params).filter(([, value]) =>
    typeof value === "object" && value !== null && "definition" in value
  );
  return JSON.stringify([claimOf(stage), definitions, callsIn(node.stage)]);
}

/** Text that stages have in common of which one statement says that their edit changes nothing. */
export function claimOf({ key, edit }: EditedStage): string {
  return `${key.task}\n${idOfEdit(edit)}`;
}

/**
 * Edits that are accepted from now on.
 *
 * @param before those that were accepted
 * @param same stages that gave the same bytes as before their edit
 * @param moment ISO 8601, UTC
 */
export function withAccepted(
  before: readonly AcceptedEdit[],
  { same, moment }: {
    readonly same: readonly EditedStage[];
    readonly moment: string;
  },
): readonly AcceptedEdit[] {
  const edits = new Map(before.map((edit) => [idOfEdit(edit), edit]));
  for (const { node, key, edit } of same) {
    const id = idOfEdit(edit);
    const { tasks = {} } = edits.get(id) ?? {};
    const names = new Set([...tasks[key.task] ?? [], node.stage.name]);
    edits.set(id, {
      ...edit,
      tasks: { ...tasks, [key.task]: [...names].sort() },
      accepted: moment,
    });
  }
  return [...edits.values()];
}
