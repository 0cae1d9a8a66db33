import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import {
  errorLines,
  failureLines,
  loadError,
  unavailableLines,
} from "../../../cli/display/error_lines.ts";
import {
  SourceUnavailableError,
  StageError,
  StoreError,
} from "../../../engine/define/error.ts";

const verbose = true;
const brief = { verbose: false };

Deno.test("errorLines() leaves out causes that the message quotes", () => {
  const error = new Error('Cannot complete stage "a": lost', {
    cause: new Error("lost", { cause: new Error("the dog ate it") }),
  });
  assert.deepEqual(errorLines(error, brief), [
    'Cannot complete stage "a": lost',
    "  because: the dog ate it",
  ]);
});

Deno.test("errorLines() says what the system said only with verbose", () => {
  const error = new Error("Cannot read x: it is missing", {
    cause: new Deno.errors.NotFound("No such file (os error 2)"),
  });
  assert.deepEqual(errorLines(error, brief), ["Cannot read x: it is missing"]);
  assert.equal(
    errorLines(error, { verbose })[1],
    "  because: No such file (os error 2)",
  );
});

Deno.test("errorLines() says what a schema said only with verbose", () => {
  const { error: cause } = z.string().safeParse(1);
  const error = new Error("Cannot read x: it is no manifest", { cause });
  assert.deepEqual(errorLines(error, brief), [
    "Cannot read x: it is no manifest",
  ]);
  assert.match(errorLines(error, { verbose })[1] ?? "", /^ {2}because: \[$/);
});

Deno.test("errorLines() keeps in one line what we say, whatever line breaks a name in it has", () => {
  const message = 'Cannot find pipeline "a\nb": the pipelines are c and d';
  for (const kind of [Error, StoreError, UsageError]) {
    assert.deepEqual(errorLines(new kind(message), brief), [message]);
  }
});

Deno.test("errorLines() names the permission that Deno was not given", () => {
  const cause = new Error('Requires write access to "/x"');
  cause.name = "NotCapable";
  assert.deepEqual(errorLines(new Error("Cannot write", { cause }), brief), [
    'Cannot write (Deno: Requires write access to "/x")',
  ]);
});

Deno.test("errorLines() ends although causes go round in a circle", () => {
  const error = new Error("a");
  error.cause = new Error("b", { cause: error });
  assert.deepEqual(errorLines(error, brief), ["a", "  because: b"]);
});

Deno.test("errorLines() shows code that cannot be loaded line by line, without colours", () => {
  const error = new SyntaxError(
    "Expected ';'\n  |\n9 | expor a\n  |       ~\n at \x1b[36mfile:///a.ts\x1b[0m:9:7\n",
  );
  assert.deepEqual(errorLines(error, brief), [
    "Expected ';'",
    "  |",
    "9 | expor a",
    "  |       ~",
    " at file:///a.ts:9:7",
  ]);
});

Deno.test("errorLines() shows what is no error", () => {
  assert.deepEqual(errorLines("lost", brief), ["lost"]);
  assert.deepEqual(errorLines(new TypeError(), brief), ["TypeError"]);
});

Deno.test("failureLines() says once what several stages met alike", () => {
  const failures = ["a", "b"].map((stage) =>
    new Error(`Cannot complete stage "${stage}": the disk is full`, {
      cause: new StoreError("Cannot write: the disk is full"),
    })
  );
  assert.deepEqual(failureLines(failures, brief), [
    "Cannot write: the disk is full",
  ]);
});

Deno.test("failureLines() names stages that failed alike together, and where", () => {
  const failureOf = (stage: string, message: string) => {
    const cause = new TypeError(message);
    cause.stack =
      "TypeError\n  at reached (file:///engine/run/refuse.ts:10:10)\n  at run (file:///a.ts:1:2)\n  at b (file:///b.ts)";
    return new StageError(
      stage,
      `Cannot complete stage "${stage}": ${message}`,
      {
        cause,
      },
    );
  };
  const stages = ["a", "b", "c", "d", "e", "f"];
  const failures = [
    ...stages.map((stage) => failureOf(stage, "x is not a function")),
    failureOf("g", "Cannot fit a line through 2 points: at least 3 are needed"),
    failureOf("h", "Cannot read properties of undefined"),
  ];
  assert.deepEqual(failureLines(failures, brief), [
    'Cannot complete stage "a": x is not a function',
    "  at run (file:///a.ts:1:2) (--verbose shows the whole stack)",
    "  likewise: b, c, d and 2 more",
    'Cannot complete stage "g": Cannot fit a line through 2 points: at least 3 are needed',
    'Cannot complete stage "h": Cannot read properties of undefined',
    "  at run (file:///a.ts:1:2) (--verbose shows the whole stack)",
  ]);
});

Deno.test("unavailableLines() says once that a host does not answer", () => {
  const silence = "example.org: no connection";
  const failureOf = (cause: Error) => new StageError("load", "lost", { cause });
  const missing = (file: string) =>
    failureOf(
      new SourceUnavailableError(`Cannot fetch ${file}: no connection`, {
        silence,
      }),
    );
  const refused = failureOf(new SourceUnavailableError("Cannot fetch c: 404"));
  const one = { name: "toy-a", result: { failures: [missing("a")] } };
  const two = {
    name: "toy-b",
    result: { failures: [missing("a"), missing("b"), refused] },
  };
  assert.deepEqual(unavailableLines([one]), [
    "Without published files: toy-a. Cannot fetch a: no connection",
  ]);
  assert.deepEqual(unavailableLines([one, two]), [
    'Without published files: toy-a and toy-b. Cannot fetch 2 files from example.org: no connection; get them with "deno task fetch" on another machine, and pass that folder with --mirror or SHIFTLINE_MIRROR',
    "Without published files: toy-b. Cannot fetch c: 404",
  ]);
});

Deno.test("loadError() names a module by its path below a folder whose name has signs of addresses", () => {
  const root = "/home/a #1 50%/";
  const at = pathToFileURL(`${root}pipelines/b.ts`).href;
  assert.deepEqual(
    errorLines(
      loadError(new Error(`Module not found "${at}"\n    at ${at}:3:8`), {
        root,
      }),
      brief,
    ),
    [
      'Cannot load the pipelines: pipelines/b.ts, line 3: Module not found "pipelines/b.ts"',
    ],
  );
});

Deno.test("loadError() says in one line which module cannot be loaded, and where", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const loaded = async (text: string) => {
      await Deno.writeTextFile(`${folder}/a.ts`, text);
      const url = `file://${folder}/a.ts?${crypto.randomUUID()}`;
      const error = await import(url).catch((error) => error);
      return errorLines(loadError(error, { root: `${folder}/` }), brief)
        .map((line) =>
          line.replaceAll(/\?[\w-]+/g, (id) => id.startsWith("?") ? "" : id)
        );
    };
    assert.deepEqual(await loaded('import "./gone.ts";'), [
      'Cannot load the pipelines: a.ts, line 1: Module not found "gone.ts"',
    ]);
    const [line, ...more] = await loaded("\nexport const = 5;\n");
    assert.match(
      line ?? "",
      /^Cannot load the pipelines: a\.ts, line 2: .*Expected /,
    );
    assert.deepEqual(more, []);
    for (const text of ["\nx;", "\n[1].map(() => x);"]) {
      assert.deepEqual(await loaded(text), [
        "Cannot load the pipelines: a.ts, line 2: x is not defined",
      ]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const own = new Error("Cannot do it: so");
  assert.equal(
    loadError(own, {
      root: fileURLToPath(new URL("../../../", import.meta.url)),
    }),
    own,
  );
});
