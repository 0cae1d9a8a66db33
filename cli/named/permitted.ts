/**
 * The files and folders that a line names, and what the permissions in
 * deno.json say of them.
 *
 * @module
 */
import { pathBelow } from "../../engine/define/path_below.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import { join, resolve } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { MIRROR } from "../arguments/options.ts";
import { pathList } from "../arguments/path_list.ts";
import { UsageError } from "../arguments/usage_error.ts";
import type { Access, Place, Row, Words } from "../arguments/words.ts";
import type { Shell } from "../shell/shell.ts";
import { V8_FLAGS } from "../shell/v8_flags.ts";
import { linkedTo, pathFrom } from "./places.ts";

const TASKS: Readonly<
  Record<string, { readonly description: string; readonly command?: string }>
> = config.tasks;

const SETS: Readonly<
  Record<string, { readonly [A in Access]?: boolean | readonly string[] }>
> = config.permissions;

/** What a line says. */
interface Line {
  readonly words: Words;
  /** What it asks for, by the keys of `words`. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly shell: Pick<Shell, "mirror">;
}

/** The files and folders that a line names, or SHIFTLINE_MIRROR for it. */
export function placesNamed(
  { words, asked, shell }: Line,
): readonly Place[] {
  return Object.entries<Row>(words).flatMap(([key, { value }]) => {
    const given = asked[key] ??
      (value === MIRROR.value ? shell.mirror : undefined);
    return [given].flat().flatMap((one) =>
      typeof one === "string" && one !== "" ? value?.places?.(one) ?? [] : []
    );
  });
}

/** Commands that draw pages, for which files of packages are read once all else is done. */
const DRAWING = ["reproduce", "publish", "ask"];

/** Where the packages lie, if they are in no folder of the project but behind a link. */
export function linkedPackages(
  { root }: Pick<Shell, "root">,
): readonly Place[] {
  const path = linkedTo(join(root, PACKAGES));
  return path === undefined ? [] : [{ path, access: ["read"] }];
}

const PACKAGES = "node_modules";

/**
 * Sees to it that Deno may reach what a line names, before anything is computed.
 *
 * @param name of the command
 * @throws {UsageError} with the command that permits it
 */
export function checkPermitted(
  name: string,
  { words, asked, shell }: Line & { readonly shell: Shell },
): void {
  const packages = DRAWING.includes(name) ? linkedPackages(shell) : [];
  const places = [...placesNamed({ words, asked, shell }), ...packages];
  for (const { path, access } of places) {
    const refused = access.find((name) => {
      const whole = resolve(shell.folder, path);
      const { state } = Deno.permissions.querySync({ name, path: whole });
      return state !== "granted";
    });
    if (refused === undefined) continue;
    // Where a variable names a folder that is there, `deno task` lets it be read.
    const which = path === shell.mirror
      ? ", which SHIFTLINE_MIRROR names: there is no such folder, or"
      : path === packages[0]?.path
      ? `, which ${PACKAGES} is a link to:`
      : ":";
    throw new UsageError(
      `Cannot ${refused} "${path}"${which} the permissions of "deno task ${name}" do not cover it; grant access with \`${
        commandThatPermits(places, { name, shell })
      }\``,
    );
  }
}

/** What `deno task` runs for a line, with the permission for what the line names. */
function commandThatPermits(
  places: readonly Place[],
  { name, shell }: { readonly name: string; readonly shell: Shell },
): string {
  const { command = "" } = TASKS[name] ?? {};
  const [start = ""] = command
    .replace(/--v8-flags=\$\(.*\/other\)/, V8_FLAGS) // as it is on this machine
    .replace(/^MALLOC_\w+=\S+ /, "") // which no result depends on
    .replace(/ --allow-read=".*"/, "")
    .split(" cli/main.ts ");
  const [, set = "default"] = / -P(?:=(\w+))?/.exec(start) ?? [];
  return [
    ...start.split(" "),
    ...flagsThatPermit(places, { ...shell, set }),
    pathFrom(shell.folder, join(shell.root, "cli/main.ts")),
    ...shell.args,
  ].map(shellWord).join(" ");
}

/**
 * The flags of Deno that permit places which a set of deno.json leaves out.
 * Such a flag takes the place of what the set says of its kind, so it has that
 * as well.
 *
 * @throws {UsageError} for a path with a comma
 */
export function flagsThatPermit(
  places: readonly Place[],
  { set, root, folder }: Pick<Shell, "root" | "folder"> & {
    readonly set: string;
  },
): readonly string[] {
  return (["read", "write"] as const).flatMap((kind) => {
    const inSet = SETS[set]?.[kind] ?? [];
    if (typeof inSet === "boolean") return [];
    const all = inSet.map((path) => resolve(root, path));
    for (const { path, access } of places) {
      const whole = resolve(folder, path);
      const isIn = all.some((one) => pathBelow(one, whole) !== undefined);
      if (access.includes(kind) && !isIn) all.push(whole);
    }
    if (all.length === inSet.length) return [];
    const names = all.map((path) =>
      path === folder ? "." : pathFrom(folder, path)
    );
    return [`--allow-${kind}=${pathList(names)}`];
  });
}
