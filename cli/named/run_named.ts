/**
 * The run of the history that a word names.
 *
 * @module
 */
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import { UsageError } from "../arguments/usage_error.ts";

/**
 * The run that somebody means by `latest`, `previous`, an id or the beginning
 * of one.
 *
 * @param runs oldest first
 * @throws {UsageError} if there is no such run, or more than one
 */
export function runNamed(
  name: string,
  runs: readonly HistoricRun[],
): HistoricRun {
  const back = ["latest", "previous"].indexOf(name) + 1;
  if (back > 0) {
    const found = runs.at(-back);
    if (found !== undefined) return found;
    throw new UsageError(
      `Cannot find the ${name} run: the store remembers ${
        runs.length === 0
          ? "none; deno task reproduce starts one"
          : "only one; deno task reproduce starts another"
      }`,
    );
  }
  const found = runs.filter(({ id }) => name !== "" && id.startsWith(name));
  const [only, ...others] = found;
  if (only === undefined) {
    throw new UsageError(
      `Cannot find run "${name}": none of ${runs.length} ids starts with it; deno task runs lists them`,
    );
  }
  if (others.length > 0) {
    throw new UsageError(
      `Cannot tell which run "${name}" is meant: ${
        found.map(({ id }) => id).join(" and ")
      } start with it; give more of the id`,
    );
  }
  return only;
}
