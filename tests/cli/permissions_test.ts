/** What the sets of permissions in deno.json let a command reach, and what the guide says of them. */
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { ROOT } from "./rig.ts";
import { fewOf, inFull } from "../full.ts";

type Set = Readonly<Record<string, unknown>>;

const sets: Readonly<Record<string, Set>> = {
  ...config.permissions,
  test: config.test.permissions,
};

const tasks: readonly (readonly [name: string, command: string])[] = Object
  .entries(config.tasks).flatMap(([name, task]) =>
    "command" in task ? [[name, task.command] as const] : []
  );

/** What the table of the guide says of each set: who uses it, what it may do. */
const rows = new Map(
  [...(await Deno.readTextFile(join(ROOT, "docs/guide/permissions.md")))
    .matchAll(/^\| `([a-z]+)` +\| ([^|]+) \| (.*) \|$/gm)]
    .map(([, name = "", users = "", may = ""]) => [name, { users, may }]),
);

const KINDS = ["read", "write"] as const;

Deno.test("deno.json lets a set read or write all files only where the guide says so, and why", () => {
  for (const [name, set] of Object.entries(sets)) {
    const { may } = rows.get(name) ?? assert.fail(`no row of ${name}`);
    for (const kind of KINDS) {
      assert.equal(
        set[kind] === true,
        new RegExp(`\\b${kind} any file[^;]*: `).test(may),
        `${name}: ${kind}`,
      );
    }
    assert.equal(set["run"] === true, may.includes("start programs"), name);
  }
});

Deno.test("deno.json lets whatever may tell machines apart by their ids also ask for their names", () => {
  // Some machines have no id; a process of another must not be taken for one of this.
  for (const [name, set] of Object.entries(sets)) {
    const { read } = set;
    if (!Array.isArray(read) || !read.includes("/etc/machine-id")) continue;
    assert.ok(allowed(set, "sys").includes("hostname"), name);
  }
});

/** Lists of what a set may reach; empty where it may reach nothing of a kind. */
function allowed(set: Set, kind: "net" | "env" | "sys"): readonly string[] {
  const one = set[kind] ?? [];
  if (kind !== "env") return one as readonly string[];
  const { allow = [], ...rest } = one as { readonly allow?: string[] };
  assert.deepEqual(rest, { ignore: true });
  return allow;
}

Deno.test("deno.json lets tasks reach hosts only to download, to serve on this machine and to test", () => {
  const downloads = ["raw.githubusercontent.com"];
  const here = ["127.0.0.1", "localhost"];
  const reached = tasks.flatMap(([name, command]) => {
    if (/ -A /.test(command)) return []; // benchmarks
    assert.doesNotMatch(command, /--allow-(net|all)/, name);
    const hosts = allowed(sets[setOf(command) ?? ""] ?? {}, "net");
    return hosts.length === 0 ? [] : [[name, hosts]];
  });
  assert.deepEqual(Object.fromEntries(reached), {
    reproduce: downloads,
    plan: downloads,
    explain: downloads,
    fetch: downloads,
    accuracies: downloads,
    preview: ["127.0.0.1"],
    test: here,
    "test:full": here,
    "test:slurm": here,
    "test:fuzz": here,
    "test:browser": here,
  });
});

Deno.test("deno.json lets a set read variables, and ask for something of the machine, only where the guide says so", () => {
  for (const [name, set] of Object.entries(sets)) {
    const { may } = rows.get(name) ?? assert.fail(`no row of ${name}`);
    const isOfSlurm = (variable: string) => /^S(LURM|BATCH)/.test(variable);
    const variables = allowed(set, "env");
    assert.deepEqual(
      variables.filter((one) => !isOfSlurm(one)).toSorted(),
      [...may.matchAll(/`([A-Z_]+)`/g)].map(([, one]) => one).toSorted(),
      name,
    );
    assert.equal(
      variables.some(isOfSlurm),
      /\bSlurm's variables|variables in which Slurm\b/.test(may),
      name,
    );
    const asked = {
      "the free memory": "systemMemoryInfo",
      "the machine's name": "hostname",
      "the user's folder and number": "homedir, osRelease, uid",
    };
    assert.equal(
      allowed(set, "sys").toSorted().join(", "),
      Object.entries(asked).flatMap(([words, kinds]) =>
        may.includes(words) ? kinds : []
      ).toSorted().join(", "),
      name,
    );
  }
});

Deno.test("the guide names the tasks of each set", () => {
  for (const [name, { users }] of rows) {
    assert.ok(name in sets, name);
    const named = [...users.matchAll(/`([^`]+)`/g)].map(([, task]) => task);
    const own = tasks.filter(([, command]) => setOf(command) === name);
    assert.deepEqual(named.toSorted(), own.map(([task]) => task).toSorted());
  }
});

/** The set of deno.json by which a command is held. */
function setOf(command: string): string | undefined {
  if (/\bdeno test\b.* -P /.test(command)) return "test";
  const [, name = "default"] = / -P(?:=(\w+))? /.exec(command) ?? [];
  return / -P[= ]/.test(command) ? name : undefined;
}

Deno.test("deno.json gives a task flags for all files only to start programs of a benchmark, or an installation", () => {
  const wide = tasks.filter(([, command]) =>
    / (-A|--allow-all|--allow-(read|write|run)|-[RW])( |$)/.test(command)
  );
  for (const [name] of wide) assert.match(name, /^(bench:.*|packages)$/);
});

const commands = tasks.filter(([, command]) =>
  command.includes(" cli/main.ts ")
);

Deno.test("deno.json keeps Deno from warning of sets of permissions, whatever is run", () => {
  const held = tasks.filter(([, command]) => setOf(command) !== undefined);
  assert.ok(held.length > commands.length);
  for (const [, command] of held) {
    assert.match(command, /\bdeno (?:run|test) -q /);
  }
});

for (
  const [name, command] of fewOf(commands, ([name]) => name === "er")
) {
  Deno.test(`deno task ${name} prints nothing of its own beside what it is asked for`, async () => {
    const words = command.split(" cli/main.ts ")[1] ?? "";
    assert.match(words, /^\S+$/);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", name, "--help"],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.deepEqual([code, text(stderr)], [0, ""]);
    assert.ok(text(stdout).includes(`deno task ${words}`), text(stdout));
  });
}

/** Runs Deno; what it prints. */
async function deno(
  args: readonly string[],
  { cwd = ROOT, env = {} }: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  return decoder.decode(stdout) + decoder.decode(stderr);
}

/** A folder outside of the project, such as somebody's own. */
async function elsewhere(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "some body's " });
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

for (
  const set of fewOf(
    Object.keys(config.permissions),
    (set) => set === "default",
  )
) {
  if (/\bread (any|every) file/.test(rows.get(set)?.may ?? "")) continue;
  Deno.test(`-P=${set} lets no package of a pipeline read a file outside of the project`, async () => {
    await using home = await elsewhere();
    const file = join(home.path, "secret.txt");
    await Deno.writeTextFile(file, "a secret");
    const reader = join(ROOT, "tests/cli/toy_reader.ts");
    const flags = ["--no-prompt", "--no-check", `-P=${set}`];
    const read = (path: string) =>
      deno(["run", ...flags, reader, "plan", path]);
    const refused = await read(file);
    assert.ok(refused.includes(`Requires read access to "${file}"`), refused);
    assert.ok(!refused.includes("a secret"));
    assert.match(await read(join(ROOT, "LICENSE")), /MIT License/);
  });
}

Deno.test("-P=ask reads what a question names, and once it is prepared no other file outside of the project", async () => {
  await using home = await elsewhere();
  const [named, secret] = ["named.csv", "secret.txt"].map((name) =>
    join(home.path, name)
  ) as [string, string];
  await Deno.writeTextFile(named, "a table");
  await Deno.writeTextFile(secret, "a secret");
  const script = join(home.path, "main.ts");
  await Deno.writeTextFile(
    script,
    `import { readInputsAlone } from ${
      JSON.stringify(pathToFileURL(join(ROOT, "cli/ask/read_access.ts")).href)
    };
    const read = (path) => {
      try {
        console.log(Deno.readTextFileSync(path).slice(0, 20));
      } catch (error) {
        console.log(error.name);
      }
    };
    const [named, secret, own] = Deno.args;
    read(secret);
    readInputsAlone({
      kind: "table",
      predictions: { url: ${
      JSON.stringify(pathToFileURL(named).href)
    }, sha256: "", title: "" },
      features: {},
      columns: {},
    }, []);
    for (const path of [named, secret, own]) read(path);`,
  );
  const printed = await deno([
    ...["run", "--no-prompt", "--no-check", "-P=ask"],
    ...["--config", join(ROOT, "deno.json"), script],
    ...[named, secret, join(ROOT, "LICENSE")],
  ]);
  assert.match(printed, /^a secret\na table\nNotCapable\nMIT License\b/);
});

Deno.test("-P=ask answers with a store and a folder of questions that are outside of the project", async () => {
  await using home = await elsewhere();
  const rows = Array.from({ length: 80 }, (_, i) => {
    const [set, n] = i < 40 ? ["reference", i] : ["shifted", i - 40];
    return `${set} ${n},${set},${n % 2},${
      n % (i < 40 ? 8 : 3) === 1 ? 0 : n % 2
    }`;
  });
  await Deno.writeTextFile(
    join(home.path, "p.csv"),
    ["example,set,label,net", ...rows].join("\n"),
  );
  const printed = await deno([
    ...["run", "-q", "--no-prompt", "--no-check", "-P=ask"],
    ...["--config", join(ROOT, "deno.json"), "--allow-write=."],
    ...[join(ROOT, "cli/main.ts"), "ask", "--table", "p.csv"],
    ...["--name", "own", "--store", "store"],
  ], { cwd: home.path });
  assert.match(printed, /^Page: questions\/own\/index\.html /m);
});

for (const name of ["reproduce", ...inFull("fetch")]) {
  Deno.test(`deno task ${name} may read the mirror that SHIFTLINE_MIRROR names, and no other folder`, async () => {
    await using project = await elsewhere();
    await using mirror = await elsewhere();
    await cp(join(ROOT, "cli/v8_flags"), join(project.path, "cli/v8_flags"), {
      recursive: true,
    });
    await Deno.writeTextFile(
      join(project.path, "deno.json"),
      JSON.stringify({ permissions: config.permissions, tasks: config.tasks }),
    );
    await Deno.writeTextFile(
      join(project.path, "cli/main.ts"),
      `for (const path of Deno.args.slice(1)) {
        console.log((await Deno.permissions.query({ name: "read", path })).state);
      }`,
    );
    const paths = [mirror.path, `${mirror.path}/..`, ".", "/etc/machine-id"];
    const states = async (SHIFTLINE_MIRROR: string) => {
      const printed = await deno(["task", "-q", name, ...paths], {
        cwd: project.path,
        env: { SHIFTLINE_MIRROR },
      });
      assert.doesNotMatch(printed, /\bcd: /);
      return printed.match(/^(granted|prompt|denied)$/gm);
    };
    const id = name === "fetch" ? "prompt" : "granted";
    const without = ["prompt", "prompt", "granted", id];
    assert.deepEqual(await states(""), without);
    assert.deepEqual(await states("/no such folder"), without);
    assert.deepEqual(
      await states(mirror.path),
      ["granted", "prompt", "granted", id],
    );
  });
}
