import { listed } from "../../engine/define/listed.ts";
import assert from "node:assert/strict";
import { COMMAND_NAMES } from "../../cli/commands.ts";
import { join } from "node:path";
import { on, rig, rigWithStore } from "./rig.ts";
import { training } from "./toy_pipelines.ts";

const COMMANDS = listed(COMMAND_NAMES);

const pipelines = [training("toy-line"), training("toy-other")];

/** Words, and the one line that they get; all exit with 2. */
const CASES: readonly (readonly [readonly string[], string])[] = [
  [
    [],
    `Cannot run: no command given; the commands are ${COMMANDS}`,
  ],
  [
    ["reproduc"],
    `Cannot run "reproduc": the commands are ${COMMANDS}; did you mean "reproduce"?`,
  ],
  [
    ["--wat"],
    `Cannot use option "--wat": the command must come first; the commands are ${COMMANDS}`,
  ],
  [
    on("reproduce", "--push"),
    'Cannot use option "--push": it needs --remote, which says where to',
  ],
  [
    on("reproduce", "--remote", "store.example"),
    'Cannot use remote "store.example": it is not an address that starts with http:// or https://',
  ],
  [
    on("reproduce", "--remote", "https://store.example/?a=b"),
    'Cannot use remote "https://store.example/?a=b": the address of a folder has no "?" and no "#"',
  ],
  [
    on("reproduce", "--remote", "https://user:secret@store.example/s?a=b"),
    'Cannot use remote "https://store.example/s?a=b": the address of a folder has no "?" and no "#"',
  ],
  [
    on("reproduce", "--remote", "https://user:secret@store.example/s"),
    'Cannot use remote "https://store.example/s": Deno may not connect to it; add "store.example" to permissions.default.net in deno.json',
  ],
  [
    on("reproduce", "--remote", "user:secret@store.example/s"),
    'Cannot use remote "store.example/s": it is not an address that starts with http:// or https://',
  ],
  [
    on("reproduce", "--detach", "--remote", "https://user@store.example/s"),
    'Cannot use remote "https://store.example/s" with --detach: its user and password would be written into the store; leave out --detach, or name a remote that needs none',
  ],
  [
    on("reproduce", "--remote", "https://store.example/s"),
    'Cannot use remote "https://store.example/s": Deno may not connect to it; add "store.example" to permissions.default.net in deno.json',
  ],
  [
    on("reproduce", "toy-lime"),
    'Cannot find pipeline "toy-lime": the pipelines are toy-line and toy-other; did you mean "toy-line"?',
  ],
  [
    on("plan", "--profile", "smok"),
    'Cannot use profile "smok": the profiles are smoke, default, full and gpu; did you mean "smoke"?',
  ],
  [
    on("reproduce", "--device", "wsam"),
    'Cannot use device "wsam": the devices are auto, webgpu, webgpu-software and wasm; did you mean "wasm"?',
  ],
  [
    on("reproduce", "--device", "web-gpu"),
    'Cannot use device "web-gpu": the devices are auto, webgpu, webgpu-software and wasm; did you mean "webgpu"?',
  ],
  [
    ["publish"],
    'Cannot use option "--to": it is required; --help says what it takes',
  ],
  [
    ["publish", "--to", "site", "--base-url", "example.org"],
    'Cannot use option "--base-url": "example.org" is not the address of a site, such as https://example.org/results/',
  ],
  [
    ["publish", "--to", "site", "--base-url", "https://example.org/?a=b"],
    'Cannot use option "--base-url": "https://example.org/?a=b" is not the address of a site, such as https://example.org/results/',
  ],
  [
    on("reproduce", "--jobs", "two"),
    'Cannot use option "--jobs": "two" is not a whole number from 1 up',
  ],
  [
    on("reproduce", "--jobs", "0"),
    'Cannot use option "--jobs": "0" is not a whole number from 1 up',
  ],
  [
    ["preview", "--port", "99999"],
    'Cannot use option "--port": "99999" is not a whole number from 0 to 65535',
  ],
  [
    ["reproduce", "--jobs"],
    'Cannot use option "--jobs": it needs a value',
  ],
  [
    ["reproduce", "--force"],
    'Cannot use option "--force": it needs a value',
  ],
  [
    ["reproduce", "--prfile", "smoke"],
    'Cannot use option "--prfile": "reproduce" has no such option; did you mean "--profile"?',
  ],
  [
    ["preview", "--quick"],
    'Cannot use option "--quick": "preview" has --device, --mirror, --no-watch, --port, --profile, --site, --store and --verbose',
  ],
  [
    ["reproduce", "--json=1"],
    'Cannot use option "--json": it takes no value, but was given "1"',
  ],
  [
    ["reproduce", "--json", "--json"],
    'Cannot use option "--json": it was given twice',
  ],
  [
    ["plan", "--profile", "full", "--profile", "smoke"],
    'Cannot use option "--profile": it was given twice',
  ],
  [
    ["explain"],
    "Cannot choose a stage: none is named; the tasks at profile default, and the number of stages of each, are\n  load (1), train (2), conclude (1)",
  ],
  [
    on("show", "TRAIN"),
    'Cannot find stage "TRAIN" in any pipeline at profile default: 2 of 4 stages contain it in their names\n  train/toy-line\n  train/toy-other',
  ],
  [
    on("show", "other"),
    'Cannot find stage "other" in any pipeline at profile default: none of 4 stages has that name; did you mean "train/toy-other"?',
  ],
  [
    on("explain", "train/toy-lin", "toy-line"),
    'Cannot find stage "train/toy-lin" in toy-line at profile default: none of 3 stages has that name; did you mean "train/toy-line"?',
  ],
  [
    on("reproduce", "--force", "conclud", "toy-line"),
    'Cannot find stage "conclud" in toy-line at profile default: none of 3 stages has that name; did you mean "conclude"?',
  ],
  [
    on("show", "robustness"),
    'Cannot find stage "robustness" in any pipeline at profile default: none of 4 stages has that name; one that is there is "load", and deno task explain --list names all',
  ],
  [
    on("show", "toy-line"),
    'Cannot find stage "toy-line" in any pipeline at profile default: it is a pipeline; name one of its stages, such as "load"',
  ],
  [
    on("reproduce", "--force", "conclud"),
    'Cannot find stage "conclud" in any pipeline at profile default: none of 4 stages has that name; did you mean "conclude"?',
  ],
  [
    on("reproduce", "--mirror", "nowhere"),
    'Cannot use mirror "nowhere": there is no such folder',
  ],
  [
    ["reproduce", "--mirror"],
    'Cannot use option "--mirror": it needs a value',
  ],
  [
    ["fetch", "--mirror", "nowhere"],
    'Cannot use mirror "nowhere": there is no such folder',
  ],
  [
    ["fetch", "toy-lime"],
    'Cannot find pipeline "toy-lime": the pipelines are toy-line and toy-other; did you mean "toy-line"?',
  ],
  [
    ["fetch", "--to"],
    'Cannot use option "--to": it needs a value',
  ],
  [
    ["fetch", "--jobs", "2"],
    'Cannot use option "--jobs": "fetch" has --mirror, --to and --verbose',
  ],
];

for (const [words, line] of CASES) {
  Deno.test(`runCommand() refuses "${words.join(" ")}"`, async () => {
    await using t = await rig();
    const { code, stdout, stderr } = await t.run(words, { pipelines });
    assert.equal(stderr, `${line}\n`);
    assert.equal(code, 2);
    assert.equal(stdout, "");
  });
}

for (
  const words of [
    ["plan"],
    ["explain", "load"],
    ["show", "load"],
    ["lineage", "toy-line"],
    ["figure", "toy-line/line"],
    ["publish", "--to", "public"],
    ["crate", "--to", "crate"],
    ["verify"],
    ["runs"],
    ["diff"],
    ["export"],
    ["store"],
    ["gc"],
    ["work"],
  ]
) {
  Deno.test(`runCommand() makes no store where ${words[0]} finds none of the name that is given`, async () => {
    await using t = await rig();
    const { code, stdout, stderr } = await t.run(
      [...words, "--store", "stroe"],
      { pipelines },
    );
    assert.deepEqual([code, stdout, stderr], [
      2,
      "",
      'Cannot use store "stroe": there is none yet; deno task reproduce creates one, --store names another\n',
    ]);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(t.folder)), []);
  });
}

Deno.test("runCommand() says in one line that a file is where a folder is meant", async () => {
  await using t = await rig();
  await Deno.writeTextFile(join(t.folder, "file"), "");
  for (
    const [words, message] of [
      [
        ["runs", "--store", "file"],
        'Cannot use store "file": it is a file; --store names a folder',
      ],
      [
        ["reproduce", "--mirror", "file"],
        'Cannot use mirror "file": it is a file',
      ],
      [
        ["reproduce", "--store", "store", "--site", "file"],
        'Cannot write the site to "file": it is a file; name another folder with --site',
      ],
      [
        ["verify", "./file"],
        'Cannot verify site "./file": it is a file',
      ],
      [
        ["fetch", "--to", "file"],
        'Cannot fetch to "file": it is a file; name a folder with --to',
      ],
      [
        ["preview", "--no-watch", "--site", "file"],
        'Cannot preview the site in "file": it is a file; --site names a folder',
      ],
    ] as const
  ) {
    const { code, stderr } = await t.run(words, { pipelines });
    assert.notEqual(code, 0);
    assert.equal(stderr, `${message}\n`);
  }
});

Deno.test("runCommand() says in one line that a device is not there", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(
    on("reproduce", "--device", "webgpu"),
    { pipelines },
  );
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'Cannot use device "webgpu": this machine has no adapter; try --device wasm\n',
  );
});

Deno.test("runCommand() says in one line that SHIFTLINE_MIRROR names no folder", async () => {
  await using t = await rig();
  await Deno.writeTextFile(join(t.folder, "file"), "");
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines,
    mirror: "file",
  });
  assert.equal(
    stderr,
    'Cannot use mirror "file", which SHIFTLINE_MIRROR names: it is a file\n',
  );
  assert.equal(code, 2);
});

for (
  const [what, text, pattern] of [
    [
      "a newer store",
      '{"format":99}',
      /^Cannot use store ".*store": it has format 99 and this version reads up to \d+; update shiftline, or name another folder with --store\n$/,
    ],
    [
      "a damaged format.json",
      "{form",
      /^Cannot use store ".*store": its format\.json is not readable; .*\n$/,
    ],
  ] as const
) {
  for (const command of ["reproduce", "plan"]) {
    Deno.test(`runCommand() refuses ${command} on ${what} in one line`, async () => {
      await using t = await rig();
      await Deno.mkdir(join(t.folder, "store"));
      await Deno.writeTextFile(join(t.folder, "store/format.json"), text);
      const { code, stderr } = await t.run(on(command), { pipelines });
      assert.match(stderr, pattern);
      assert.equal(code, 1);
    });
  }
}

Deno.test("runCommand() prints the version", async () => {
  await using t = await rig();
  const { code, stdout } = await t.run(["--version"], { pipelines });
  assert.deepEqual([code, stdout], [0, "1.2.3\n"]);
});

Deno.test("runCommand() prints help that lists every command", async () => {
  await using t = await rig();
  const { code, stdout } = await t.run(["--help"], { pipelines });
  assert.equal(code, 0);
  for (const name of COMMAND_NAMES) {
    assert.match(stdout, new RegExp(`^ {2}${name} +[A-Z]`, "m"));
  }
});

Deno.test("runCommand() prints help of one command that lists its options", async () => {
  await using t = await rig();
  const { code, stdout } = await t.run(["show", "--help"], { pipelines });
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: deno task show \[OPTION…\] \[STAGE/);
  assert.match(stdout, /^ {2}--output FILE/m);
});

Deno.test("runCommand() lets no text of a command act on the terminal, whoever wrote it", async () => {
  await using t = await rigWithStore();
  // A name that no definition lets pass, on a line that is written as it is.
  const odd = { ...training("toy-odd"), name: "toy\x1b[2J\u202e" };
  const { code, stderr } = await t.run(on("verify"), {
    pipelines: [training(), { ...odd, profiles: ["smoke"] }],
  });
  assert.equal(
    stderr,
    "Left out: toy\ufffd[2J\ufffd, which has no profile default\n",
  );
  assert.equal(code, 1);
});
