/**
 * `show`: what a stage made when it last ran, and how.
 *
 * @module
 */
import { withShortDigests } from "../../engine/define/hash.ts";
import { VALUE } from "../../engine/define/ref.ts";
import { listed } from "../../engine/define/listed.ts";
import type { StageRecord, Store } from "../../engine/store/store.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { artifactLines } from "../lines/artifact_lines.ts";
import { ranIn, stageNamed, wayToResult } from "../named/stages.ts";
import { type Line, writeLines } from "../display/line.ts";
import { duration } from "../display/quantities.ts";
import { suggestion } from "../arguments/nearest.ts";
import { PROFILE, STAGE, STORE } from "../arguments/options.ts";
import { projectToRead } from "../named/projects.ts";
import { lastRecordsOf } from "../named/last_records.ts";
import { placesOfWhole, writeNamedFile } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place, text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `show`, and the words beside them. */
export const words = {
  words: STAGE,
  profile: PROFILE,
  field: { value: text("FIELD"), help: "One field of the result." },
  output: {
    value: place("FILE", { access: ["write", "read"], paths: placesOfWhole }),
    help: "Writes the bytes to a new file; - is standard output.",
  },
  store: STORE,
} as const satisfies Words;

/** What a line asks of `show`. */
type Show = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Show, shell: Shell): Promise<number> {
  const { pipelines } = await shell.registry();
  const { profile } = command;
  const found = stageNamed(command.words, { pipelines, profile });
  // The last run is looked up by name: no key is made, so no device is needed.
  const { store } = await projectToRead(shell, { store: command.store });
  const storeName = command.store;
  const place = { pipelines: found.pipelines, profile, store, storeName };
  const { name } = ranIn(found.stage, place);
  const record = lastRecordsOf({ name, profile, store })(found.stage);
  if (record === undefined) {
    throw new Error(
      `Cannot show stage "${found.stage}" of ${name} at profile ${profile}: its result is not in this store${
        wayToResult(found.stage, place)
      }`,
    );
  }
  const fields = fieldsOf(record, command);
  if (command.output !== undefined) {
    await write(command.output, { fields, record, store, shell });
    return 0;
  }
  const print = (line: Line) => writeLines([line], shell.stdout);
  const where = `of ${name} at profile ${profile}`;
  print([{ text: found.stage, style: "bold" }, { text: ` ${where}` }]);
  print([{ text: madeBy(record) }]);
  for (const field of fields) {
    const { digest, bytes } = outputOf(record, field);
    const format = record.key.result[field] ?? "unknown format";
    print([]);
    print([
      { text: field === VALUE ? "value" : field, style: "cyan" },
      { text: `  ${format}, ${byteSize(bytes)}, sha256 ${digest}` },
    ]);
    const { columns } = shell.stdout.size();
    const content = await store.object(digest);
    for (const line of artifactLines(content, { columns: columns - 2 })) {
      print([{ text: `  ${line}` }]);
    }
  }
  return 0;
}

function madeBy({ key, finishedAt, seconds }: StageRecord): string {
  const machine = Object.entries(key.environment)
    .map(([name, value]) => `${name} ${value}`);
  return `made by ${key.task} in ${
    duration(seconds)
  }, ended ${finishedAt}, on ${withShortDigests(machine.join(", "))}`;
}

function fieldsOf(
  { outputs }: StageRecord,
  { field }: Show,
): readonly string[] {
  const names = Object.keys(outputs).sort();
  if (field === undefined) return names;
  if (!names.includes(field)) {
    throw new UsageError(
      `Cannot show field "${field}": the fields are ${listed(names)}${
        suggestion(field, names)
      }`,
    );
  }
  return [field];
}

function outputOf({ outputs }: StageRecord, field: string) {
  return outputs[field] ?? { digest: "", bytes: 0 };
}

async function write(
  output: string,
  { fields, record, store, shell }: {
    readonly fields: readonly string[];
    readonly record: StageRecord;
    readonly store: Store;
    readonly shell: Shell;
  },
): Promise<void> {
  const [field, ...others] = fields;
  if (field === undefined || others.length > 0) {
    throw new UsageError(
      `Cannot write ${fields.length} fields to one file: name one with --field, of ${
        listed(fields)
      }`,
    );
  }
  const bytes = await store.object(outputOf(record, field).digest);
  if (output === "-") return shell.stdout.write(bytes);
  await writeNamedFile(output, bytes, {
    folder: shell.folder,
    option: "--output",
    createNew: true,
  });
}
