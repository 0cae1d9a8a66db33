/** The command line as a process of its own: signals, streams, permissions. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { runHistory } from "../../engine/store/run_history.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { ROOT } from "./rig.ts";
import { start } from "./toy_process.ts";
import { inFull, test } from "../full.ts";

const STOPPED =
  "Stopped. Finished stages are kept; the same command resumes from there.\n";
/** What a package prints; it must not reach the standard output. */
const GREETING = "Hello from a package\n";
const reproduce = ["reproduce", "--store", "store", "--site", "site"];
/** Two stages at once, however many cores the machine has. */
const twoAtOnce = [...reproduce, "--jobs", "2"];

for (const signal of ["SIGINT", ...inFull("SIGTERM")] as const) {
  Deno.test(`main() stops workers at ${signal}, and keeps finished stages`, async () => {
    await using process = await start([
      ...twoAtOnce,
      "toy-line",
      "toy-endless",
    ]);
    await process.until("start trainForever/one");
    await process.until("toy-line at profile default: 3 ran");
    process.child.kill(signal);
    const { code, stderr } = await process.outcome();
    assert.equal(stderr, GREETING + STOPPED);
    assert.equal(code, 130);
    const stages = await Deno.readTextFile(
      join(process.folder, "store/stages/toy-line.default.json"),
    );
    assert.match(stages, /"conclude"/);
  });
}

Deno.test("main() stops in good order when nobody reads its output any more", async () => {
  await using process = await start([
    ...reproduce,
    ...["--json", "toy-endless"],
  ]);
  await process.until('"kind":"stage-progress"');
  await process.leave();
  const { code, stderr } = await process.outcome();
  assert.deepEqual([code, stderr], [1, GREETING + STOPPED]);
  const [run] = runHistory(join(process.folder, "store")).list();
  assert.equal(run?.state, "stopped");
});

test.inFull({
  name: "main() says that the disk is full on which its output is kept",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using process = await start([...reproduce, "toy-endless"], {
      wrapper: ["sh", "-c", 'exec "$@" > /dev/full', "sh"],
    });
    const { code, stderr } = await process.outcome();
    assert.equal(
      stderr,
      `${GREETING}${STOPPED}Cannot write what this command prints: the disk is full; free some space and run again\n`,
    );
    assert.equal(code, 1);
  },
});

test.inFull("main() stops although what draws the site does not listen", async () => {
  await using process = await start([...reproduce, "toy-quick"]);
  await process.until("toy-quick at profile default: 2 ran");
  const since = performance.now();
  process.child.kill("SIGINT");
  const { code, stderr } = await process.outcome();
  assert(performance.now() - since < 20_000); // the site would take a minute
  assert.deepEqual([code, stderr], [130, GREETING + STOPPED]);
});

test.inFull("main() stops although workers compute and never yield", async () => {
  await using process = await start([...twoAtOnce, "toy-busy"]);
  await process.until("computeForever/JavaScript: ");
  await process.until("computeForever/WebAssembly: ");
  process.child.kill("SIGINT");
  const { code, stderr } = await process.outcome();
  assert.deepEqual([code, stderr], [130, GREETING + STOPPED]);
});

test.inFull("main() takes two signals at once for one press of Ctrl-C", async () => {
  await using process = await start([...twoAtOnce, "toy-endless"]);
  await process.until("start trainForever/one");
  process.child.kill("SIGINT");
  process.child.kill("SIGINT");
  const { code, stderr } = await process.outcome();
  assert.deepEqual([code, stderr], [130, GREETING + STOPPED]);
});

Deno.test("main() ends at once at the second Ctrl-C", async () => {
  await using process = await start([...reproduce, "toy-quick"]);
  await process.until("toy-quick at profile default: 2 ran");
  process.child.kill("SIGINT");
  // Past the time in which two signals are one press, within that of grace.
  await new Promise((resolve) => setTimeout(resolve, 450));
  process.child.kill("SIGINT");
  const { code, stderr } = await process.outcome();
  // After the time of grace it would say more.
  assert.deepEqual([code, stderr], [130, GREETING]);
});

test.inFull("main() gives the stages of work as long as it was told for the signal that came, and leaves them to others", async () => {
  await using run = await start([
    ...reproduce,
    ...["--executor", "folder", "toy-endless"],
  ]);
  const store = join(run.folder, "store");
  await run.until("toy-endless at profile");
  for (
    const [signal, ...words] of [
      ["SIGTERM", "--grace", "0", "--notice", "3600"],
      ["SIGUSR2", "--grace", "3600", "--notice", "0"],
    ] as const
  ) {
    await using process = await start(["work", "--store", store, ...words], {
      writable: store,
    });
    await process.until("start trainForever");
    process.child.kill(signal);
    const { code, stdout, stderr } = await process.outcome();
    assert.doesNotMatch(stderr, /[Dd]ebugger|inspector/);
    assert.match(
      stdout,
      /\nstop {2}trainForever\/\w+: it saved nothing within 0 s\n/,
    );
    assert.equal(code, 85);
    const leases = await Array.fromAsync(Deno.readDir(`${store}/leases`));
    assert.deepEqual(
      leases.filter(({ name }) => /^[0-9a-f]{64}/.test(name)),
      [],
    );
  }
});

Deno.test("main() says that another command has the store to itself with --no-wait", async () => {
  const folder = await Deno.makeTempDir({ prefix: "alone-" });
  const store = join(folder, "store");
  {
    using _alone = await useStore(store, { alone: true });
    await using process = await start(
      ["reproduce", "toy-line", "--no-wait", "--store", store],
      { writable: folder },
    );
    const { code, stderr } = await process.outcome();
    assert.equal(code, 1);
    assert.match(
      stderr.replace(GREETING, ""),
      /^Cannot use store ".*store": another command has it to itself \(process \d+, since .*\); wait until it ends, or choose another folder with --store\n$/,
    );
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("main() says that Deno may not write a folder that is named, before any package is loaded", async () => {
  for (const [left, other] of [["store", "site"], ["site", "store"]]) {
    await using process = await start(reproduce, { writable: `{}/${other}` });
    const { code, stderr } = await process.outcome();
    const [, flag] = new RegExp(
      `^Cannot write "${left}": the permissions of "deno task reproduce" do not cover it; grant access with \`deno run -q --no-prompt --v8-flags=\\S+ -P --allow-read=\\S+ (--allow-write=\\S+) \\S+ reproduce --store store --site site\`\n$`,
    ).exec(stderr) ?? assert.fail(stderr);
    assert.match(flag ?? "", /,store,site$/);
    assert.equal(code, 2);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(process.folder)), []);
  }
});

test.inFull("main() says that packages are downloaded where there are none, since Deno is told to be quiet", async () => {
  const root = await Deno.makeTempDir({ prefix: "cli-process-" });
  try {
    const program = join(root, "program.ts");
    await Deno.writeTextFile(
      program,
      `import { main } from ${JSON.stringify(join(ROOT, "cli/main.ts"))};
      await main({ root: ${JSON.stringify(root)}, version: "1.2.3" });`,
    );
    const says = async () => {
      const config = ["--config", join(ROOT, "deno.json"), "--no-check"];
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", ...config, "--allow-read", program, "--version"],
      }).output();
      return [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    };
    assert.deepEqual(await says(), [
      "1.2.3\n",
      "Installing the packages: Deno downloads them once, which may take a few minutes\n",
    ]);
    await Deno.mkdir(join(root, "node_modules"));
    assert.deepEqual(await says(), ["1.2.3\n", ""]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

const NAMESPACE = ["unshare", "-rm", "sh", "-c"];
const canMount = await mountable();

/** A tiny file system, mounted for one process alone. */
function mounted(options: string): readonly string[] {
  return [
    ...NAMESPACE,
    `mkdir -p {}/store && mount -t tmpfs -o ${options} none {}/store && exec "$@"`,
    "sh",
  ];
}

async function mountable(): Promise<boolean> {
  try {
    const [program = "", ...args] = NAMESPACE;
    const { success } = await new Deno.Command(program, {
      args: [...args, "mount -t tmpfs none /mnt"],
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

test.inFull({
  name: `main() says of a full disk one line${
    canMount ? "" : " (skipped: no mount namespaces here)"
  }`,
  ignore: !canMount,
  async fn() {
    await using process = await start([...reproduce, "toy-line"], {
      wrapper: mounted("size=8k"),
    });
    const { code, stderr } = await process.outcome();
    assert.match(
      stderr.replace(GREETING, ""),
      /^Cannot write to store ".*store": the disk is full; free some space and run again, finished stages are kept\n$/,
    );
    assert.equal(code, 1);
  },
});

Deno.test({
  name: `main() says of a read-only folder one line${
    canMount ? "" : " (skipped: no mount namespaces here)"
  }`,
  ignore: !canMount,
  async fn() {
    await using process = await start([...reproduce, "toy-line"], {
      wrapper: mounted("size=64k,ro"),
    });
    const { code, stderr } = await process.outcome();
    assert.match(
      stderr.replace(GREETING, ""),
      /^Cannot write to store ".*store": permission denied; name another folder with --store\n$/,
    );
    assert.equal(code, 1);
  },
});

/** Who keeps a store from being written, and the words that say so. */
const READ_ONLY = [
  {
    who: "its file system",
    ignore: !canMount,
    wrapperOf: (store: string) => [
      ...NAMESPACE,
      `mount --bind ${store} ${store} && mount -o remount,ro,bind ${store} && exec "$@"`,
      "sh",
    ],
    writableOf: (store: string) => `{},${store}`,
    more: [[
      ["gc", "--dry-run", "--keep-runs", "0"],
      /^ {2}forgotten runs {2}2 .*\nWould remove 2 files/,
    ]] as const,
    refusal: {
      code: 1,
      of: (store: string) =>
        `Cannot write to store "${store}": permission denied; name another folder with --store`,
    },
  },
  {
    who: "Deno",
    ignore: false,
    wrapperOf: () => [],
    writableOf: () => "{}/none",
    more: [],
    refusal: {
      code: 2,
      of: (store: string) =>
        `Cannot write "${store}": the permissions of "deno task `,
    },
  },
];

for (const { who, ignore, refusal, ...setting } of inFull(...READ_ONLY)) {
  Deno.test({
    name: `main() reads a store that ${who} lets nobody write${
      ignore ? " (skipped: no mount namespaces here)" : ""
    }`,
    ignore,
    async fn() {
      await using made = await start([...reproduce, "toy-line"]);
      assert.equal((await made.outcome()).code, 0);
      const store = join(made.folder, "store");
      await using again = await start(
        ["reproduce", "toy-line", "--store", store, "--site", "site"],
        { writable: `{},${store}` },
      );
      assert.equal((await again.outcome()).code, 0);
      const on = async (words: readonly string[]) => {
        await using process = await start([...words, "--store", store], {
          wrapper: setting.wrapperOf(store),
          writable: setting.writableOf(store),
        });
        const { code, stdout, stderr } = await process.outcome();
        return { code, stdout, stderr: stderr.replace(GREETING, "") };
      };
      for (
        const [words, pattern] of [
          [["plan", "toy-line"], /^toy-line at profile default is up to date/],
          [["explain", "load", "toy-line"], /^load of toy-line/],
          [["show", "conclude", "toy-line"], /the loss went from/],
          [["lineage", "toy-line"], /^report toy-line/],
          [["verify", "toy-line"], /\n3 stages: 3 the same bytes\n$/],
          [["runs"], /finished/],
          [["diff"], /./],
          [["store"], / in \d+ files\n$/],
          [["store", "--check"], /: all are what their names say\n$/],
          [["export", "toy-line", "--to", "-"], /^SHA256SUMS\0/],
          ...setting.more,
        ] as const
      ) {
        const { code, stdout, stderr } = await on(words);
        assert.deepEqual([code, stderr], [0, ""], words[0]);
        assert.match(stdout, pattern);
      }
      for (const words of [["reproduce", "toy-line"], ["gc"]]) {
        const { code, stderr } = await on([...words]);
        assert.equal(code, refusal.code);
        assert.ok(stderr.startsWith(refusal.of(store)), stderr);
        assert.equal(stderr.split("\n").length, 2);
      }
    },
  });
}

Deno.test("main() keeps the standard output for JSON, whatever packages and stages print", async () => {
  await using process = await start([...reproduce, "toy-talk", "--json"]);
  const { code, stdout, stderr } = await process.outcome();
  assert.deepEqual(
    [code, stderr],
    [0, GREETING + "Hello from a stage\n".repeat(8)],
  );
  for (const line of stdout.trimEnd().split("\n")) {
    assert.equal(typeof JSON.parse(line).kind, "string");
  }
});

test.inFull("main() serves the site, and ends with 0 at Ctrl-C", async () => {
  await using made = await start([...reproduce, "toy-line"]);
  assert.equal((await made.outcome()).code, 0);
  const site = join(made.folder, "site");
  await using server = await start([
    "preview",
    "--no-watch",
    "--port",
    "0",
    "--site",
    site,
  ]);
  await server.until("(Ctrl-C stops it)\n");
  server.child.kill("SIGINT");
  const { code, stdout, stderr } = await server.outcome();
  assert.match(stdout, /^Serving .*site at http:\/\/127\.0\.0\.1:\d+\/ /);
  assert.deepEqual([code, stderr], [0, ""]);
});
