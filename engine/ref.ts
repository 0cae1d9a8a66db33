/**
 * Refs: typed handles on artifacts that a stage will make. Holding one runs
 * nothing.
 *
 * @module
 */
import type { Definition } from "./definition.ts";
import type { AnyTask } from "./task.ts";

const REF = Symbol.for("shiftline.ref");

/** A task call inside a pipeline: one node of the graph. */
export interface Stage {
  /** Unique in its pipeline, e.g. `train scratch/seed-0`. */
  readonly name: string;
  readonly task: AnyTask;
  /** The arguments, in which any value may be a ref or a definition. */
  readonly args: unknown;
}

/** A typed handle on one field of the artifact that a stage will make. */
export interface Ref<T> {
  readonly [REF]: { readonly stage: Stage; readonly field: string };
  /** Carries the type of the value; never present at run time. */
  readonly type?: T;
}

/** The field name of a task whose result is one value. */
export const VALUE = "value";

/** Makes the ref to one field of a stage's artifact. */
export function refTo<T>(stage: Stage, field: string): Ref<T> {
  return { [REF]: { stage, field } };
}

/** Whether `value` is a ref. */
export function isRef(value: unknown): value is Ref<unknown> {
  return typeof value === "object" && value !== null && REF in value;
}

/** The stage and field that a ref points at. */
export function targetOf(
  ref: Ref<unknown>,
): { readonly stage: Stage; readonly field: string } {
  return ref[REF];
}

type Leaf =
  | Definition
  | ArrayBufferView
  | Date
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined;

/** `T`, with any part of it possibly a ref to that part. */
export type Lazy<T> =
  | Ref<T>
  | (T extends Leaf ? T
    : T extends readonly (infer Element)[] ? readonly Lazy<Element>[]
    : { readonly [Name in keyof T]: Lazy<T[Name]> });

/** Calls `visit` for every ref in a value, with the path to it, in a fixed order. */
export function walkRefs(
  value: unknown,
  visit: (ref: Ref<unknown>, path: string) => void,
  path = "",
): void {
  if (isRef(value)) return visit(value, path);
  if (!isContainer(value)) return;
  for (const [name, part] of Object.entries(value)) {
    walkRefs(part, visit, join(path, name));
  }
}

/** A copy of `value` in which every ref (and other leaf) went through `replace`. */
export function mapLeaves(
  value: unknown,
  replace: (leaf: unknown, path: string) => unknown,
  path = "",
): unknown {
  if (isRef(value) || !isContainer(value)) return replace(value, path);
  if (Array.isArray(value)) {
    return value.map((part, i) => mapLeaves(part, replace, join(path, `${i}`)));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      mapLeaves(part, replace, join(path, name)),
    ]),
  );
}

/** `a` and `b` → `a.b`; a dot within a name is escaped, so that no two paths are one. */
function join(path: string, name: string): string {
  const escaped = name.replaceAll("\\", "\\\\").replaceAll(".", "\\.");
  return path === "" ? escaped : `${path}.${escaped}`;
}

/** Arrays and plain records with something in them; definitions, typed arrays and the like are leaves. */
function isContainer(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  return Object.keys(value).length > 0 &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.getOwnPropertySymbols(value).length === 0;
}
