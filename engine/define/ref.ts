/**
 * Refs: typed handles on artifacts that a stage will make, and parts of an
 * output that may be missing. Holding either runs nothing.
 *
 * @module
 */
import type { AnyTask } from "./any_task.ts";
import type { Definition } from "./definition.ts";

/** Marks refs; registered, so that two copies of this module agree. */
export const REF: unique symbol = Symbol.for("shiftline.ref");

/** A task call inside a pipeline: one node of the graph. */
export interface Stage {
  /** Name of the stage, unique in its pipeline, e.g. `train/scratch-0`. */
  readonly name: string;
  /** The task that the stage runs. */
  readonly task: AnyTask;
  /** The arguments, in which any value may be a ref or a definition. */
  readonly args: unknown;
}

/** A typed handle on one field of the artifact that a stage will make. */
export interface Ref<T> {
  /** What the ref points at; see {@linkcode targetOf}. */
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

/** Marks parts of an output that may be missing; registered, so that two copies of this module agree. */
export const OR_ELSE: unique symbol = Symbol.for("shiftline.or-else");

/** Why a value is missing that `orElse` has a substitute for. */
export interface ValueFailure {
  /** Name of the stage that failed. */
  readonly stage: string;
  /** What went wrong with that stage, in one line. */
  readonly reason: string;
  /** `unavailable` if a published source could be had neither from the network nor from a mirror. */
  readonly kind: "unavailable" | "failed";
}

/** A value, and what to put in its place; as `orElse` makes it. */
export interface OrElse<T> {
  /** What it was made of; see {@linkcode branchesOf}. */
  readonly [OR_ELSE]: {
    readonly value: unknown;
    readonly otherwise: (failure: ValueFailure) => unknown;
  };
  /** Carries the type of the value; never present at run time. */
  readonly type?: T;
}

/** Whether `value` was made by `orElse`. */
export function isOrElse(value: unknown): value is OrElse<unknown> {
  return typeof value === "object" && value !== null && OR_ELSE in value;
}

/** What an `orElse` was made of: the value, and what makes its substitute. */
export function branchesOf(
  part: OrElse<unknown>,
): OrElse<unknown>[typeof OR_ELSE] {
  return part[OR_ELSE];
}

/** What a pipeline passes to a task as it is. */
export type Leaf =
  | Definition
  | ArrayBufferView
  | Date
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined;

/** `T`, with any part of it possibly a ref to that part, or one that may be missing. */
export type Lazy<T> =
  | Ref<T>
  | OrElse<T>
  | (T extends Leaf ? T
    : T extends readonly (infer Element)[] ? readonly Lazy<Element>[]
    : { readonly [Name in keyof T]: Lazy<T[Name]> });

/**
 * What a record `Given` must also be to have no other fields than `T`: use it
 * as `Given & NoOthers<Given, T>`. TypeScript alone refuses other fields only
 * in a literal without a spread. Nothing is asked of refs, nor where `T` is
 * unknown.
 */
export type NoOthers<Given, T> = unknown extends T ? unknown
  : Given extends Ref<unknown> | OrElse<unknown> ? unknown
  : {
    readonly [
      Name in Exclude<keyof Given, T extends unknown ? keyof T : never>
    ]: NoSuchField;
  };

/** The type of a field that is not to be given: no value has it. */
export interface NoSuchField {
  /** A field that no value has. */
  readonly noSuchField: never;
}

/**
 * Calls `visit` for every ref in a value, with the path to it, in a fixed
 * order. Of a part that may be missing the refs of its value are visited.
 */
export function walkRefs(
  value: unknown,
  visit: (ref: Ref<unknown>, path: string) => void,
  path = "",
): void {
  walkLeaves(value, (leaf, at) => {
    if (isRef(leaf)) visit(leaf, at);
    else if (isOrElse(leaf)) walkRefs(branchesOf(leaf).value, visit, at);
  }, path);
}

/** Calls `visit` for every leaf of a value, with the path to it, as {@linkcode mapLeaves} does, and makes no copy. */
export function walkLeaves(
  value: unknown,
  visit: (leaf: unknown, path: string) => void,
  path = "",
): void {
  if (Array.isArray(value) && value.length > 0) {
    // Unlike forEach, this visits holes.
    for (let i = 0; i < value.length; i++) {
      walkLeaves(value[i], visit, `${path}[${i}]`);
    }
    return;
  }
  if (!isPlain(value)) return visit(value, path);
  let isEmpty = true;
  for (const name of Object.keys(value)) {
    const part = value[name];
    if (part === undefined) continue;
    isEmpty = false;
    walkLeaves(part, visit, join(path, name));
  }
  if (isEmpty) visit(value, path);
}

/**
 * A copy of `value` in which every ref (and other leaf) went through `replace`.
 *
 * Paths read like code, `runs[0].seed`, and no two places share one. The path
 * of the whole value is empty. Fields that are `undefined` count as left out.
 */
export function mapLeaves(
  value: unknown,
  replace: (leaf: unknown, path: string) => unknown,
  path = "",
): unknown {
  if (Array.isArray(value) && value.length > 0) {
    // Array.from, unlike map, visits holes.
    return Array.from(
      value,
      (part, i) => mapLeaves(part, replace, `${path}[${i}]`),
    );
  }
  if (!isRecord(value)) return replace(value, path);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      part === undefined ? part : mapLeaves(part, replace, join(path, name)),
    ]),
  );
}

/** A copy of `value` with the fields of its records in order of name, and without those that are `undefined`. */
export function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, sortFields);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, part]) => [name, sortFields(part)]),
  );
}

/** `a` and `b` → `a.b`; what would read as more than a name is escaped. */
function join(path: string, name: string): string {
  const escaped = name === ""
    ? "\\e"
    : /[\\.[]/.test(name)
    ? name.replace(/[\\.[]/g, "\\$&")
    : name;
  return path === "" ? escaped : `${path}.${escaped}`;
}

/** Plain records with something in them; definitions, typed arrays and the like are leaves. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return isPlain(value) &&
    Object.values(value).some((part) => part !== undefined);
}

/** Whether a value is a record as a literal makes it: no list, no object of a class, none with symbols, such as a ref. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.getOwnPropertySymbols(value).length === 0;
}
