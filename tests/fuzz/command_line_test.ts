/** Lines that nobody would type, and those of a slip of the finger. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { editDistance } from "../../cli/arguments/nearest.ts";
import { readWords } from "../../cli/arguments/read_words.ts";
import { UsageError } from "../../cli/arguments/usage_error.ts";
import { optionOf, type Row, type Words } from "../../cli/arguments/words.ts";
import { COMMAND_NAMES, loadCommand } from "../../cli/commands.ts";
import { runCommand } from "../../cli/run_command.ts";
import { recorded, registryOf } from "../cli/rig.ts";
import { toySite } from "../cli/toy_pipelines.ts";
import { hostileText } from "../reports/hostile_text.ts";
import { fuzz } from "./fuzz.ts";
import { checkClear, checkSaid } from "./checks.ts";
import { type Files, placeOf } from "./places.ts";
import { codePoint } from "../code_point.ts";

/** The rows of each command. */
const TABLES: ReadonlyMap<string, Words> = new Map(
  await Promise.all(
    COMMAND_NAMES.map(async (name) =>
      [name, (await loadCommand(name)).words as Words] as const
    ),
  ),
);

/** Options of a table, and what every command can be asked. */
function optionsOf(words: Words): readonly string[] {
  return Object.entries(words).filter(([, row]) => !row.positional)
    .map(([key]) => optionOf(key)).concat("--help", "--version");
}

/** Options of all commands. */
const OPTIONS = [...TABLES.values()].flatMap(optionsOf);

/** Values of every kind; paths that stay where the command is. */
const VALUES = [
  ...["", "-", "--", "-x", "-1", "0", "1", "2", "36", "99999999999999999999"],
  ...["9".repeat(400), "1e3", "0.5", ".5", "0.95", "probit", "smoke", "svg"],
  ...["8.5cm", "0cm", "1e9cm", "a", "a.csv", "store", "site", "wasm", "auto"],
  ...["http://127.0.0.1:1/", "http://", "https://example.org/?a=b", "a=b"],
  ...["toy", "toy/figure", "__proto__", "constructor", "0".repeat(64)],
];

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
  fc.oneof(hostileText, fc.string({ unit: codePoint }))
    .map((text) => text.replaceAll(/[/\\]|\.\./g, "")),
);

/** A word of a line: most often one that the command takes. */
function wordOf(name: string): fc.Arbitrary<string> {
  const own = fc.constantFrom(...optionsOf(TABLES.get(name) ?? {}));
  const option = fc.oneof(
    { weight: 9, arbitrary: own },
    { weight: 1, arbitrary: fc.constantFrom(...OPTIONS, "--", "-x", "--=1") },
  );
  return fc.oneof(
    { weight: 2, arbitrary: option },
    { weight: 3, arbitrary: value },
    {
      weight: 6,
      arbitrary: fc.tuple(option, value)
        .map(([option, value]) => `${option}=${value}`),
    },
  );
}

const line = fc.constantFrom(...COMMAND_NAMES).chain((name) =>
  fc.record({
    name: fc.constant(name),
    args: fc.array(wordOf(name), { maxLength: 4 }),
  })
);

/** Words that ask for the same, or nothing if a value is no text and no number. */
function wordsFor(
  asked: Readonly<Record<string, unknown>>,
  words: Words,
): readonly string[] | undefined {
  const options: string[] = [];
  const others: string[] = [];
  const last: string[] = [];
  for (const [key, row] of Object.entries<Row>(words)) {
    const given = asked[key];
    if (given === undefined || given === row.default) continue;
    if (row.value === undefined) {
      if (given === true) options.push(optionOf(key));
      continue;
    }
    for (const one of Array.isArray(given) ? given : [given]) {
      if (typeof one !== "string" && typeof one !== "number") return undefined;
      if (row.positional === "after --") last.push(String(one));
      else if (row.positional) others.push(String(one));
      else options.push(`${optionOf(key)}=${one}`);
    }
  }
  const takesLast = Object.values<Row>(words).some(({ positional }) =>
    positional === "after --"
  );
  return takesLast
    ? [...options, ...others, "--", ...last]
    : [...options, "--", ...others];
}

fuzz(
  "readWords() takes a line that can be written again, or says in one line why not",
  line,
  ({ name, args }) => {
    const words = TABLES.get(name) ?? {};
    let asked;
    try {
      asked = readWords(args, { name, words });
    } catch (error) {
      return checkClear(error, UsageError, "Cannot ");
    }
    const again = wordsFor(asked, words);
    if (again === undefined) return;
    assert.deepEqual(readWords(again, { name, words }), asked);
  },
  {
    examples: [
      { name: "verify", args: [`--sample=${"9".repeat(400)}`] },
    ],
  },
);

/** A slip of the finger in a word: a letter more, less, or another. */
const slip = fc.record({
  how: fc.constantFrom("add", "remove", "replace"),
  at: fc.nat(),
  letter: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz-"),
});

fuzz(
  "readWords() names an option that is one slip away, or one that begins so",
  fc.record({
    name: fc.constantFrom(...COMMAND_NAMES),
    option: fc.nat(),
    slip,
  }),
  ({ name, option, slip: { how, at, letter } }) => {
    const words = TABLES.get(name) ?? {};
    const known = optionsOf(words);
    const right = known[option % known.length] ?? "";
    const place = 3 + at % (right.length - 3);
    const wrong = right.slice(0, place) + (how === "remove" ? "" : letter) +
      right.slice(how === "add" ? place : place + 1);
    if (known.includes(wrong)) return;
    try {
      readWords([wrong], { name, words });
    } catch (error) {
      checkClear(error, UsageError, `Cannot use option "${wrong}": `);
      const [, near = ""] = /did you mean "(.*)"\?$/.exec(String(error)) ?? [];
      assert.ok(known.includes(near), String(error));
      assert.ok(
        near.startsWith(wrong) || editDistance(wrong, near) === 1,
        near,
      );
      return;
    }
    assert.fail(`"${wrong}" is taken`);
  },
);

/** A project without code. */
const EMPTY: Files = new Map([
  ["deno.json", new TextEncoder().encode('{"imports":{}}')],
  ["deno.lock", new TextEncoder().encode('{"version":"5"}')],
]);

/** What a command does on a line in an empty project. */
async function outcomeOf(args: readonly string[]) {
  using place = placeOf(EMPTY);
  const { folder } = place;
  const [stdout, stderr] = [recorded({ columns: 200 }), recorded()];
  let now = Date.UTC(2026, 0, 1);
  const code = await runCommand({
    args,
    version: "1.2.3",
    root: folder,
    again: [],
    folder,
    jobs: 1,
    registry: () => Promise.resolve(registryOf([])),
    site: () => Promise.resolve(toySite),
    stdout,
    stderr,
    signal: AbortSignal.timeout(20_000),
    softStop: () => new AbortController().signal,
    clock: () => now += 500,
  });
  assert.deepEqual(place.outside(), []);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

fuzz(
  "runCommand() does what a line asks for in an empty project, or says in one line why not",
  line,
  async ({ name, args }) => {
    // `preview` goes on until it is stopped, and stacks have lines.
    if (name === "preview" || args.includes("--verbose")) return;
    const outcome = await outcomeOf([name, ...args]);
    checkSaid(outcome);
    if (outcome.code !== 0) {
      const lines = outcome.stderr.trimEnd().split("\n");
      // Of images all that is wrong is said together, a line each.
      const isOfImages = name === "ask" && lines.length > 1 &&
        lines.every((line) => /^Cannot read \w+ images: ./.test(line));
      assert.ok(isOfImages || lines.length === 1, outcome.stderr);
    }
  },
  {
    cost: 10,
    examples: [
      { name: "reproduce", args: ["a\nb"] },
      { name: "ask", args: ["--shifted=gone", "--reference=<img>"] },
    ],
  },
);
