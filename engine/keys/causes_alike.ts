/**
 * Causes that one stage brought about together, said together: a consumer of
 * many fields of its result need not name it once for each.
 *
 * @module
 */
import { someOf } from "../define/listed.ts";
import { type Cause, sentenceOf } from "./cause.ts";

/** So many inputs are named, and the others counted: the key has them all. */
const MOST_NAMED = 3;

/** Causes that are said in one sentence. */
export type CausesAlike = readonly [Cause, ...Cause[]];

/** Puts inputs together that the same stage made and that changed alike. */
export function causesAlike(
  causes: readonly Cause[],
): readonly CausesAlike[] {
  const groups = new Map<string, [Cause, ...Cause[]]>();
  causes.forEach((cause, i) => {
    const id = cause.kind === "input"
      ? `${cause.kind} ${cause.change} ${cause.from}`
      : cause.kind === "waits"
      ? `${cause.kind} ${cause.from}`
      : `${i}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [cause]);
    else group.push(cause);
  });
  return [...groups.values()];
}

/** Causes in words, e.g. `inputs weights and steps changed, made by train`. */
export function sentencesOf(causes: readonly Cause[]): readonly string[] {
  return causesAlike(causes).map(([first, ...others]) => {
    if (others.length === 0) return sentenceOf(first);
    const names = [first, ...others].flatMap((one) =>
      "name" in one ? [one.name] : []
    );
    return sentenceOf({ ...first, name: someOf(names, MOST_NAMED) } as Cause)
      .replace(/^input /, "inputs ");
  });
}
