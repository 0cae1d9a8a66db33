/**
 * `er`: measures effective robustness in somebody's own table of accuracies.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { accuracyTable } from "../../data/accuracy_table.ts";
import { composeEr } from "../../reports/compose_er.ts";
import {
  robustnessJson,
  type TableReading,
  unitText,
} from "../../reports/er_text.ts";
import {
  groupedRobustness,
  type TestSizes,
} from "../../stats/grouped_robustness.ts";
import type { Er } from "../grammar/er.ts";
import { fit, type Line, paint, printable } from "../display/line.ts";
import { baselineOf, checkGroups, columnsOf } from "../er_columns.ts";
import { checkPageFolder, pageFolder, writePage } from "../er_folder.ts";
import { measurementLines } from "../er_lines.ts";
import { readTable } from "../er_table.ts";
import { warningsOf } from "../er_warnings.ts";
import { pathFrom } from "../project_of.ts";
import type { Shell } from "../shell.ts";
import { UsageError } from "../usage_error.ts";

/** More problems of a table than this are counted, not told. */
const TOLD = 10;

const WAY_OUT =
  "Mend these rows or delete them: none is passed over, because the line would move unseen\n";

/** @returns the exit code: 2 if the table cannot be used */
export async function run(command: Er, shell: Shell): Promise<number> {
  const { scale, level } = command;
  const { bytes, csv } = await readTable(command.table, shell);
  const columns = columnsOf(command, csv);
  const table = accuracyTable(csv, { columns, scale });
  if (table.kind === "refused") {
    for (const problem of told(table.problems)) {
      shell.stderr.write(`${printable(problem)}\n`);
    }
    if (table.about === "rows") shell.stderr.write(WAY_OUT);
    return 2;
  }
  const baseline = baselineOf(command, table.rows);
  const sizes = sizesOf(command);
  checkGroups(table.rows, { baseline, columns });
  const options = { baseline, scale, level, sizes };
  const measurement = groupedRobustness(table.rows, options);
  const reading: TableReading = {
    file: basename(command.table),
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
      sha256: createHash("sha256").update(bytes).digest("hex"),
      warnings,
      command: wordsOf(command, { ...reading, baseline }),
      version: shell.version,
    });
    await writePage(folder, files);
  }
  if (command.json) {
    shell.stdout.write(robustnessJson(measurement));
    shell.stderr.write(`Accuracies are read as ${unitText(table)}\n`);
  } else {
    const page = join(pathFrom(shell.folder, folder), "index.html");
    print(
      [...measurementLines(measurement, reading), [{ text: `Page: ${page}` }]],
      shell,
    );
  }
  for (const warning of warnings) {
    shell.stderr.write(`Warning: ${printable(warning)}\n`);
  }
  return 0;
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
    `Cannot use option "${given}" without "${missing}": the noise of both test sets is in an effective robustness`,
  );
}

/** Lines are cut to a terminal, never in a file or a pipe. */
function print(lines: readonly Line[], { stdout }: Shell): void {
  const columns = stdout.isTerminal ? stdout.size().columns : Infinity;
  for (const line of lines) {
    stdout.write(`${paint(fit(line, columns), stdout)}\n`);
  }
}

function told(problems: readonly string[]): readonly string[] {
  const more = problems.length - TOLD;
  return more <= 1
    ? problems
    : [...problems.slice(0, TOLD), `… and ${more} more problems`];
}

/** The command with what it found by itself, so that it finds it again. */
function wordsOf(
  { scale, level, referenceSize, shiftedSize }: Er,
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
  ];
}
