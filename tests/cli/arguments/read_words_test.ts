import assert from "node:assert/strict";
import { isAskedFor, readWords } from "../../../cli/arguments/read_words.ts";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import { oneOf, text, whole } from "../../../cli/arguments/value_kinds.ts";
import {
  optionOf,
  type Row,
  type Words,
} from "../../../cli/arguments/words.ts";
import { COMMAND_NAMES, loadCommand } from "../../../cli/commands.ts";

const words = {
  site: { positional: true, value: text("SITE"), default: "site", help: "" },
  scale: {
    value: oneOf("SCALE", ["probit", "logit"]),
    default: "probit",
    help: "",
  },
  baseUrl: { value: text("URL"), help: "" },
  sample: { value: whole("N", { min: 1, max: 9 }), help: "" },
  skip: { value: whole("N", { min: 0 }), repeatable: true, help: "" },
  dryRun: { help: "" },
} as const satisfies Words;

const read = (...args: string[]) => readWords(args, { name: "toy", words });

Deno.test("readWords() reads the options of reproduce, and leaves those that are not given as they are", async () => {
  const args = [
    ...["theory", "--profile", "smoke", "--device", "wasm", "--force", "a"],
    ...["--force", "b", "--jobs", "3", "--fail-fast", "--store", "s", "--push"],
    ...["--fall-back", "cpu"],
    ...[
      "--site",
      "t",
      "--replace",
      "--mirror",
      "m",
      "--remote",
      "http://127.0.0.1/",
    ],
    ...["--json", "--no-wait", "--verbose", "support"],
  ];
  const { words } = await loadCommand("reproduce");
  const table = { name: "reproduce", words };
  assert.deepEqual(readWords(args, table), {
    ...readWords([], table),
    pipelines: ["theory", "support"],
    profile: "smoke",
    device: "wasm",
    fallBack: "cpu",
    force: ["a", "b"],
    jobs: 3,
    failFast: true,
    store: "s",
    site: "t",
    replace: true,
    mirror: "m",
    remote: "http://127.0.0.1/",
    push: true,
    json: true,
    noWait: true,
    verbose: true,
  });
});

/** Of every kind of value one. */
const VALUES = [
  "probit",
  "bash",
  "shift",
  "common",
  "smoke",
  "folder",
  "svg",
  "8.5cm",
  "0.5",
  "64",
  "http://a.b/",
];

/** A text that stands for a value of a row, and the value. */
function sampleOf(key: string, { value }: Row): readonly [string, unknown] {
  for (const text of VALUES) {
    try {
      return [text, value?.read(text, key)];
    } catch {
      continue; // of another kind
    }
  }
  throw new Error(`Cannot try "${key}": none of VALUES is one of its values`);
}

for (const name of COMMAND_NAMES) {
  Deno.test(`readWords() reads every option of ${name}`, async () => {
    const words: Words = (await loadCommand(name)).words;
    const read = (args: readonly string[]) => readWords(args, { name, words });
    const needed = Object.entries(words).filter(([, row]) => row.needed)
      .flatMap(([key, row]) => {
        const [text] = sampleOf(key, row);
        return row.positional ? [text] : [`${optionOf(key)}=${text}`];
      });
    for (const [key, row] of Object.entries(words)) {
      if (row.positional || row.needed) continue;
      const [text, value] = sampleOf(key, row);
      const option = optionOf(key);
      const given = row.value === undefined ? option : `${option}=${text}`;
      assert.deepEqual(read([...needed, given]), {
        ...read(needed),
        [key]: row.value === undefined
          ? true
          : row.repeatable
          ? [value]
          : value,
      });
    }
  });
}

Deno.test("readWords() hands on all words after -- where the table has a row for them", () => {
  const words = {
    pipelines: {
      positional: true,
      value: text("PIPELINE"),
      repeatable: true,
      help: "",
    },
    extra: {
      positional: "after --",
      value: text("WORD"),
      repeatable: true,
      help: "",
    },
  } as const;
  const read = (...args: string[]) => readWords(args, { name: "run", words });
  assert.deepEqual(read("a", "b", "--", "--account=lab", "-A", "c", "--"), {
    pipelines: ["a", "b"],
    extra: ["--account=lab", "-A", "c", "--"],
  });
  assert.deepEqual(read("a", "--"), { pipelines: ["a"], extra: [] });
  assert.deepEqual(read("--", "a"), { pipelines: [], extra: ["a"] });
});

Deno.test("readWords() gives values of the types that the table says", () => {
  const asked: {
    readonly site: string;
    readonly scale: "probit" | "logit";
    readonly baseUrl: string | undefined;
    readonly sample: number | undefined;
    readonly skip: readonly number[];
    readonly dryRun: boolean;
  } = read();
  assert.deepEqual(asked, {
    site: "site",
    scale: "probit",
    baseUrl: undefined,
    sample: undefined,
    skip: [],
    dryRun: false,
  });
});

for (
  const [args, given] of [
    [["--base-url", "a"], { baseUrl: "a" }],
    [["--base-url=a=b"], { baseUrl: "a=b" }],
    [["--base-url="], { baseUrl: "" }],
    [["--base-url", "-"], { baseUrl: "-" }],
    [["--base-url=--dry-run"], { baseUrl: "--dry-run" }],
    [["a", "--dry-run"], { site: "a", dryRun: true }],
    [["--dry-run", "a"], { site: "a", dryRun: true }],
    [["--", "--dry-run"], { site: "--dry-run" }],
    [["-"], { site: "-" }],
    [[""], { site: "" }],
    [["--skip", "1", "--skip=0"], { skip: [1, 0] }],
    [["--sample", "09"], { sample: 9 }],
  ] as const
) {
  Deno.test(`readWords() takes "${args.join(" ")}"`, () => {
    assert.deepEqual(read(...args), { ...read(), ...given });
  });
}

for (
  const [args, line] of [
    [
      ["a", "b"],
      'Cannot use argument "b": "toy" takes no further argument; --help lists its options',
    ],
    [
      ["--dry-rnu"],
      'Cannot use option "--dry-rnu": "toy" has no such option; did you mean "--dry-run"?',
    ],
    [
      ["--wat"],
      'Cannot use option "--wat": "toy" has --base-url, --dry-run, --sample, --scale and --skip',
    ],
    [
      ["-dry-run"],
      'Cannot use option "-dry-run": "toy" has no such option; did you mean "--dry-run"?',
    ],
    [
      ["--hlep"],
      'Cannot use option "--hlep": "toy" has no such option; did you mean "--help"?',
    ],
    [["--help=1"], 'Cannot use option "--help": it takes no value'],
    [
      ["--dry-run=no"],
      'Cannot use option "--dry-run": it takes no value, but was given "no"',
    ],
    [["--base-url"], 'Cannot use option "--base-url": it needs a value'],
    [
      ["--base-url", "--dry-run"],
      'Cannot use option "--base-url": it needs a value',
    ],
    [
      ["--dry-run", "--dry-run"],
      'Cannot use option "--dry-run": it was given twice',
    ],
    [
      ["--sample", "1", "--sample", "1"],
      'Cannot use option "--sample": it was given twice',
    ],
    [
      ["--sample", "-1"],
      'Cannot use option "--sample": "-1" is not a whole number from 1 to 9',
    ],
    [
      ["--skip", "99999999999999999999"],
      'Cannot use option "--skip": "99999999999999999999" is not a whole number from 0 to 9007199254740991',
    ],
    [
      ["--scale", "logti"],
      'Cannot use option "--scale": "logti" is none of probit and logit; did you mean "logit"?',
    ],
  ] as const
) {
  Deno.test(`readWords() refuses "${args.join(" ")}"`, () => {
    assert.throws(() => read(...args), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, line);
      return true;
    });
  });
}

Deno.test("isAskedFor() looks no further than --", () => {
  assert.equal(isAskedFor(["--help", "-h"], ["a", "-h"]), true);
  assert.equal(isAskedFor(["--help", "-h"], ["a", "--", "-h"]), false);
});
