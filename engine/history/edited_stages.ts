/**
 * Stages that would run again for no other reason than that code was edited,
 * and which of them an edit may treat alike.
 *
 * @module
 */
import {
  type AcceptedEdit,
  type Edit,
  editBetween,
  idOfEdit,
  idOfKind,
  type Kind,
  kindOf,
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

/** Names of the stages of a plan that would run only since code was edited, and made something before that is there. */
export function namesOfEdited(
  planned: readonly PlannedStage[],
  store: Store,
): ReadonlySet<string> {
  const edited = new Set<string>();
  /** Those that would not run, were the edits accepted. */
  const settled = new Set<string>();
  for (const { node, before, state, causes } of planned) {
    const isEdited = state !== "cached" && before !== undefined &&
      causes.every((cause) =>
        cause.kind === "code" || cause.kind === "package" ||
        cause.kind === "waits" && settled.has(cause.from)
      ) && cachedRecord(node, { store, key: before }) !== undefined;
    if (!isEdited) continue;
    settled.add(node.stage.name);
    if (state === "run") edited.add(node.stage.name);
  }
  return edited;
}

/** Text that stages have in common of which one tells what the edit does to the others: of one task, edit, and definitions among the arguments. */
export function likenessOf({ key, edit }: EditedStage): string {
  return `${idOfKind(kindOf(key))}\n${idOfEdit(edit)}`;
}

/**
 * Texts that stages have in common of which none is accepted, if one gives
 * other bytes: an edit that changes a result is none that changes nothing,
 * whatever the others give, since some results tell little.
 */
export function claimsOf({ key, edit }: EditedStage): Claims {
  return claimsFor(key, edit);
}

interface Claims {
  /** The edit, on whatever device: only some tasks compute on one. */
  readonly ofEdit: string;
  /** The edit and the task, where a stage tells nothing of others. */
  readonly ofTask: string;
}

function claimsFor({ task }: Pick<Kind, "task">, edit: Edit): Claims {
  const { deno = "", platform = "" } = edit.environment;
  return {
    ofEdit: idOfEdit({ ...edit, environment: { deno, platform } }),
    ofTask: `${task}\n${idOfEdit(edit)}`,
  };
}

/** Whether a claim is one of some. */
export function isAmong(
  { ofEdit, ofTask }: Claims,
  claims: ReadonlySet<string>,
): boolean {
  return claims.has(ofEdit) || claims.has(ofTask);
}

/**
 * Edits that are accepted from now on.
 *
 * @param before those that were accepted
 */
export function withAccepted(
  before: readonly AcceptedEdit[],
  { same, refuted, moment }: {
    /** Stages that gave the same bytes as before their edit. */
    readonly same: readonly EditedStage[];
    /** What stages have in common of which one gave other bytes. */
    readonly refuted: ReadonlySet<string>;
    /** ISO 8601, UTC. */
    readonly moment: string;
  },
): readonly AcceptedEdit[] {
  const edits = new Map(before.map((edit) => [idOfEdit(edit), edit]));
  for (const { node, key, edit } of same) {
    const id = idOfEdit(edit);
    const kind = kindOf(key);
    const tried = new Map(
      edits.get(id)?.tried.map((one) => [idOfKind(one), one]),
    );
    const known = tried.get(idOfKind(kind))?.stages ?? [];
    const stages = [...new Set([...known, node.stage.name])].sort();
    tried.set(idOfKind(kind), { ...kind, stages });
    edits.set(id, { ...edit, tried: [...tried.values()], accepted: moment });
  }
  return [...edits.values()].flatMap((edit) => {
    const tried = edit.tried.filter((kind) =>
      !isAmong(claimsFor(kind, edit), refuted)
    );
    return tried.length === 0 ? [] : [{ ...edit, tried }];
  });
}
