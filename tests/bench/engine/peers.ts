/**
 * The same work by other tools: a thousand trivial stages, each a shell command
 * that reads a file and writes one, side by side or in a chain.
 *
 * @module
 */
import { join } from "node:path";
import { firstLine } from "../peers/first_line.ts";
import type { Shape } from "./generated_project.ts";
import { medianCost, timeOf } from "./measure.ts";

/** What was measured of one tool. */
export interface PeerFigures {
  readonly name: string;
  /** `undefined` if it is not installed. */
  readonly version: string | undefined;
  readonly figures: Readonly<Record<string, number>>;
  /** Why there are no more of them, if it failed. */
  readonly failure?: string;
}

/** One stage: reads `from`, writes `to`. */
interface Step {
  readonly from: string;
  readonly to: string;
}

interface Peer {
  readonly name: string;
  version(): Promise<string | undefined>;
  /** Its build files: text by name. */
  build(steps: readonly Step[]): Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

const STAGES = 1000;

const SYSTEM_PEERS: readonly Peer[] = [
  {
    name: "make",
    version: async () =>
      (await firstLine("make", "--version"))?.split(" ").at(-1),
    build: (steps) => ({
      Makefile: `all: ${steps.map(({ to }) => to).join(" ")}\n` +
        steps.map(({ from, to }) => `${to}: ${from}\n\tcksum < $< > $@\n`)
          .join(""),
    }),
    command: ["make", "-s", "-j2", "all"],
  },
  {
    name: "ninja",
    version: () => firstLine("ninja", "--version"),
    build: (steps) => ({
      "build.ninja": "rule step\n  command = cksum < $in > $out\n" +
        steps.map(({ from, to }) => `build ${to}: step ${from}\n`).join(""),
    }),
    command: ["ninja", "-j2"],
  },
  {
    name: "doit",
    version: () => firstLine("doit", "--version"),
    build: (steps) => ({
      "dodo.py": `STEPS = ${
        JSON.stringify(steps.map(({ from, to }) => [from, to]))
      }

def task_step():
    for source, target in STEPS:
        yield {"name": target, "actions": [f"cksum < {source} > {target}"], "file_dep": [source], "targets": [target]}
`,
    }),
    command: ["doit", "-n2", "-v0"],
  },
  {
    name: "snakemake",
    version: () => firstLine("snakemake", "--version"),
    build: (steps) => ({
      Snakefile:
        `rule all:\n    input: ${
          JSON.stringify(steps.map(({ to }) => to)).slice(1, -1)
        }\n\n` +
        steps.map(({ from, to }) =>
          `rule:\n    input: "${from}"\n    output: "${to}"\n    shell: "cksum < {input} > {output}"\n\n`
        ).join(""),
    }),
    command: ["snakemake", "-j2", "--quiet"],
  },
  {
    name: "deno_task",
    version: () => Promise.resolve(Deno.version.deno),
    build: (steps) => ({
      "deno.json": JSON.stringify({
        tasks: {
          all: { dependencies: steps.map(({ to }) => to) },
          ...Object.fromEntries(steps.map(({ from, to }) => [to, {
            // Its shell has no two redirections in one command.
            command: `cksum ${from} > ${to}`,
            files: [from],
            output: [to],
            ...(from.startsWith("out") ? { dependencies: [from] } : {}),
          }])),
        },
      }),
    }),
    command: [Deno.execPath(), "task", "--quiet", "all"],
  },
];

/** Peers that are npm packages, installed in a folder of their own. */
function packagePeers(npm: string): readonly Peer[] {
  const at = (path: string) => join(npm, "node_modules", path);
  async function versionOf(name: string): Promise<string | undefined> {
    const text = await Deno.readTextFile(at(`${name}/package.json`))
      .catch(() => "{}");
    return JSON.parse(text).version;
  }
  const command = ({ from, to }: Step) => `cksum < ${from} > ${to}`;
  const before = ({ from }: Step) => from.startsWith("out") ? [from] : [];
  return [
    {
      name: "wireit",
      version: () => versionOf("wireit"),
      build: (steps) => ({
        "package.json": JSON.stringify({
          name: "bench",
          scripts: Object.fromEntries(
            ["all", ...steps.map(({ to }) => to)]
              .map((name) => [name, "wireit"]),
          ),
          wireit: {
            all: { dependencies: steps.map(({ to }) => to) },
            ...Object.fromEntries(steps.map((step) => [step.to, {
              command: command(step),
              files: [step.from],
              output: [step.to],
              dependencies: before(step),
            }])),
          },
        }),
      }),
      command: [
        ...["env", "WIREIT_PARALLEL=2"],
        `PATH=${at(".bin")}:${Deno.env.get("PATH") ?? ""}`,
        ...["npm", "run", "--silent", "all"],
      ],
    },
    {
      name: "turbo",
      version: () => versionOf("turbo"),
      build: (steps) => ({
        "package.json": JSON.stringify({
          name: "bench",
          packageManager: "npm@10.0.0",
          scripts: {
            all: "true",
            ...Object.fromEntries(
              steps.map((step) => [step.to, command(step)]),
            ),
          },
        }),
        "package-lock.json": JSON.stringify({
          name: "bench",
          lockfileVersion: 3,
          packages: { "": { name: "bench" } },
        }),
        "turbo.json": JSON.stringify({
          tasks: {
            all: { dependsOn: steps.map(({ to }) => to) },
            ...Object.fromEntries(steps.map((step) => [step.to, {
              inputs: [step.from],
              outputs: [step.to],
              dependsOn: before(step),
            }])),
          },
        }),
      }),
      command: [
        ...["env", "TURBO_TELEMETRY_DISABLED=1", at(".bin/turbo"), "run"],
        ...["all", "--concurrency=2", "--output-logs=none"],
        "--cache-dir=.turbo/cache",
      ],
    },
  ];
}

function stepsOf(shape: Shape): readonly Step[] {
  return Array.from({ length: STAGES }, (_, i) => ({
    from: shape === "fan" || i === 0 ? `in_${i}.txt` : `out_${i - 1}.txt`,
    to: `out_${i}.txt`,
  }));
}

/** Times of a no-op of a thousand stages, of every tool that is installed. */
export async function peerFigures(
  { folder, runs, npm }: {
    readonly folder: string;
    readonly runs: number;
    /** In which packages of npm are installed. */
    readonly npm: string | undefined;
  },
): Promise<readonly PeerFigures[]> {
  const all: PeerFigures[] = [];
  const packages = npm === undefined ? [] : packagePeers(npm);
  for (const peer of [...SYSTEM_PEERS, ...packages]) {
    const { name } = peer;
    const version = await peer.version();
    const figures: Record<string, number> = {};
    try {
      for (const shape of ["fan", "chain"] as const) {
        if (version === undefined) continue;
        const place = join(folder, `${name}-${shape}`);
        Object.assign(figures, await measure(peer, { place, shape, runs }));
      }
      all.push({ name, version, figures });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      all.push({ name, version, figures, failure });
    }
  }
  return all;
}

async function measure(
  { build, command }: Peer,
  { place, shape, runs }: {
    readonly place: string;
    readonly shape: Shape;
    readonly runs: number;
  },
): Promise<Readonly<Record<string, number>>> {
  await Deno.mkdir(place, { recursive: true });
  const steps = stepsOf(shape);
  for (const { from } of steps) {
    if (!from.startsWith("in")) continue;
    await Deno.writeTextFile(join(place, from), `${from}\n`);
  }
  for (const [file, text] of Object.entries(build(steps))) {
    await Deno.writeTextFile(join(place, file), text);
  }
  const runnable = { command, folder: place };
  const cold = await timeOf(runnable);
  await timeOf(runnable);
  return {
    [`cold_1000_${shape}_s`]: cold,
    ...await medianCost(`noop_1000_${shape}`, { runs, runnable }),
  };
}
