/**
 * Causes: the named differences between two keys, which are why a stage must
 * run.
 *
 * @module
 */
import type { Json } from "../define/hash.ts";
import type { Key } from "./key.ts";
import { unreachable } from "../define/unreachable.ts";

/** Why a stage runs. */
export type Cause =
  | { readonly kind: "new" }
  | { readonly kind: "unfinished" }
  | { readonly kind: "forced" }
  | {
    readonly kind: "param";
    readonly name: string;
    readonly before?: Json;
    readonly after?: Json;
  }
  | Change<"code">
  | Change<"package">
  | Change<"environment">
  | Change<"result">
  | {
    readonly kind: "input";
    readonly name: string;
    /** The stage that makes the input. */
    readonly from: string;
    readonly change: "changed" | "added" | "removed";
  }
  | {
    readonly kind: "waits";
    readonly name: string;
    /** The stage that must run first. */
    readonly from: string;
  }
  | { readonly kind: "missing"; readonly field: string }
  | { readonly kind: "damaged"; readonly field: string }
  | { readonly kind: "task"; readonly before: string; readonly after: string };

/** A part of a key that was added, removed or changed. */
export interface Change<Kind extends string> {
  /** Which part of the key changed. */
  readonly kind: Kind;
  /** Name of the value in that part, e.g. a path of code. */
  readonly name: string;
  /** The value at the last run, unless it was added. */
  readonly before?: string;
  /** The value now, unless it was removed. */
  readonly after?: string;
}

/**
 * The differences from one key to another.
 *
 * @param producers the stage that makes each input, by path
 * @returns nothing if the keys are equal
 */
export function causesBetween(
  before: Key,
  after: Omit<Key, "inputs"> & {
    readonly inputs: Readonly<Record<string, string | undefined>>;
  },
  producers: Readonly<Record<string, string>>,
): readonly Cause[] {
  const causes: Cause[] = [];
  if (before.task !== after.task) {
    causes.push({ kind: "task", before: before.task, after: after.task });
  }
  for (const name of names(before.params, after.params)) {
    const [a, b] = [before.params[name], after.params[name]];
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      causes.push({
        kind: "param",
        name,
        ...(a === undefined ? {} : { before: a }),
        ...(b === undefined ? {} : { after: b }),
      });
    }
  }
  if (before.format !== after.format) {
    causes.push({
      kind: "environment",
      name: "store format",
      before: `${before.format}`,
      after: `${after.format}`,
    });
  }
  const parts = [
    ["code", before.code, after.code],
    ["result", before.result, after.result],
    ["package", before.packages, after.packages],
    ["environment", before.environment, after.environment],
  ] as const;
  for (const [kind, old, now] of parts) {
    for (const name of names(old, now)) {
      const [a, b] = [old[name], now[name]];
      if (a !== b) {
        causes.push({
          kind,
          name,
          ...(a === undefined ? {} : { before: a }),
          ...(b === undefined ? {} : { after: b }),
        });
      }
    }
  }
  for (const name of names(before.inputs, after.inputs)) {
    const from = producers[name] ?? "a stage that is gone";
    const known = name in after.inputs;
    const [a, b] = [before.inputs[name], after.inputs[name]];
    if (known && b === undefined) continue; // not made yet: the plan says so
    if (a !== b) {
      const change = a === undefined
        ? "added"
        : b === undefined
        ? "removed"
        : "changed";
      causes.push({ kind: "input", name, from, change });
    }
  }
  return causes;
}

/** A cause in words, e.g. `epochs 12 → 13`. */
export function sentenceOf(cause: Cause): string {
  switch (cause.kind) {
    case "new":
      return "never run before";
    case "unfinished":
      return "stopped before it ended, and goes on from there";
    case "forced":
      return "forced on the command line";
    case "param":
      return change(cause.name, cause);
    case "code":
      if (cause.before === undefined) return `${cause.name} added to its code`;
      if (cause.after === undefined) {
        return `${cause.name} removed from its code`;
      }
      return `${cause.name} changed`;
    case "package":
      return change(`package ${cause.name}`, cause);
    case "environment":
      return change(cause.name, cause);
    case "result":
      return change(`format of ${cause.name}`, cause);
    case "input":
      return `input ${cause.name} ${cause.change}, made by ${cause.from}`;
    case "waits":
      return `input ${cause.name} may change, because ${cause.from} runs`;
    case "missing":
      return `its ${cause.field} is missing from the store`;
    case "damaged":
      return `its ${cause.field} is damaged in the store`;
    case "task":
      return `task ${cause.before} → ${cause.after}`;
    default:
      return unreachable(cause);
  }
}

function change(
  name: string,
  { before, after }: { readonly before?: Json; readonly after?: Json },
): string {
  if (before === undefined) return `${name} added: ${text(after)}`;
  if (after === undefined) return `${name} removed, was ${text(before)}`;
  return typeof before === typeof after
    ? `${name} ${text(before)} → ${text(after)}`
    : `${name} ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

function text(value: Json | undefined): string {
  if (typeof value === "string") return value || '""';
  const definition = value !== null && typeof value === "object" &&
    "definition" in value && value["definition"];
  return typeof definition === "string" ? definition : JSON.stringify(value);
}

function names(a: object, b: object): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
