/**
 * An error in words.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import {
  SourceUnavailableError,
  StageError,
} from "../../engine/define/error.ts";
import { listed, someOf } from "../../engine/define/listed.ts";

/**
 * The message of an error and of each cause that adds something, one a line;
 * the second and later are indented.
 *
 * @param verbose adds what the operating system said and the stack
 */
export function errorLines(
  error: unknown,
  { verbose }: { readonly verbose: boolean },
): readonly string[] {
  const chain = chainOf(error);
  const lines: string[] = [];
  let said = "";
  for (const one of chain) {
    const message = plainMessage(one);
    // Messages often quote their cause; an error of others under a message of
    // ours says the same in other words.
    const known = said.includes(message) || (said !== "" && isOfOthers(one));
    if (!known || (verbose && isOfOthers(one))) {
      const text = lines.length === 0 ? message : `  because: ${message}`;
      for (const line of isOurs(one) ? [text] : text.split("\n")) {
        lines.push(line);
      }
    }
    said += `\n${message}`;
  }
  const refused = chain.find((one) =>
    one instanceof Error && one.name === "NotCapable"
  );
  if (refused !== undefined && refused !== error) {
    lines[0] += ` (Deno: ${firstLine(plainMessage(refused))})`;
  }
  const innermost = chain.findLast((one) => one instanceof Error && one.stack);
  if (verbose && innermost instanceof Error) {
    const stack = (innermost.stack ?? "").split("\n").slice(1);
    for (const line of stack) lines.push(`  ${line.trim()}`);
  }
  return lines;
}

function chainOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (
    let one = error;
    one !== undefined && !chain.includes(one);
    one = one instanceof Error ? one.cause : undefined
  ) chain.push(one);
  return chain;
}

/** Deno colours what it says of code that it cannot load, and shows the line. */
function plainMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = stripVTControlCharacters(error.message).trimEnd();
  return message === "" ? error.name : message;
}

/** Whether the operating system, Deno or a schema says it. */
function isOfOthers(error: unknown): boolean {
  return error instanceof Error &&
    (/\(os error \d+\)/.test(error.message) ||
      ["NotCapable", "ZodError", "$ZodError"].includes(error.name));
}

/** Whether we say it, in one line: a line break is one in a name of somebody else. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Cannot ") &&
    ["Error", "UsageError", "StoreError"].includes(error.name);
}

/** A place in a module, as Deno writes it. */
const WHERE = /\s*\bat (?:.*\()?(file:\S+?):(\d+):\d+/;

/**
 * What Deno says of a module that it cannot load, or that throws when it is
 * loaded, in one line of ours: what is wrong, and where by its path below the
 * folder of the project.
 */
export function loadError(
  error: unknown,
  { root }: { readonly root: string },
): unknown {
  if (!(error instanceof Error)) return error;
  const message = plainMessage(error);
  const home = pathToFileURL(root).href;
  const frame = isOurs(error)
    ? undefined
    : error.stack?.split("\n").find((line) =>
      line.includes(home) && !line.includes("/node_modules/")
    );
  const [place, path = "", line] = WHERE.exec(message) ??
    WHERE.exec(frame ?? "") ?? [];
  if (place === undefined) return error;
  const below = (text: string) => text.replaceAll(home, "");
  const what = below(firstLine(message.split(place)[0] ?? ""));
  return new Error(
    `Cannot load the pipelines: ${below(path)}, line ${line}: ${
      what.replace(/\.$/, "")
    }`,
  );
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

/** Of stages that failed alike so many are named. */
const MOST_NAMED = 3;

/**
 * The failures of a run. What several stages met alike, such as a full disk or
 * a mistake in their task, is said once. Of what nobody has foreseen, it is
 * said where it was thrown.
 */
export function failureLines(
  failures: readonly Error[],
  options: { readonly verbose: boolean },
): readonly string[] {
  const alike = Map.groupBy(
    failures,
    ({ cause, message }) => cause === undefined ? message : plainMessage(cause),
  );
  return [...alike.values()].flatMap(([first = new Error(), ...others]) => {
    const { cause } = first;
    // By name: what crossed from a worker has lost its class.
    if (cause instanceof Error && cause.name === "StoreError") {
      return errorLines(cause, options);
    }
    const names = others.map((other) =>
      other instanceof StageError ? other.stage : other.message
    );
    return [
      ...errorLines(first, options),
      ...options.verbose ? [] : placeLines(first),
      ...names.length === 0 ? [] : [`  likewise: ${someOf(names, MOST_NAMED)}`],
    ];
  });
}

/** Where an error was thrown that is none of ours: those say "Cannot …: …", and what to do. */
function placeLines(error: Error): readonly string[] {
  const causes = chainOf(error).slice(1);
  const innermost = causes.at(-1);
  if (!(innermost instanceof Error)) return [];
  if (causes.some((one) => /^Cannot .*: /.test(plainMessage(one)))) return [];
  const places = (innermost.stack ?? "").split("\n")
    .filter((line) => /^ +at .*file:/.test(line));
  // What was called may refuse for the caller's mistake.
  const place =
    places.find((line) => !/\/(engine|node_modules)\//.test(line)) ??
      places[0];
  return place === undefined
    ? []
    : [`  ${place.trim()} (--verbose shows the whole stack)`];
}

/**
 * A line for each published source that could not be had: what is missing, and
 * how to get it. Those of a host that does not answer have one line together.
 */
export function unavailableLines(
  done: readonly {
    readonly name: string;
    readonly result: { readonly failures: readonly StageError[] };
  }[],
): readonly string[] {
  const missing = new Map<
    string,
    { readonly names: Set<string>; readonly messages: Set<string> }
  >();
  for (const { name, result } of done) {
    for (const failure of result.failures) {
      const { cause } = failure;
      if (!(cause instanceof SourceUnavailableError)) continue;
      const reason = reasonOf(failure);
      const found = missing.getOrInsertComputed(
        reason,
        () => ({ names: new Set(), messages: new Set() }),
      );
      found.names.add(name);
      found.messages.add(cause.message);
    }
  }
  return [...missing].map(([reason, { names, messages }]) => {
    const [only = "", ...others] = messages;
    const what = others.length === 0
      ? only
      : `Cannot fetch ${messages.size} files from ${reason}; get them with "deno task fetch" on another machine, and pass that folder with --mirror or SHIFTLINE_MIRROR`;
    return `Without published files: ${listed([...names])}. ${what}`;
  });
}

/** Why a stage failed, in one line; the same for all sources of a host that does not answer. */
export function reasonOf({ cause, message }: Error): string {
  if (cause instanceof SourceUnavailableError && cause.silence !== undefined) {
    return cause.silence;
  }
  return firstLine(cause === undefined ? message : plainMessage(cause));
}
