/**
 * A table of nine probes on this project and on the workflow tools that are
 * installed, as Markdown:
 *
 *     deno task bench:probes [--npm FOLDER]
 *
 * make, ninja, doit and snakemake are packages of Debian (ninja-build,
 * python3-doit); FOLDER is one in which `npm install wireit turbo` was run.
 * Tools that are not installed are said to be absent.
 *
 * @module
 */
import { benchOptions } from "../bench_options.ts";
import { ours } from "./ours.ts";
import { type Outcome, probe, PROBES } from "./probes.ts";
import { peers } from "./shell_tools.ts";

/** More than the second in which a change cannot be told from the one before. */
const SETTLE_MILLISECONDS = 2200;

const { values } = benchOptions({ npm: { type: "string" } });

const columns: { title: string; outcomes: readonly Outcome[] }[] = [];
const absent: string[] = [];
for (const subject of [ours, ...peers(values.npm)]) {
  const version = await subject.version();
  if (version === undefined) {
    absent.push(subject.name);
    continue;
  }
  const outcomes: Outcome[] = [];
  for (const one of PROBES) {
    const options = { settleMilliseconds: SETTLE_MILLISECONDS };
    outcomes.push(await probe(subject, one, options));
  }
  columns.push({ title: `${subject.name} ${version}`, outcomes });
}

function cell({ ran, wrong, passed }: Outcome): string {
  const did = ran === "" ? "none" : ran;
  if (passed) return `${did} ✓`;
  return wrong ? `${did}, WRONG` : did;
}

const rows = PROBES.map(({ name, wanted }, i) => [
  `${name} (want ${wanted.map((one) => one || "none").join(" or ")})`,
  ...columns.map(({ outcomes }) => {
    const outcome = outcomes[i];
    return outcome === undefined ? "" : cell(outcome);
  }),
]);
const table = [
  ["probe", ...columns.map(({ title }) => title)],
  ["---", ...columns.map(() => "---")],
  ...rows,
  [
    "passed",
    ...columns.map(({ outcomes }) =>
      `${outcomes.filter(({ passed }) => passed).length} of ${PROBES.length}`
    ),
  ],
];
// deno-lint-ignore no-console -- a program of its own
const print = console.log;
for (const row of table) print(`| ${row.join(" | ")} |`);
if (absent.length > 0) print(`\nNot installed: ${absent.join(", ")}`);
