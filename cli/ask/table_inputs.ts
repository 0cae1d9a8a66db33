/**
 * Tables and features that a question names, by their digests: what they say is
 * read by the first stage, which keeps it.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import type { AskedTable, Both } from "../../data/asked/asked_inputs.ts";
import type { TableQuestion } from "../../data/asked/question.ts";
import { stateOf } from "../../data/asked/sets/listing.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type { Source } from "../../engine/define/source.ts";
import type { AskedInput } from "../../reports/site/ask_options.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";

/** A table and its features, or a line for each thing that keeps them from being read. */
export interface TableInputs {
  readonly inputs: AskedTable;
  /** What was read, for the page. */
  readonly read: readonly AskedInput[];
  /** Size of all files in bytes. */
  readonly bytes: number;
  readonly problems: readonly string[];
}

/** Reads the files of a question about a table, by their absolute paths. */
export async function tableInputs(
  { predictions, features, columns }: TableQuestion,
  { folder }: Pick<Shell, "folder">,
): Promise<TableInputs> {
  const problems: string[] = [];
  const read: AskedInput[] = [];
  let size = 0;
  /** Refuses what is another thing than the table that is asked for. */
  function look(
    bytes: Uint8Array,
    { path, name, refuse }: {
      readonly path: string;
      readonly name: string;
      readonly refuse: (state: string) => void;
    },
  ): void {
    const other = name.startsWith("predictions")
      ? otherFormat(bytes)
      : undefined;
    if (other !== undefined) {
      refuse(
        `is ${other}, and tables are CSV; write it as CSV, a row for each example`,
      );
    }
    const isNamed = Object.keys(columns).length > 0;
    if (path === predictions && !isNamed && isOfAccuracies(bytes)) {
      const table = shellWord(pathFrom(folder, path));
      refuse(
        `has accuracies of models, one a row; "deno task er --table ${table}" measures effective robustness in it`,
      );
    }
  }
  async function source(path: string, name: string): Promise<Source> {
    const short = pathFrom(folder, path);
    let sha256 = "";
    const refuse = (state: string) =>
      void problems.push(`Cannot read ${name}: ${short} ${state}`);
    try {
      const state = await whyNoFile(path);
      if (state === undefined) {
        const bytes = await Deno.readFile(path);
        sha256 = digestOf(bytes);
        size += bytes.length;
        look(bytes, { path, name, refuse });
      } else refuse(state);
    } catch (cause) {
      refuse(stateOf(path, cause));
    }
    read.push({ name, path: short, sha256 });
    return { url: pathToFileURL(path).href, sha256, title: short };
  }
  async function both(
    paths: { readonly reference: string; readonly shifted: string },
    name: string,
  ): Promise<Both> {
    return {
      reference: await source(paths.reference, `${name}, reference`),
      shifted: await source(paths.shifted, `${name}, shifted`),
    };
  }
  const table = typeof predictions === "string"
    ? await source(predictions, "predictions")
    : await both(predictions, "predictions");
  const found: Record<string, Both> = {};
  for (const [name, paths] of Object.entries(features)) {
    found[name] = await both(
      paths,
      name === "features" ? name : `features "${name}"`,
    );
  }
  return {
    inputs: { kind: "table", predictions: table, features: found, columns },
    read,
    bytes: size,
    problems: [...problems, ...inTwoKinds(found)],
  };
}

/** A line for each file of features that another kind has as well: two kinds are two ways to look, which may disagree. */
function inTwoKinds(features: Readonly<Record<string, Both>>): string[] {
  const files = Object.entries(features).flatMap(([kind, both]) =>
    Object.values(both).map((file) => ({ kind, file }))
  );
  return files.flatMap(({ kind, file }, i) => {
    const first = files.slice(0, i).find((other) =>
      other.kind !== kind && file.sha256 !== "" &&
      other.file.sha256 === file.sha256
    );
    return first === undefined ? [] : [
      `Cannot use features "${kind}": ${file.title} has the same bytes as ${first.file.title} of "${first.kind}"; give other features, or leave one kind out`,
    ];
  });
}

/** Why what lies at a path cannot be read, after its name: a folder; or a pipe or a device, which need not end, and give nothing to the stage that reads them again. */
async function whyNoFile(path: string): Promise<string | undefined> {
  const { isFile, isDirectory } = await Deno.stat(path);
  if (isFile) return undefined;
  return isDirectory ? "is a folder; name a file in it" : "is not a file";
}

/** What a file is that holds a table in another format; undefined where it may be CSV. */
function otherFormat(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return start.startsWith("PAR1")
    ? "Parquet"
    : start.startsWith("PK\x03\x04")
    ? "a spreadsheet or another zip archive"
    : /^(?:\{|\[\s*[[{])/.test(start)
    ? "JSON"
    : undefined;
}

/** Whether the first line of a table names accuracies on both distributions, as `er` takes them, and nothing of examples. */
function isOfAccuracies(bytes: Uint8Array): boolean {
  const [head = ""] = new TextDecoder().decode(bytes.subarray(0, 4096))
    .split(/[\r\n]/);
  const names = head.toLowerCase().split(/[,;\t]/)
    .map((name) => name.replaceAll('"', "").trim());
  const has = (name: string) => names.includes(name);
  return has("reference") && has("shifted") &&
    !["label", "set", "example"].some(has);
}
