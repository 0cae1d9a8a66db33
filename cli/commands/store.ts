/**
 * `store`: how much of the store each pipeline takes, and whether all of it is
 * what it should be.
 *
 * @module
 */
import { checkStore } from "../../engine/store/check_store.ts";
import { openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import {
  type Size,
  sizesOf,
  type StoreSizes,
} from "../../engine/store/store_sizes.ts";
import { byteSize } from "../../reports/value/wording.ts";
import {
  tableLines,
  writeJson,
  writeLines,
  writeTexts,
} from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { STORE } from "../arguments/options.ts";
import { checkLines } from "../lines/check_lines.ts";
import { existingStore, pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `store`, and the words beside them. */
export const words = {
  check: {
    help:
      "Reads the whole store and compares it with its digests and records; lists what is damaged or left over.",
  },
  json: { help: "Prints the numbers, or what was found, as JSON." },
  store: STORE,
} as const satisfies Words;

/** What a line asks of `store`. */
type StoreCommand = Asked<typeof words>;

/** @returns the exit code: 1 if anything is damaged */
export async function run(
  { store: named, check, json }: StoreCommand,
  shell: Shell,
): Promise<number> {
  const folder = await existingStore(shell, named);
  const store = await openStore(folder);
  if (check) {
    const found = await checkStore(store, shell);
    if (json) writeJson(found, shell.stdout, { inOneLine: true });
    else writeLines(checkLines(found), shell.stdout);
    return found.damaged.length === 0 ? 0 : 1;
  }
  const sizes = sizesOf(contentsOf(folder));
  if (json) {
    writeJson(sizes, shell.stdout, { inOneLine: true });
    return 0;
  }
  writeTexts([
    ...table(sizes),
    `Results in ${pathFrom(shell.folder, folder)}: ${
      byteSize(sizes.total.bytes)
    } in ${count(sizes.total.files, "file")}`,
  ], shell.stdout);
  return 0;
}

function table(sizes: StoreSizes): readonly string[] {
  const rows = [
    ["pipeline", "stages", "its own", "shared"],
    ...sizes.pipelines.map(({ name, stages, own, shared }) => [
      name,
      `${stages}`,
      byteSize(own.bytes),
      shared.files === 0 ? "" : byteSize(shared.bytes),
    ]),
  ];
  const { shared, others, records, unfinished } = sizes;
  const rest: readonly (readonly [title: string, size: Size])[] = [
    [
      `${count(shared.files, "artifact")} shared by several, counted once`,
      shared,
    ],
    [`${count(others.files, "artifact")} not of a last run`, others],
    [count(records.files, "record"), records],
    [`${count(unfinished.files, "file")} unfinished`, unfinished],
  ];
  const counted = rest.filter(([, { files }]) => files > 0)
    .map(([title, { bytes }]) => [title, "", byteSize(bytes)]);
  const all = [...rows, ...counted];
  return tableLines(all, { right: [1, 2, 3] }).map((line) => `  ${line}`);
}
