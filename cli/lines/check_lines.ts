/**
 * What a check of the store found, in lines that a person can read.
 *
 * @module
 */
import type { StoreCheck } from "../../engine/store/check_store.ts";
import { sum } from "../../engine/store/store_sizes.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { someOf } from "../../engine/define/listed.ts";
import type { Line } from "../display/line.ts";
import { count } from "../display/quantities.ts";

/** Of what is no part of a store so many are named. */
const MOST_NAMED = 3;

/** What is left over, of which kind and what becomes of it. */
const LEFTOVERS = [
  ["unnamed", "artifact", "that no record names; deno task gc removes them"],
  ["pieces", "list of keys", "that no run names; deno task gc removes them"],
  [
    "finishedWork",
    "checkpoint",
    "of stages that have finished; deno task gc removes them",
  ],
  [
    "halfWritten",
    "half-written file",
    "of a run that is under way or was killed; the next run removes them",
  ],
] as const;

/** A line for each damaged file, one for each kind of what is left over, and a sentence. */
export function checkLines(check: StoreCheck): readonly Line[] {
  const { damaged, strangers, records, artifacts, bytes } = check;
  const left = LEFTOVERS.filter(([kind]) => check[kind].length > 0)
    .map(([kind, thing, what]) => {
      const { files, bytes } = sum(check[kind]);
      return `${count(files, thing)} (${byteSize(bytes)}) ${what}`;
    });
  if (strangers.length > 0) {
    const names = strangers.map(({ path }) => path);
    left.push(
      `${count(strangers.length, "file")} that no store has: ${
        someOf(names, MOST_NAMED)
      }`,
    );
  }
  const checked = `${count(records, "record")} and ${
    count(artifacts, "artifact")
  } checked (${byteSize(bytes)})`;
  return [
    ...damaged.map(({ path, wrong, wayOut }): Line => [
      { text: "  damaged  ", style: "red" },
      { text: `${path}: ${wrong}; ${wayOut}` },
    ]),
    ...left.map((text): Line => [
      { text: "  left over  ", style: "dim" },
      { text },
    ]),
    damaged.length === 0
      ? [{ text: `${checked}: all are what their names say`, style: "green" }]
      : [{
        text: `${checked}: ${count(damaged.length, "file")} damaged`,
        style: "red",
      }],
  ];
}
