import assert from "node:assert/strict";
import {
  COMMAND_NAMES,
  commandNamed,
  COMMANDS,
  loadCommand,
} from "../../cli/commands.ts";
import { optionOf, type Words } from "../../cli/arguments/words.ts";
import { guideOf } from "../../publishing/guide_files.ts";
import { ROOT } from "./rig.ts";
import config from "../../deno.json" with { type: "json" };
import { words as readme } from "../../tools/readme.ts";

/** Options of npx, Deno and others. */
const OF_OTHERS = ["--yes", "--frozen"];

/** What every command has. */
const ALWAYS = ["--help", "--version"];

const tasks: Readonly<
  Record<string, { readonly description?: string; readonly command?: string }>
> = config.tasks;

/** The options of each command, and of the tools that have a table, by its name. */
const options = new Map<string, readonly string[]>(
  await Promise.all([
    ...COMMAND_NAMES.map(async (name) =>
      [name, optionsOf((await loadCommand(name)).words)] as const
    ),
    ["readme", optionsOf(readme)] as const,
    ...["accuracies", "packages"].map((name) => [name, ALWAYS] as const),
  ]),
);

function optionsOf(words: Words): readonly string[] {
  return Object.entries(words)
    .filter(([, { positional }]) => positional === undefined)
    .map(([key]) => optionOf(key)).concat(ALWAYS);
}

/** The options that a text names. */
function optionsIn(text: string): readonly string[] {
  // What stands after -- is for another program.
  const own = text.replaceAll(/ -- .*/g, "");
  return own.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [];
}

/** What a text says of commands: the name of one, and what follows up to the next. */
function mentionsIn(text: string): readonly (readonly [string, string])[] {
  return [
    ...text.matchAll(
      /deno task (?:-q )?([\w:-]+)((?:(?!deno (?:task|run) ).)*)/g,
    ),
  ]
    .map(([, name = "", rest = ""]) => [name, rest]);
}

Deno.test("deno.json has a task for every command, and every task runs a command that is there", () => {
  for (const name of Object.keys(COMMANDS)) {
    assert.match(
      tasks[name]?.command ?? "",
      new RegExp(` cli/main.ts ${name}$`),
    );
  }
  for (const [name, { command = "" }] of Object.entries(tasks)) {
    const [, run] = / cli\/main\.ts (.*)$/.exec(command) ?? [];
    if (run !== undefined) assert.equal(commandNamed(run), name);
  }
});

Deno.test("deno.json names no option in the description of a task that it does not have", () => {
  for (const [name, { description = "" }] of Object.entries(tasks)) {
    const known = options.get(name);
    if (known === undefined) continue;
    for (const option of optionsIn(description)) {
      assert.ok(known.includes(option), `${name} does not have ${option}`);
    }
  }
});

const GUIDES = [
  "README.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  ...guideOf(ROOT).keys(),
];

for (const guide of GUIDES) {
  const text = await Deno.readTextFile(
    new URL(`../../${guide}`, import.meta.url),
  );

  Deno.test(`${guide} names no option beside a command that does not have it`, () => {
    for (const [name, rest] of text.split("\n").flatMap(mentionsIn)) {
      assert.ok(name in tasks, `there is no deno task ${name}`);
      const known = options.get(name);
      if (known === undefined) continue; // a tool or benchmark with options of its own
      for (const option of optionsIn(rest)) {
        assert.ok(known.includes(option), `${name} does not have ${option}`);
      }
    }
  });

  Deno.test(`${guide} names no option that no task has`, () => {
    const known = new Set([
      ...[...options.values()].flat(),
      ...Object.values(tasks).flatMap(({ description = "", command = "" }) =>
        optionsIn(`${description} ${command}`)
      ),
    ]);
    const unknown = optionsIn(text)
      .filter((option) => !known.has(option) && !OF_OTHERS.includes(option));
    assert.deepEqual(unknown, []);
  });
}
