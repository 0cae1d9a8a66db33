/**
 * The display for other programs: one event a line, as JSON.
 *
 * @module
 */
import type { Output } from "../shell.ts";
import type { Display } from "./display.ts";

/** Shows events as JSON. Each has `at`, ISO 8601 in UTC; those of stages have their `pipeline`. */
export function jsonDisplay(
  output: Output,
  { clock }: { readonly clock: () => number },
): Display {
  return {
    show(event) {
      const at = new Date(clock()).toISOString();
      const text = JSON.stringify(
        { at, ...event },
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
