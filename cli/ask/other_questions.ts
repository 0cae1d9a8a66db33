/**
 * How long the stages of other questions took: a new question has no time of its
 * own, and looks at as many examples as others at most.
 *
 * @module
 */
import { lastSecondsOf } from "../named/last_records.ts";

/**
 * The mean of the seconds that stages of some name took in other questions;
 * `undefined` where none has run.
 *
 * @param pipelines their names
 */
export function secondsInOthers(
  pipelines: Iterable<string>,
  { profile, store }: Omit<Parameters<typeof lastSecondsOf>[0], "name">,
): (stage: string) => number | undefined {
  const all = [...pipelines]
    .map((name) => lastSecondsOf({ name, profile, store }));
  return (stage) => {
    const known = all.flatMap((secondsOf) => secondsOf(stage) ?? []);
    return known.length === 0
      ? undefined
      : known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
  };
}
