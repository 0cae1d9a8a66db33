/**
 * Edits code at random moments while the command line runs it, over and over,
 * and compares what is recorded with what the code gives that its keys name.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { stream } from "../../engine/define/random.ts";
import { pause } from "../../engine/store/pause.ts";
import { readSyntax } from "../../engine/keys/syntax.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Modules that are edited; the number in each is its version. */
const VERSIONED = {
  "helper.ts": "export const helper = VERSION;\n",
  "first.ts": `
import { z } from "zod";
import { json } from "@repository/engine/define/codec.ts";
import { defineTask } from "@repository/engine/define/task.ts";
import { helper } from "./helper.ts";
export const first = defineTask({
  module: import.meta.url, name: "first", result: json(z.string()),
  async run({ n }: { n: number }): Promise<string> {
    await new Promise((done) => setTimeout(done, 40));
    const { late } = await import("./late.ts");
    return [n, helper, late, VERSION].join();
  },
});
`,
  "late.ts": "export const late = VERSION;\n",
  "second.ts": `
import { defineTask } from "@repository/engine/define/task.ts";
import { marked } from "./marked.ts";
export const second = defineTask({
  module: import.meta.url, name: "second", result: marked,
  async run({ of }: { of: string }): Promise<string> {
    await new Promise((done) => setTimeout(done, 40));
    return of + ";" + VERSION;
  },
});
`,
  "marked.ts": `
import type { Codec } from "@repository/engine/define/codec.ts";
import { define } from "@repository/engine/define/definition.ts";
export const marked: Codec<string> = define(import.meta.url, "marked", {
  name: "marked",
  encode: (text) => new TextEncoder().encode(text + "/" + VERSION),
  decode: (bytes) => new TextDecoder().decode(bytes) + "/" + VERSION,
});
`,
  "third.ts": `
import { z } from "zod";
import { json } from "@repository/engine/define/codec.ts";
import { defineTask } from "@repository/engine/define/task.ts";
export const third = defineTask({
  module: import.meta.url, name: "third", result: json(z.string()),
  run: ({ of }: { of: string }): string => of + ";" + VERSION,
});
`,
} as const;

type Name = keyof typeof VERSIONED;
const NAMES = Object.keys(VERSIONED) as readonly Name[];

const PIPELINE = `
import { definePipeline } from "@repository/engine/define/pipeline.ts";
import { first } from "./first.ts";
import { second } from "./second.ts";
import { third } from "./third.ts";
export const pipeline = definePipeline({
  module: import.meta.url,
  name: "edited",
  title: "Edited",
  profiles: { smoke: null, default: null, full: null },
  build() {
    const marked = second({ of: first({ n: 1 }) });
    return {
      id: "edited", title: "Edited", question: [marked, third({ of: marked })],
      claims: [], scaledDown: [], figures: [], datasets: [],
    };
  },
});
`;

const MAIN = `
import { main } from "@repository/cli/main.ts";
await main({
  root: import.meta.dirname!,
  version: "1.2.3",
  async registry() {
    const { pipeline } = await import("./pipeline.ts");
    return {
      pipelines: [pipeline as never],
      DEVICE_REQUESTS: ["auto"],
      isGpuFault: () => false,
      environmentOf: () =>
        Promise.resolve({
          environment: { package: "none", facts: {} },
          device: "none",
          reason: "nothing here needs one",
        }),
    };
  },
  site: () =>
    Promise.resolve(({ reports }) =>
      new Map([["index.html", reports.map(({ question }) => JSON.stringify(question)).join()]])
    ),
});
`;

type Random = ReturnType<typeof stream>;

const CHANGED = /^Cannot run: ".*" changed .*; run the command again$/m;

/** What is said of a module that was read while it was written over, and empty. */
const HALF_A_FILE = /^The requested module '.*' does not provide an export /m;

/** What so many edits came to. */
export interface Edited {
  readonly runs: number;
  readonly edits: number;
  /** How many runs said that code had changed, and ran nothing. */
  readonly refused: number;
  /** How many runs failed otherwise: of a file that was being written over. */
  readonly failed: number;
  /** Records that were compared. */
  readonly records: number;
}

/**
 * Edits one module at a random moment of a run, or while it waits for another
 * run, so many times; half of the edits are undone a little later.
 *
 * After each run every record must hold what the versions give that its key
 * names, and the site what is recorded.
 */
export async function editRuns(
  { times, seed, onEdit = () => {} }: {
    readonly times: number;
    readonly seed: number;
    readonly onEdit?: (edits: number) => void;
  },
): Promise<Edited> {
  await using project = await newProject();
  const random = stream(seed, "edit");
  let [runs, edits, refused, failed] = [0, 0, 0, 0];
  const records = new Set<string>();
  while (edits < times) {
    const waits = random.uniform() < 0.25;
    const ahead = waits ? [project.run()] : [];
    if (waits) await pause(random.uniform() * 400);
    const run = project.run();
    const name = NAMES[random.integer(NAMES.length)] as Name;
    await pause(random.uniform() * (waits ? 1500 : 900));
    const before = project.version(name);
    await project.write(name, before + 1, random);
    onEdit(++edits);
    if (random.uniform() < 0.5) {
      await pause(random.uniform() * 300);
      await project.write(name, before, random);
    }
    for (const one of [...ahead, run]) {
      const { code, error } = await one.end();
      runs++;
      const isRefused = code !== 0 && CHANGED.test(error);
      if (isRefused) refused++;
      else if (code !== 0) {
        assert.match(error, HALF_A_FILE);
        failed++;
      }
      const known = records.size;
      await project.check(records, { isDone: code === 0 && one === run });
      // While the one ahead ends, the other may record.
      if (isRefused && one === run) assert.equal(records.size, known, error);
    }
  }
  return { runs, edits, refused, failed, records: records.size };
}

interface EditedProject extends AsyncDisposable {
  run(): { end(): Promise<{ readonly code: number; readonly error: string }> };
  version(name: Name): number;
  /** Puts a version in the place of the one that is there: over it, or by a rename. */
  write(name: Name, version: number, random: Random): Promise<void>;
  /** Compares every record with what its key says, and the site with them. */
  check(
    seen: Set<string>,
    options: { readonly isDone: boolean },
  ): Promise<void>;
}

async function newProject(): Promise<EditedProject> {
  const folder = await Deno.makeTempDir({ prefix: "edits-" });
  const at = (path: string) => join(folder, path);
  const repository = relative(folder, REPOSITORY);
  const { imports } = JSON.parse(
    await Deno.readTextFile(join(REPOSITORY, "deno.json")),
  );
  const textOf = (name: Name, version: number) =>
    VERSIONED[name].replaceAll("@repository", repository)
      .replaceAll("VERSION", `${version}`);
  const versions = new Map<Name, number>();
  /** By name and digest, which version that is. */
  const known = new Map<string, number>();

  function note(name: Name, version: number): void {
    versions.set(name, version);
    known.set(`${name} ${readSyntax(textOf(name, version)).digest}`, version);
  }

  await Deno.writeTextFile(at("deno.json"), JSON.stringify({ imports }));
  for (const [path, text] of [["pipeline.ts", PIPELINE], ["main.ts", MAIN]]) {
    await Deno.writeTextFile(
      at(path ?? ""),
      (text ?? "").replaceAll("@repository", repository),
    );
  }
  for (const name of NAMES) {
    await Deno.writeTextFile(at(name), textOf(name, 1));
    note(name, 1);
  }
  // The project's own files were there before its first run began.
  await pause(2100);

  /** The text that the versions in a key give. */
  function expected(
    stage: string,
    { code, input }: {
      readonly code: Readonly<Record<string, string>>;
      readonly input: string;
    },
  ): string {
    const of = (name: Name) => {
      const version = known.get(`${name} ${code[name]}`);
      assert.ok(version !== undefined, `${name} of ${stage} was never written`);
      return version;
    };
    switch (stage) {
      case "first":
        return JSON.stringify(
          [1, of("helper.ts"), of("late.ts"), of("first.ts")].join(),
        );
      case "second":
        return `${JSON.parse(input)};${of("second.ts")}/${of("marked.ts")}`;
      default:
        return JSON.stringify(
          `${input}/${of("marked.ts")};${of("third.ts")}`,
        );
    }
  }

  return {
    version: (name) => versions.get(name) ?? 0,

    async write(name, version, random) {
      const text = textOf(name, version);
      if (random.uniform() < 0.5) await Deno.writeTextFile(at(name), text);
      else {
        await Deno.writeTextFile(at("new"), text);
        await Deno.rename(at("new"), at(name));
      }
      note(name, version);
    },

    run() {
      const process = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          "--no-prompt",
          `--config=${join(REPOSITORY, "deno.json")}`,
          "--allow-read",
          "--allow-write",
          at("main.ts"),
          "reproduce",
        ],
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const output = process.output();
      return {
        async end() {
          const { code, stderr } = await output;
          return { code, error: new TextDecoder().decode(stderr) };
        },
      };
    },

    async check(seen, { isDone }) {
      const store = at(".store");
      const read = async (digest: string) =>
        await Deno.readTextFile(
          join(store, "objects", digest.slice(0, 2), digest),
        );
      const { records, lastKeys } = contentsOf(store);
      for (const [key, { record }] of records) {
        assert.ok(record !== undefined);
        const { code, inputs } = record.key;
        const [input] = Object.values(inputs);
        const value = await read(record.outputs["value"]?.digest ?? "");
        assert.equal(
          value,
          expected(record.stage, {
            code,
            input: input === undefined ? "" : await read(input),
          }),
          record.stage,
        );
        seen.add(key);
      }
      if (!isDone) return;
      const last = lastKeys.get("edited.default") ?? {};
      const [second, third] = await Promise.all(
        ["second", "third"].map((stage) =>
          read(
            records.get(last[stage] ?? "")?.record?.outputs["value"]?.digest ??
              "",
          )
        ),
      );
      const [shown, text] = JSON.parse(
        await Deno.readTextFile(at("site/index.html")),
      );
      // What the main isolate decodes it decodes by the codec that encoded it.
      assert.equal(shown, `${second}/${second?.split("/").at(-1)}`);
      assert.equal(text, JSON.parse(third ?? ""));
    },

    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}
