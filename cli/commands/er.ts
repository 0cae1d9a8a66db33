/**
 * `er`: measures effective robustness in somebody's own table of accuracies.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { pathBelow } from "../../engine/define/path_below.ts";
import { accuracyTable } from "../../data/tables/accuracy_table.ts";
import { composeEr } from "../../reports/site/er_page.ts";
import { answerOf } from "../../reports/value/er_answer.ts";
import {
  robustnessJson,
  type TableReading,
  unitText,
} from "../../reports/value/er_text.ts";
import { blocks } from "../../reports/text/blocks.ts";
import {
  extremesFor,
  groupedRobustness,
  type TestSizes,
} from "../../stats/lines/grouped_robustness.ts";
import {
  lineWidth,
  printableJson,
  writeLines,
  writeTexts,
} from "../display/line.ts";
import { baselineOf, checkGroups, columnsOf } from "../er/er_columns.ts";
import { checkPageFolder, pageFolder, writePage } from "../er/er_folder.ts";
import { measurementLines } from "../er/er_lines.ts";
import { readingText, readTable } from "../er/er_table.ts";
import { warningsOf } from "../er/er_warnings.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { oneOf, place, text, whole } from "../arguments/value_kinds.ts";
import {
  type Asked,
  unusable,
  type ValueKind,
  type Words,
} from "../arguments/words.ts";

/** More problems of a table than this are counted, not printed. */
const MOST_PROBLEMS = 10;

/** What to do about wrong rows, of which some may be left out since they lack a cell, or such have been left out. */
function wayOut(
  { someLack, dropIncomplete }: {
    readonly someLack: boolean;
    readonly dropIncomplete: boolean;
  },
): string {
  return `Fix these rows${
    dropIncomplete
      ? " (--drop-incomplete leaves out those alone in which a required cell is empty or NA)"
      : someLack
      ? ", or leave out those without a name, a group or an accuracy by adding --drop-incomplete"
      : ""
  }; no row is skipped silently, because that would shift the line`;
}

/** A share strictly between 0 and 1. */
const SHARE: ValueKind<number> = {
  metavar: "SHARE",
  read(given, option) {
    const value = /^\d*\.?\d+$/.test(given) ? Number(given) : NaN;
    if (value > 0 && (1 + value) / 2 < 1) return value;
    throw unusable(
      option,
      `"${given}" is not a number between 0 and 1, such as 0.95`,
    );
  },
};

/** The options of `er`, and the words beside them. */
export const words = {
  table: {
    value: place("FILE", { access: ["read"] }),
    needed: true,
    help:
      "CSV file with one row per model, separated by commas, semicolons or tabs.",
  },
  reference: {
    value: text("COLUMN"),
    help:
      "Column of the accuracy on the reference distribution (default: reference).",
  },
  shifted: {
    value: text("COLUMN"),
    help:
      "Column of the accuracy on the shifted distribution (default: shifted).",
  },
  group: {
    value: text("COLUMN"),
    help: "Column of the group that a model belongs to (default: group).",
  },
  baseline: {
    value: text("VALUE"),
    help: "Group of the baselines (default: baseline, baselines or scratch).",
  },
  name: {
    value: text("COLUMN"),
    help:
      "Column of the models' names (default: model, name or the first other column).",
  },
  referenceSize: {
    value: whole("N", { min: 2 }),
    help:
      "Test examples behind each reference accuracy; with --shifted-size, adds their noise to the intervals and makes accuracies of 0 and 1 usable.",
  },
  shiftedSize: {
    value: whole("N", { min: 2 }),
    help: "Test examples behind each shifted accuracy.",
  },
  scale: {
    value: oneOf("SCALE", ["probit", "logit", "linear"]),
    default: "probit",
    help: "Scale of the line: probit, logit or linear (default: probit).",
  },
  level: {
    value: SHARE,
    default: 0.95,
    help: "Confidence level of the intervals (default: 0.95).",
  },
  dropIncomplete: {
    help:
      "Leaves out, and lists, rows in which a required cell is empty or NA.",
  },
  to: {
    value: place("DIR", { access: ["read", "write"] }),
    help:
      "Folder of the page (default: er/TABLE; for a table in a folder, er/FOLDER/TABLE; for one outside the project, er/TABLE-DIGEST).",
  },
  json: {
    help: "Prints the numbers only, as JSON; writes a page only with --to.",
  },
} as const satisfies Words;

/** What a line asks of `er`. */
type Er = Asked<typeof words>;

/** @returns the exit code: 2 if the table cannot be used */
export async function run(command: Er, shell: Shell): Promise<number> {
  const { scale, level } = command;
  const { stdout } = shell;
  const sizes = sizesOf(command);
  const { sha256, columns, table, someLack } = await measured(
    command,
    shell,
    sizes,
  );
  if (table.kind === "refused") {
    writeTexts(firstProblems(table.problems), shell.stderr);
    if (table.about === "rows") {
      writeTexts([wayOut({ ...command, someLack })], shell.stderr);
    }
    return 2;
  }
  const { group } = columns;
  const baseline = baselineOf({ ...command, group }, table.rows);
  const half = halfOf(sizes, scale)?.reference;
  checkGroups(table.rows, {
    baseline,
    columns,
    half,
    leftOut: table.leftOut,
  });
  const options = { baseline, scale, level, sizes };
  const measurement = groupedRobustness(table.rows, options);
  const reading: TableReading = {
    file: pathBelow(shell.folder, resolve(shell.folder, command.table)) ??
      basename(command.table),
    columns,
    table,
  };
  const warnings = warningsOf(measurement, table);

  // Everything is made before anything is written.
  const isPageWanted = !command.json || command.to !== undefined;
  const folder = pageFolder(command, shell);
  if (isPageWanted) {
    await checkPageFolder(folder);
    const files = composeEr(measurement, {
      ...reading,
      sha256,
      warnings,
      command: wordsOf(command, { ...reading, baseline }),
      version: shell.version,
    });
    await writePage(folder, new Map([...files.page, ...files.data]));
  }
  const warn = () =>
    writeTexts(warnings.map((one) => `Warning: ${one}`), shell.stderr);
  if (command.json) {
    for (const block of blocks(robustnessJson(measurement))) {
      stdout.write(printableJson(block));
    }
    writeTexts([`Accuracies are read as ${unitText(table)}`], shell.stderr);
    warn();
  } else {
    const page = join(pathFrom(shell.folder, folder), "index.html");
    const columns = lineWidth(stdout);
    writeLines([
      ...measurementLines(measurement, reading, { columns }),
      [{ text: `Page: ${page}` }],
    ], stdout);
    warn();
    writeTexts(answerOf(measurement, table), stdout); // what it is for stands last
  }
  return 0;
}

/** The accuracies of a table; the text that they are read from is left behind. */
async function measured(
  command: Er,
  { folder, stderr }: Shell,
  sizes: TestSizes | undefined,
) {
  const { scale, dropIncomplete } = command;
  const { sha256, columns, texts, reading } = await readTable(command.table, {
    folder,
    columnsOf: (names) => columnsOf(command, names),
  });
  const told = readingText(reading);
  if (told !== undefined) writeTexts([told], stderr);
  const { decimal } = reading;
  const half = halfOf(sizes, scale);
  const options = { columns, scale, decimal, half, dropIncomplete };
  const table = accuracyTable(texts, options);
  const wrong = problemsIn(table);
  const someLack = wrong > 0 &&
    problemsIn(accuracyTable(texts, { ...options, dropIncomplete: true })) <
      wrong;
  return { sha256, columns, table, someLack };
}

/** What half an example is of each test set, where accuracies nearer to 0 or 1 count as that. */
function halfOf(sizes: TestSizes | undefined, scale: Er["scale"]) {
  if (sizes === undefined || scale === "linear") return undefined;
  if (extremesFor(sizes).kind !== "clip") return undefined;
  const { referenceSize, shiftedSize } = sizes;
  return { reference: 1 / (2 * referenceSize), shifted: 1 / (2 * shiftedSize) };
}

function problemsIn(table: ReturnType<typeof accuracyTable>): number {
  return table.kind === "refused" ? table.problems.length : 0;
}

/** @throws {UsageError} if one of the two sizes is missing */
function sizesOf({ referenceSize, shiftedSize }: Er): TestSizes | undefined {
  if (referenceSize !== undefined && shiftedSize !== undefined) {
    return { referenceSize, shiftedSize };
  }
  if (referenceSize === undefined && shiftedSize === undefined) {
    return undefined;
  }
  const [given, missing] = shiftedSize === undefined
    ? ["--reference-size", "--shifted-size"]
    : ["--shifted-size", "--reference-size"];
  throw new UsageError(
    `Cannot use option "${given}" without "${missing}": an effective robustness carries the noise of both test sets`,
  );
}

function firstProblems(problems: readonly string[]): readonly string[] {
  const more = problems.length - MOST_PROBLEMS;
  return more <= 1
    ? problems
    : [...problems.slice(0, MOST_PROBLEMS), `… and ${more} more problems`];
}

/** The command with what it found by itself, so that it finds it again. */
function wordsOf(
  { scale, level, referenceSize, shiftedSize, dropIncomplete }: Er,
  { file, columns, baseline }: TableReading & { readonly baseline: string },
): readonly string[] {
  return [
    ...["deno", "task", "er", "--table", file],
    ...["--reference", columns.reference, "--shifted", columns.shifted],
    ...["--group", columns.group, "--baseline", baseline],
    ...["--name", columns.name, "--scale", scale],
    ...level === 0.95 ? [] : ["--level", String(level)],
    ...referenceSize === undefined
      ? []
      : ["--reference-size", String(referenceSize)],
    ...shiftedSize === undefined ? [] : ["--shifted-size", String(shiftedSize)],
    ...dropIncomplete ? ["--drop-incomplete"] : [],
  ];
}
