/**
 * Reads the lines of `reproduce` that are plainly right, without the library
 * that reads all others: loading that takes longer than a run in which nothing
 * has changed. What is right is said in grammar/reproduce.ts alone; a test
 * compares the two.
 *
 * @module
 */
import type { Reproduce } from "./grammar/reproduce.ts";

const SWITCHES = [
  "--fail-fast",
  "--push",
  "--json",
  "--no-wait",
  "--verbose",
] as const;

const VALUES = [
  "--profile",
  "--device",
  "--fall-back",
  "--jobs",
  "--store",
  "--site",
  "--mirror",
  "--remote",
] as const;

/**
 * What a line asks for, or `undefined` if that takes more than a look: help, a
 * value in the same word as its option, anything that may be wrong.
 *
 * @param args what follows `reproduce`
 */
export function plainReproduce(
  args: readonly string[],
): Reproduce | undefined {
  const pipelines: string[] = [];
  const force: string[] = [];
  const switched = new Set<string>();
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (isWord(word)) {
      pipelines.push(word);
      continue;
    }
    if (isOneOf(SWITCHES, word)) {
      if (switched.has(word)) return undefined;
      switched.add(word);
      continue;
    }
    const value = args[++i];
    if (value === undefined || !isWord(value)) return undefined;
    if (word === "--force") force.push(value);
    else if (!isOneOf(VALUES, word) || values.has(word)) return undefined;
    else values.set(word, value);
  }
  const jobs = values.get("--jobs");
  if (jobs !== undefined && !/^[1-9]\d{0,5}$/.test(jobs)) return undefined;
  const has = (word: typeof SWITCHES[number]) => switched.has(word);
  const of = (word: typeof VALUES[number]) => values.get(word);
  return {
    pipelines,
    profile: of("--profile") ?? "default",
    device: of("--device") ?? "auto",
    fallBack: of("--fall-back"),
    force,
    jobs: jobs === undefined ? undefined : Number(jobs),
    failFast: has("--fail-fast"),
    store: of("--store"),
    site: of("--site"),
    mirror: of("--mirror"),
    remote: of("--remote"),
    push: has("--push"),
    json: has("--json"),
    noWait: has("--no-wait"),
    verbose: has("--verbose"),
  };
}

function isWord(text: string): boolean {
  return text !== "" && !text.startsWith("-");
}

function isOneOf(words: readonly string[], word: string): boolean {
  return words.includes(word);
}
