import assert from "node:assert/strict";
import { join } from "node:path";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import { readWords } from "../../../cli/arguments/read_words.ts";
import {
  askedQuestion,
  commandOf,
  keepQuestion,
} from "../../../cli/ask/ask_question.ts";
import { words } from "../../../cli/commands/ask.ts";

function asked(...line: readonly string[]) {
  return readWords(line, { name: "ask", words });
}

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("askedQuestion() keeps a new question in a small file, and reads it again", () =>
  inFolder(async (folder) => {
    const line = ["--reference", "photos/train", "--shifted", "photos/field"];
    const { text: kept, ...first } = await askedQuestion(
      asked(...line),
      { folder },
    );
    await keepQuestion({ ...first, text: kept ?? "" });
    assert.equal(first.name, "field");
    const text = await Deno.readTextFile(join(folder, "questions/field.json"));
    assert.equal(JSON.parse(text).reference, "../photos/train");
    const again = await askedQuestion(
      asked("questions/field.json"),
      { folder },
    );
    assert.deepEqual(again, first);
    assert.equal(
      commandOf(again, { quick: true }, { folder }),
      "deno task ask questions/field.json --quick",
    );
  }));

Deno.test("askedQuestion() does not overwrite another question of the same name unasked", () =>
  inFolder(async (folder) => {
    const ask = async (...more: readonly string[]) =>
      await keepQuestion(
        await askedQuestion(
          asked("--reference", "a", "--shifted", "b/field", ...more),
          { folder },
        ),
      );
    await ask();
    await assert.rejects(ask("--side", "32"), {
      name: "UsageError",
      message:
        'Cannot ask: questions/field.json asks something else; ask that again with "deno task ask questions/field.json", or give this question another name with --name',
    });
    await ask("--side", "32", "--name", "field-32");
    const text = await Deno.readTextFile(
      join(folder, "questions/field-32.json"),
    );
    assert.equal(JSON.parse(text).side, 32);
  }));

for (
  const [line, message] of [
    [[], /^Cannot ask: give --reference DIR and --shifted DIR/],
    [["--reference", "a"], /^Cannot ask without "--shifted"/],
    [["--shifted", "a"], /^Cannot ask without "--reference"/],
    [
      ["--reference", "a", "--shifted", "b", "c"],
      /^Cannot use "c" with images/,
    ],
    [["--table", "a.csv", "--features", "b.npy"], /^Cannot use the features/],
    [["--table", "a.csv", "--shifted", "b"], /images and a table at once/],
    [["nothing.json"], /^Cannot read question nothing.json: there is no such/],
    [["q.json", "--side", "32"], /^Cannot use option "--side"/],
    [
      ["--reference", "a", "--shifted", "b", "--name", "../x"],
      /^Cannot name a question "..\/x"/,
    ],
  ] as const
) {
  Deno.test(`askedQuestion() says what is wrong with "${line.join(" ")}", and writes nothing`, () =>
    inFolder(async (folder) => {
      await assert.rejects(
        askedQuestion(asked(...line), { folder }),
        (error) => error instanceof UsageError && message.test(error.message),
      );
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    }));
}
