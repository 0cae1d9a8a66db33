/**
 * The peers of the scoreboard.
 *
 * @module
 */
import { firstLine } from "./first_line.ts";
import { join } from "node:path";
import { COMMAND_B, commandA, helperOf, type Subject } from "./subject.ts";

/** What all tools that leave `a.txt` and `b.txt` in the project have in common. */
function inPlace(
  { name, version, files, command, below = "." }: {
    readonly name: string;
    version(): Promise<string | undefined>;
    files: Subject["files"];
    command: Subject["command"];
    /** Where in the project its stages run. */
    readonly below?: string;
  },
): Subject {
  return {
    name,
    version,
    command,
    files(sources, folder) {
      return {
        [join(below, "src.txt")]: sources.input,
        [join(below, "helper.sh")]: helperOf(sources),
        [join(below, "log.txt")]: "",
        ...files(sources, folder),
      };
    },
    artifact: (folder, stage) =>
      Promise.resolve(join(folder, below, `${stage.toLowerCase()}.txt`)),
  };
}

const make = inPlace({
  name: "make",
  version: async () =>
    (await firstLine("make", "--version"))?.split(" ").at(-1),
  files: (sources) => ({
    Makefile: `b.txt: a.txt\n\t${COMMAND_B}\na.txt: src.txt\n\t${
      commandA(sources)
    }\n`,
  }),
  command: () => ["make", "-s", "b.txt"],
});

const ninja = inPlace({
  name: "ninja",
  version: () => firstLine("ninja", "--version"),
  files: (sources) => ({
    "build.ninja":
      `rule a\n  command = ${
        commandA(sources)
      }\n  restat = 1\nrule b\n  command = ${COMMAND_B}\n  restat = 1\n` +
      "build a.txt: a src.txt\nbuild b.txt: b a.txt\n",
  }),
  command: () => ["ninja", "b.txt"],
});

const doit = inPlace({
  name: "doit",
  version: () => firstLine("doit", "--version"),
  files: (sources) => ({
    "dodo.py": `
def task_a():
    return {"actions": [${
      JSON.stringify(commandA(sources))
    }], "file_dep": ["src.txt"], "targets": ["a.txt"]}

def task_b():
    return {"actions": ["${COMMAND_B}"], "file_dep": ["a.txt"], "targets": ["b.txt"]}
`,
  }),
  command: () => ["doit", "b"],
});

const snakemake = inPlace({
  name: "snakemake",
  version: () => firstLine("snakemake", "--version"),
  files: (sources) => ({
    Snakefile: `
rule b:
    input: "a.txt"
    output: "b.txt"
    shell: "${COMMAND_B}"

rule a:
    input: "src.txt"
    output: "a.txt"
    shell: "${commandA(sources)}"
`,
  }),
  command: () => ["snakemake", "-j1", "b.txt"],
});

const denoTask = inPlace({
  name: "deno task",
  version: () => Promise.resolve(Deno.version.deno),
  files: (sources) => ({
    "deno.json": JSON.stringify({
      tasks: {
        a: {
          command: `sh -c '${commandA(sources)}'`,
          files: ["src.txt"],
          output: ["a.txt"],
        },
        b: {
          command: `sh -c '${COMMAND_B}'`,
          dependencies: ["a"],
          files: ["a.txt"],
          output: ["b.txt"],
        },
      },
    }),
  }),
  command: () => [Deno.execPath(), "task", "b"],
});

/** Peers that are npm packages, installed in a folder of their own. */
function packages(npm: string | undefined): readonly Subject[] {
  const at = (path: string) => join(npm ?? "", "node_modules", path);
  async function versionOf(name: string): Promise<string | undefined> {
    if (npm === undefined) return undefined;
    const text = await Deno.readTextFile(at(`${name}/package.json`))
      .catch(() => "{}");
    return JSON.parse(text).version;
  }
  const wireit = ({ cascade }: { readonly cascade: boolean }) =>
    inPlace({
      name: cascade ? "wireit" : "wireit, cascade: false",
      version: () => versionOf("wireit"),
      files: (sources) => ({
        "package.json": JSON.stringify({
          name: "probe",
          scripts: { a: "wireit", b: "wireit" },
          wireit: {
            a: {
              command: commandA(sources),
              files: ["src.txt"],
              output: ["a.txt"],
            },
            b: cascade
              ? {
                command: COMMAND_B,
                dependencies: ["a"],
                files: [],
                output: ["b.txt"],
              }
              : {
                command: COMMAND_B,
                dependencies: [{ script: "a", cascade: false }],
                files: ["a.txt"],
                output: ["b.txt"],
              },
          },
        }),
      }),
      command: () => [
        "env",
        `PATH=${at(".bin")}:${Deno.env.get("PATH") ?? ""}`,
        "npm",
        "run",
        "b",
      ],
    });
  const turbo = inPlace({
    name: "turbo",
    below: "p",
    version: () => versionOf("turbo"),
    files: (sources) => ({
      "package.json": JSON.stringify({
        name: "root",
        packageManager: "npm@10.0.0",
        workspaces: ["p"],
      }),
      "package-lock.json": JSON.stringify({
        name: "root",
        lockfileVersion: 3,
        packages: {
          "": { name: "root", workspaces: ["p"] },
          "node_modules/p": { resolved: "p", link: true },
          p: { name: "p", version: "1.0.0" },
        },
      }),
      "turbo.json": JSON.stringify({
        tasks: {
          a: { inputs: ["src.txt"], outputs: ["a.txt"] },
          // Not none at all: that would be every file.
          b: { dependsOn: ["a"], inputs: ["src.txt"], outputs: ["b.txt"] },
        },
      }),
      "p/package.json": JSON.stringify({
        name: "p",
        version: "1.0.0",
        scripts: { a: commandA(sources), b: COMMAND_B },
      }),
    }),
    command: () => [
      "env",
      "TURBO_TELEMETRY_DISABLED=1",
      at(".bin/turbo"),
      "run",
      "b",
      "--cache-dir=.turbo/cache",
    ],
  });
  return [wireit({ cascade: true }), wireit({ cascade: false }), turbo];
}

/** Every peer, installed or not. */
export function peers(npm: string | undefined): readonly Subject[] {
  return [make, ninja, doit, snakemake, ...packages(npm), denoTask];
}
