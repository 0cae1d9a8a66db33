/**
 * Nine probes: small things that happen to a project, after each of which a
 * workflow tool should run certain stages, and have the result that it would
 * have from scratch.
 *
 * @module
 */
import { dirname, join } from "node:path";
import type { Sources, Subject } from "./subject.ts";

/** What a subject did after something happened to its project. */
export interface Outcome {
  /** Letters of the stages that ran, sorted. */
  readonly ran: string;
  /** Whether a result is not what it would be from scratch. */
  readonly wrong: boolean;
  /** Whether the stages ran that should have, and the results are right. */
  readonly passed: boolean;
}

/** One thing that happens. */
export interface Probe {
  readonly name: string;
  /** Letters of the stages that should run; several where more than one answer is right. */
  readonly wanted: readonly string[];
  /** Does it to a project that is up to date. */
  act(project: Project): Promise<void>;
}

/** A project in a folder. */
export interface Project extends AsyncDisposable {
  /** Waits until the file system would show a change. */
  settle(): Promise<void>;
  /** Rewrites what these sources change, keeping their times if asked to. */
  write(
    change: Partial<Sources>,
    options?: { readonly keepTimes: boolean },
  ): Promise<void>;
  /** Runs it; the letters of the stages that ran, sorted. */
  run(): Promise<string>;
  touch(path: string): Promise<void>;
  /** The file that holds the result of a stage. */
  artifact(stage: "A" | "B"): Promise<string>;
  /** Whether it has the results that a new project of the same sources would have. */
  isRight(): Promise<boolean>;
}

const FIRST: Sources = { input: "one\nrest\n", helper: "-1", call: "plain" };

/** The nine. */
export const PROBES: readonly Probe[] = [
  {
    name: "touch only",
    wanted: [""],
    act: (project) => project.touch("src.txt"),
  },
  {
    name: "same size and time, new bytes",
    wanted: ["AB"],
    act: (project) =>
      project.write({ input: "two\nrest\n" }, { keepTimes: true }),
  },
  {
    name: "input edited, same output",
    wanted: ["A"],
    act: (project) => project.write({ input: "one\nmore\n" }),
  },
  {
    name: "undeclared helper edited",
    wanted: ["AB"],
    act: (project) => project.write({ helper: "-2" }),
  },
  {
    name: "intermediate deleted",
    wanted: ["", "A"],
    act: async (project) => Deno.remove(await project.artifact("A")),
  },
  {
    name: "edit, then revert",
    wanted: [""],
    async act(project) {
      await project.write({ input: "two\nrest\n" });
      await project.run();
      await project.settle();
      await project.write({ input: FIRST.input });
    },
  },
  {
    name: "output tampered with",
    wanted: ["", "B"],
    async act(project) {
      const path = await project.artifact("B");
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.replace("1", "7"));
    },
  },
  {
    name: "cosmetic edit of code",
    wanted: [""],
    act: (project) => project.write({ call: "cosmetic" }),
  },
  {
    name: "real edit of code",
    wanted: ["AB"],
    act: (project) => project.write({ call: "real" }),
  },
];

/** Puts a subject to a probe. */
export async function probe(
  subject: Subject,
  { act, wanted }: Probe,
  options: { readonly settleMilliseconds: number },
): Promise<Outcome> {
  await using project = await newProject(subject, options);
  await project.run();
  await project.settle();
  await act(project);
  await project.settle();
  const ran = await project.run();
  const wrong = !await project.isRight();
  return { ran, wrong, passed: !wrong && wanted.includes(ran) };
}

/** To the nanosecond, which Deno.utime() cannot. */
async function copyTimes(from: string, to: string): Promise<void> {
  const { success } = await new Deno.Command("touch", {
    args: ["-r", from, to],
  }).output();
  if (!success) throw new Error(`Cannot copy the times of "${from}"`);
}

async function newProject(
  subject: Subject,
  { settleMilliseconds, sources: first = FIRST }: {
    readonly settleMilliseconds: number;
    readonly sources?: Sources;
  },
): Promise<Project> {
  const folder = await Deno.makeTempDir({ prefix: "probe-" });
  const at = (path: string) => join(folder, path);
  let sources = first;
  let files: Readonly<Record<string, string>> = {};
  await rewrite({ keepTimes: false });
  const logFile = Object.keys(files)
    .find((path) => path.endsWith("log.txt")) ?? "log.txt";

  async function rewrite({ keepTimes }: { readonly keepTimes: boolean }) {
    const next = subject.files(sources, folder);
    for (const [path, text] of Object.entries(next)) {
      if (files[path] === text) continue;
      const times = `${folder}.times`;
      if (keepTimes) await copyTimes(at(path), times);
      await Deno.mkdir(dirname(at(path)), { recursive: true });
      await Deno.writeTextFile(at(path), text);
      if (!keepTimes) continue;
      await copyTimes(times, at(path));
      await Deno.remove(times);
    }
    files = next;
  }

  async function results(): Promise<readonly string[]> {
    return await Promise.all(
      (["A", "B"] as const).map(async (stage) =>
        await Deno.readTextFile(await subject.artifact(folder, stage))
          .catch(() => "missing")
      ),
    );
  }

  return {
    settle: () =>
      new Promise((resolve) => setTimeout(resolve, settleMilliseconds)),

    async write(change, options = { keepTimes: false }) {
      sources = { ...sources, ...change };
      await rewrite(options);
    },

    async run() {
      const path = at(logFile);
      const before = (await Deno.readTextFile(path)).length;
      const [name = "", ...args] = subject.command(folder);
      const { success, stderr, stdout } = await new Deno.Command(name, {
        args,
        cwd: folder,
      }).output();
      if (!success) {
        const said = [stdout, stderr].map((one) =>
          new TextDecoder().decode(one)
        );
        throw new Error(`Cannot run ${subject.name}: ${said.join("\n")}`);
      }
      const after = await Deno.readTextFile(path);
      return after.slice(before).split("\n").sort().join("");
    },

    async touch(name) {
      const path = Object.keys(files).find((path) => path.endsWith(name)) ?? "";
      await Deno.utime(at(path), new Date(), new Date());
    },

    artifact: (stage) => subject.artifact(folder, stage),

    async isRight() {
      const { ...options } = { settleMilliseconds, sources };
      await using scratch = await newProject(subject, options);
      await scratch.run();
      const wanted = await Promise.all(
        (["A", "B"] as const).map(async (stage) =>
          Deno.readTextFile(await scratch.artifact(stage))
        ),
      );
      const found = await results();
      // An intermediate that nobody needs may stay away; a wrong one may not.
      return found[1] === wanted[1] &&
        (found[0] === wanted[0] || found[0] === "missing");
    },

    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
