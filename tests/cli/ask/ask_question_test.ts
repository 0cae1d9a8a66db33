/** The question that a line asks: long, since each word that may not stand beside another has its case. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import { readWords } from "../../../cli/arguments/read_words.ts";
import {
  type AskedQuestion,
  askedQuestion,
  commandOf,
  keepQuestion,
} from "../../../cli/ask/ask_question.ts";
import { pipelineOf } from "../../../data/asked/asked_inputs.ts";
import { words } from "../../../cli/commands/ask.ts";
import { digestOf } from "../../../engine/define/hash.ts";

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

Deno.test("askedQuestion() says of a name that is too long how long it is, and how long it may be", () =>
  inFolder(async (folder) => {
    const ask = (...line: readonly string[]) =>
      askedQuestion(asked(...line), { folder });
    const images = ["--reference", "a", "--shifted", "b", "--name"];
    const [long, longer] = ["n".repeat(200), "n".repeat(201)];
    const kept = await ask(...images, long);
    const message = (wayOut: string) =>
      `Cannot name a question "${longer}": that is 201 bytes long, and 200 are the most; ${wayOut}`;
    await assert.rejects(ask(...images, longer), {
      name: "UsageError",
      message: message("give another one with --name"),
    });
    await keepQuestion(kept);
    const file = `questions/${longer}.json`;
    await Deno.rename(kept.file, join(folder, file));
    await assert.rejects(ask(file), {
      name: "UsageError",
      message: message("give its file another one"),
    });
  }));

Deno.test("askedQuestion() names a question after the shifted images, without what their file ends in", () =>
  inFolder(async (folder) => {
    const nameOf = async (shifted: string) =>
      (await askedQuestion(
        asked("--reference", "a", "--shifted", shifted),
        { folder },
      )).name;
    assert.equal(await nameOf("photos/field"), "field");
    assert.equal(await nameOf("field.csv"), "field");
    assert.equal(await nameOf("field.tar"), "field");
    assert.equal(await nameOf("field.tar.gz"), "field");
    assert.equal(await nameOf("our field.tgz"), "our-field");
  }));

Deno.test("askedQuestion() keeps files of weights by paths that are short, and has no field where there are none", () =>
  inFolder(async (folder) => {
    const images = ["--reference", "a", "--shifted", "b"];
    const kept = async (...more: readonly string[]) => {
      const { question, text } = await askedQuestion(
        asked(...images, ...more),
        { folder },
      );
      assert(question.kind === "images");
      return [question.weights, JSON.parse(text ?? "").weights];
    };
    assert.deepEqual(
      await kept("--weights", "w/a.safetensors", "--weights", "/b.safetensors"),
      [
        [join(folder, "w/a.safetensors"), "/b.safetensors"],
        ["../w/a.safetensors", "/b.safetensors"],
      ],
    );
    assert.deepEqual(await kept(), [undefined, undefined]);
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
    const file = join(folder, "questions/field.json");
    const first = await Deno.readTextFile(file);
    // What is not there is refused when it is read; until then nothing is written.
    await ask("--side", "32");
    assert.equal(await Deno.readTextFile(file), first);
    for (const name of ["a", "b/field"]) {
      await Deno.mkdir(join(folder, name), { recursive: true });
    }
    await assert.rejects(ask("--side", "32"), {
      name: "UsageError",
      message:
        'Cannot ask: questions/field.json asks something else; ask that again with "deno task ask questions/field.json", or give this question another name with --name',
    });
    await ask("--side", "32", "--name", "field-32");
    // One that was edited by hand is not lost either.
    await assert.rejects(ask("--side", "64", "--name", "field-32"), {
      message: /^Cannot ask: questions\/field-32\.json asks something else; /,
    });
    const text = await Deno.readTextFile(
      join(folder, "questions/field-32.json"),
    );
    assert.equal(JSON.parse(text).side, 32);
  }));

Deno.test("keepQuestion() leaves a file that is there as it is: one of the same question, and one that another process has kept since", () =>
  inFolder(async (folder) => {
    const ask = (...more: readonly string[]) =>
      askedQuestion(
        asked("--reference", "a", "--shifted", "b/field", ...more),
        { folder },
      );
    const [first, other] = [await ask(), await ask("--side", "32")];
    await keepQuestion(first);
    const long = new Date(2e12);
    await Deno.utime(first.file, long, long);
    await keepQuestion(await ask());
    await assert.rejects(keepQuestion(other), {
      name: "UsageError",
      message: /^Cannot ask: questions\/field\.json asks something else; /,
    });
    assert.deepEqual((await Deno.stat(first.file)).mtime, long);
    assert.equal(await Deno.readTextFile(first.file), first.text);
  }));

Deno.test("askedQuestion() keeps pages out of folders of images, and what it read beside the question", () =>
  inFolder(async (folder) => {
    const images = ["--reference", "a", "--shifted", "questions/fog"];
    await assert.rejects(askedQuestion(asked(...images), { folder }), {
      name: "UsageError",
      message:
        "Cannot ask: the page of this question is written into questions/fog, where the shifted images are; give another --name",
    });
    const within = ["--shifted", "questions/fog/in", "--name", "fog"];
    await assert.rejects(
      askedQuestion(asked("--reference", "a", ...within), { folder }),
      /written into questions\/fog, where the shifted images are; give another/,
    );
    const question = await askedQuestion(
      asked(...images, "--name", "other"),
      { folder },
    );
    await keepQuestion(question);
    const read = await Deno.readFile(question.file);
    assert.equal(question.digest, digestOf(read));
    const again = await askedQuestion(asked("questions/other.json"), {
      folder,
    });
    assert.equal(again.digest, digestOf(read));
    await Deno.rename(question.file, join(folder, "questions/fog.json"));
    await assert.rejects(
      askedQuestion(asked("questions/fog.json"), { folder }),
      /where the shifted images are; give the file another name$/,
    );
  }));

Deno.test("askedQuestion() keeps columns of properties", () =>
  inFolder(async (folder) => {
    for (
      const about of [["--table", "t.csv"], [
        ...["--reference", "a.csv", "--shifted", "b.csv"],
      ]]
    ) {
      const { text } = await askedQuestion(
        asked(...about, "--property", "camera", "--property", "b"),
        { folder },
      );
      assert.deepEqual(JSON.parse(text ?? "").columns, {
        property: ["camera", "b"],
      });
    }
  }));

const FIVE_WEIGHTS = [0, 1, 2, 3, 4].flatMap((n) => ["--weights", `${n}`]);

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
    [
      ["--table", "a.csv", "--features", "b.npy", "c.npy", "d.npy"],
      /^Cannot use the features: give two files/,
    ],
    [["--table", "a.csv", "--shifted", "b"], /images and a table at once/],
    [
      ["--table", "a.csv", "--weights", "b.safetensors"],
      /^Cannot use option "--weights" with a table: on predictions no network/,
    ],
    [
      ["--table", "a.csv", "--most", "100"],
      /^Cannot use option "--most" with a table: it is for images$/,
    ],
    [
      ["--table", "a.csv", "--allow-unreadable", "all"],
      /^Cannot use option "--allow-unreadable" with a table: it is for images$/,
    ],
    [
      ["--table", "a.csv", "--side", "32"],
      /^Cannot use option "--side" with a/,
    ],
    [
      ["--table", "a.csv", "--classes", "common"],
      /^Cannot use option "--classes" with a table/,
    ],
    [
      ["q.json", "--reference", "a"],
      /^Cannot use option "--reference" with the file of a question: edit "reference" in q.json$/,
    ],
    [
      ["q.json", "--reference", "a", "--shifted", "b"],
      /^Cannot use option "--reference" with the file of a question/,
    ],
    [
      ["q.json", "--shifted", "b"],
      /^Cannot use option "--shifted" with the file/,
    ],
    [
      ["--reference", "a", "--shifted", "b", "--property", "hue"],
      /^Cannot read question asked: "columns.property" is \["hue"\]; it must be columns with other names than/,
    ],
    [
      ["q.json", "--property", "camera"],
      /^Cannot use option "--property" with the file of a question: edit "property" in "columns" of q.json$/,
    ],
    [
      ["--reference", "a", "--shifted", "b", ...FIVE_WEIGHTS],
      /"weights" is \["0",.*; it must be a list of at most 4 safetensors files/,
    ],
    [
      ["q.json", "--weights", "b.safetensors"],
      /^Cannot use option "--weights" with the file of a question: edit "weights" in q.json$/,
    ],
    [
      ["questions/field"],
      /^Cannot ask questions\/field: the file of a question is called NAME\.json; give --reference DIR and --shifted DIR, or --table FILE, or the file of a question$/,
    ],
    [["questions/.json"], /^Cannot ask questions\/\.json: the file/],
    [["nothing.json"], /^Cannot read question nothing.json: there is no such/],
    [
      ["--reference", "a", "--shifted", "b", "--side", "50"],
      /^Cannot train networks on images of 50 pixels: .* give another --side, or train none, with --quick$/,
    ],
    [["q.json", "--side", "32"], /^Cannot use option "--side"/],
    [
      ["questions/q.json", "--name", "other"],
      /^Cannot use option "--name" with the file of a question: its name is that of its file; copy questions\/q\.json to questions\/other\.json, and ask that$/,
    ],
    [
      ["q.json", "--test", "a"],
      /^Cannot use option "--test" with the file of a question: edit "test" in q.json$/,
    ],
    [["--features", "a.npy", "q.json"], /^Cannot use option "--features" with/],
    [["--features", "a.npy", "b.npy"], /^Cannot ask b\.npy: the file of a/],
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

Deno.test("askedQuestion() says all that is wrong with a file, a line each", () =>
  inFolder(async (folder) => {
    const file = join(folder, "q.json");
    const refused = async (text: string) => {
      await Deno.writeTextFile(file, text);
      const error = await askedQuestion(asked("q.json"), { folder })
        .catch((error) => error);
      assert(error instanceof UsageError);
      return [error.message, ...error.list];
    };
    assert.deepEqual(
      (await refused('{"kind": "images", "reference": 1, "side": "x"}'))
        .map((line) =>
          /^Cannot read question q\.json: "(\w+)" /.exec(line)?.[1]
        ),
      ["reference", "shifted", "side"],
    );
    assert.match(
      (await refused('{"kind":\n "images",\n\n oops}')).join("\n"),
      /^Cannot read question q\.json: it is not JSON: .+$/,
    );
  }));

Deno.test("askedQuestion() takes any side where no network is trained", () =>
  inFolder(async (folder) => {
    const { question } = await askedQuestion(
      asked("--reference", "a", "--shifted", "b", "--side", "50", "--quick"),
      { folder },
    );
    assert.ok(question.kind === "images" && question.side === 50);
  }));

Deno.test("askedQuestion() keeps in the question what a line says of its images", () =>
  inFolder(async (folder) => {
    const { question, text } = await askedQuestion(
      asked(
        ...["--reference", "a", "--shifted", "b", "--classes", "common"],
        ...["--side", "96", "--most", "700", "--allow-unreadable", "3"],
      ),
      { folder },
    );
    for (const kept of [question, JSON.parse(text ?? "")]) {
      const { classes, side, most, allowUnreadable } = kept;
      assert.deepEqual(
        { classes, side, most, allowUnreadable },
        { classes: "common", side: 96, most: 700, allowUnreadable: 3 },
      );
    }
  }));

Deno.test("askedQuestion() refuses more images than a question may have by the option's name", () => {
  const images = ["--reference", "a", "--shifted", "b"];
  for (const option of ["--most", "--allow-unreadable"]) {
    assert.throws(() => asked(...images, option, "1000001"), {
      message:
        `Cannot use option "${option}": "1000001" is not a whole number from ${
          option === "--most" ? 1 : 0
        } to 1000000`,
    });
  }
});

/** The folder of a question that is kept in a place of its own. */
const DATA = fileURLToPath(new URL("./data", import.meta.url));

Deno.test("askedQuestion() names the field of a question whose side no network takes", async () => {
  await assert.rejects(askedQuestion(asked("field.json"), { folder: DATA }), {
    name: "UsageError",
    message:
      'Cannot train networks on images of 50 pixels: the side must be a multiple of 32; edit "side" in field.json, or train none, with --quick',
  });
});

Deno.test({
  name:
    "askedQuestion() refuses a question at once beside which nothing may be written",
  permissions: { read: true, write: false },
  async fn() {
    await assert.rejects(
      askedQuestion(asked("field.json", "--quick"), { folder: DATA }),
      {
        name: "UsageError",
        message:
          'Cannot ask field.json: its page is written into the folder beside it, where Deno may not write; move the file into the folder "questions", and see to the paths in it, which are relative to it',
      },
    );
  },
});

Deno.test("keepQuestion() names a question that cannot be written, and the way out", async () => {
  const file = await Deno.makeTempFile();
  const question = {
    name: "field",
    file: join(file, "field.json"),
    text: "{}",
  };
  try {
    await assert.rejects(
      keepQuestion(question as AskedQuestion),
      /^Error: Cannot keep the question "field": .*; ask in a folder that can be written to$/,
    );
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("pipelineOf() gives each question its own name", () => {
  const names = ["field-v1", "field.v1", "field_v1", "Field-v1", "日", "月"];
  assert.equal(new Set(names.map(pipelineOf)).size, names.length);
  assert.equal(pipelineOf("field-v1"), "asked-field-v1");
});
