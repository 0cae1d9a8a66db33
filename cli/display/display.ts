/**
 * Shows what happens: live on a terminal, as plain lines elsewhere, or as JSON
 * for other programs.
 *
 * @module
 */
import type { Event } from "../../engine/run/event.ts";
import type { SiteEvent } from "../../publishing/site_publisher.ts";
import type { Output } from "../shell/shell.ts";
import { printableJson } from "./line.ts";

/** What is shown: the engine's events and those of the command line's own. */
export type Shown =
  | Event
  | {
    readonly kind: "device-chosen";
    readonly device: string;
    readonly reason: string;
  }
  | SiteEvent;

/** What is shown, of one kind. */
export type ShownOf<K extends Shown["kind"]> = Extract<Shown, { kind: K }>;

/** Shows what happens, in one of several ways. */
export interface Display {
  show(event: Shown): void;
  /** Gives the terminal back. Nothing is shown after it. */
  close(): void;
}

/** Shows events as JSON, one a line. Each has `at`, ISO 8601 in UTC; those of stages have their `pipeline`. */
export function jsonDisplay(
  output: Output,
  { clock }: { readonly clock: () => number },
): Display {
  return {
    show(event) {
      const at = new Date(clock()).toISOString();
      output.write(
        `${printableJson(JSON.stringify({ at, ...event }, withErrors))}\n`,
      );
    },
    close() {},
  };
}

/** For JSON, which leaves them out: name, message and causes of an error. */
function withErrors(_: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, cause } = value;
  return { name, message, cause: cause instanceof Error ? cause : undefined };
}
