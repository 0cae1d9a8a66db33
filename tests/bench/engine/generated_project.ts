/**
 * Generates a project of trivial stages whose commands go through the real
 * command line, as `tests/cli/toy_main.ts` does.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** `fan`: every stage by itself, gathered by a few; `chain`: each after the one before. */
export type Shape = "fan" | "chain";

/** What to generate. */
export interface ProjectOptions {
  readonly folder: string;
  readonly shape: Shape;
  /** How many stages there are, gathering ones included. */
  readonly stages: number;
  /** A file beside the tasks that their code names. */
  readonly asset?: string;
}

/** A generated project. */
export interface GeneratedProject {
  readonly folder: string;
  /** The command line of a run, from the program's path on. */
  readonly command: readonly string[];
  /** Gives one leaf of a fan, or the last stage of a chain, another argument. */
  edit(salt: number): Promise<void>;
}

/** Writes a project. Its store and site lie in its folder. */
export async function generateProject(
  { folder, shape, stages, asset }: ProjectOptions,
): Promise<GeneratedProject> {
  await Deno.mkdir(folder, { recursive: true });
  const at = (path: string) => join(folder, path);
  const edit = (salt: number) =>
    Deno.writeTextFile(at("salt.ts"), `export const salt = ${salt};\n`);
  const { imports } = JSON.parse(
    await Deno.readTextFile(join(REPOSITORY, "deno.json")),
  );
  const files = {
    "deno.json": JSON.stringify({ imports }),
    "tasks.ts": tasks(asset),
    "pipeline.ts": pipeline({ shape, stages }),
    "site.ts": SITE,
    "main.ts": MAIN,
  };
  const repository = relative(folder, REPOSITORY);
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(
      at(path),
      text.replaceAll("@repository", repository),
    );
  }
  await Deno.mkdir(at("node_modules"), { recursive: true }); // nothing is to be downloaded
  await edit(0);
  return {
    folder,
    edit,
    command: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      `--config=${join(REPOSITORY, "deno.json")}`,
      "--allow-read",
      "--allow-write",
      at("main.ts"),
      "reproduce",
    ],
  };
}

function tasks(asset: string | undefined): string {
  return `
import { json } from "@repository/engine/define/codec.ts";
import { defineTask } from "@repository/engine/define/task.ts";

${
    asset === undefined
      ? ""
      : `new URL(${JSON.stringify(asset)}, import.meta.url);`
  }

const result = json({
  parse(value: unknown): number {
    if (typeof value !== "number") throw new TypeError("not a number");
    return value;
  },
});

/** One more than the last one, a trivial stage. */
export const step = defineTask({
  module: import.meta.url,
  name: "step",
  result,
  run: ({ before, at }: { before: number; at: number }) => (before + at * 7919) % 1_000_003,
});

export const gather = defineTask({
  module: import.meta.url,
  name: "gather",
  result,
  run: ({ parts }: { parts: readonly number[] }) =>
    parts.reduce((sum, part) => (sum * 31 + part) % 1_000_003, 0),
});
`;
}

function pipeline(
  { shape, stages }: { readonly shape: Shape; readonly stages: number },
): string {
  const gathers = Math.round(Math.sqrt(stages) / 3);
  const leaves = stages - gathers - 1;
  const width = Math.ceil(leaves / gathers);
  const build = shape === "chain"
    ? `
  let last = step({ before: 0, at: 0 }, "0");
  for (let at = 1; at < ${stages}; at++) {
    last = step({ before: last, at: at === ${
      stages - 1
    } ? at + salt : at }, \`\${at}\`);
  }
  return last;`
    : `
  const leaves = Array.from({ length: ${leaves} }, (_, at) =>
    step({ before: 1, at: at === 0 ? salt : at }, \`\${at}\`));
  const gathered = Array.from({ length: ${gathers} }, (_, i) =>
    gather({ parts: leaves.slice(i * ${width}, (i + 1) * ${width}) }, \`\${i}\`));
  return gather({ parts: gathered }, "all");`;
  return `
import { definePipeline } from "@repository/engine/define/pipeline.ts";
import { gather, step } from "./tasks.ts";
import { salt } from "./salt.ts";

function build() {${build}
}

export const pipeline = definePipeline({
  module: import.meta.url,
  name: "generated",
  title: "Generated",
  profiles: { smoke: null, default: null, full: null },
  build: () => ({
    id: "generated",
    title: "Generated",
    question: build(),
    claims: [],
    scaledDown: [],
    figures: [],
    datasets: [],
  }),
});
void gather;
`;
}

const MAIN = `
import { main } from "@repository/cli/main.ts";
await main({
  root: import.meta.dirname,
  version: "1.2.3",
  registry: async () => ({
    pipelines: [(await import("./pipeline.ts")).pipeline],
    DEVICE_REQUESTS: ["auto"],
    isGpuFault: () => false,
    environmentOf: () =>
      Promise.resolve({
        environment: { package: "none", facts: {} },
        device: "none",
        reason: "nothing here needs one",
      }),
  }),
  site: async () => (await import("./site.ts")).site,
  siteModule: import.meta.resolve("./site.ts"),
});
`;

const SITE = `
export const site = ({ reports }) =>
  new Map([["index.html", reports.map(({ question }) => question).join()]]);
`;
