/**
 * The display for other programs: one event a line, as JSON.
 *
 * @module
 */
import type { Output } from "../shell.ts";
import type { Display } from "./display.ts";

/** Shows events as JSON. Each has `at`, ISO 8601 in UTC, and once a run has started its `pipeline`. */
export function jsonDisplay(
  output: Output,
  { clock }: { readonly clock: () => number },
): Display {
  let run: { readonly pipeline?: string } = {};
  return {
    show(event) {
      if (event.kind === "run-started") run = { pipeline: event.pipeline };
      if (event.kind === "site-written") run = {};
      const at = new Date(clock()).toISOString();
      const text = JSON.stringify(
        { at, ...run, ...event },
        (_, value) => value instanceof Error ? errorRecord(value) : value,
      );
      output.write(`${text}\n`);
    },
    close() {},
  };
}

interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly cause?: ErrorRecord;
}

function errorRecord({ name, message, cause }: Error): ErrorRecord {
  return {
    name,
    message,
    ...(cause instanceof Error ? { cause: errorRecord(cause) } : {}),
  };
}
