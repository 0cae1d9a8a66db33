/**
 * The standard output, which is for results alone.
 *
 * @module
 */
import { replace } from "./refuse.ts";

/** Members of the console that print to the standard output. */
const PRINTERS = [
  ...["log", "info", "debug", "dir", "dirxml", "table", "group"],
  ...["groupCollapsed", "count", "timeLog", "timeEnd"],
] as const;

/** Lets whatever a stage prints, or a package as its greeting, go to the standard error. */
export function sealPrints(): void {
  const { error } = console; // which needs no `this`
  for (const name of PRINTERS) replace(console, name, error);
  replace(console, "clear", () => {});
}
