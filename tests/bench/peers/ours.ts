/**
 * This project on the scoreboard: two tasks, run through the command line.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "../../../engine/store/store.ts";
import type { Call, Sources, Subject } from "./subject.ts";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

const CALLS: Readonly<Record<Call, string>> = {
  plain: "help(line)",
  cosmetic: "help(\n      // the first line\n      line as string,\n    )",
  real: 'help(line, "more")',
};

function taskA({ call }: Sources): string {
  return `
import { json } from "@repository/engine/define/codec.ts";
import { defineTask } from "@repository/engine/define/task.ts";
import { z } from "zod";
import { help } from "./helper.ts";
import { log } from "./log.ts";

export const a = defineTask({
  module: import.meta.url,
  name: "a",
  result: json(z.string()),
  run(): string {
    log("A");
    const text = Deno.readTextFileSync(new URL("./src.txt", import.meta.url));
    const [line = ""] = text.split("\\n");
    return ${CALLS[call]};
  },
});
`;
}

const TASK_B = `
import { json } from "@repository/engine/define/codec.ts";
import { defineTask } from "@repository/engine/define/task.ts";
import { z } from "zod";
import { log } from "./log.ts";

export const b = defineTask({
  module: import.meta.url,
  name: "b",
  result: json(z.string()),
  run({ of }: { of: string }): string {
    log("B");
    return of.toUpperCase();
  },
});
`;

const PIPELINE = `
import { definePipeline } from "@repository/engine/define/pipeline.ts";
import { a } from "./a.ts";
import { b } from "./b.ts";

export const pipeline = definePipeline({
  module: import.meta.url,
  name: "probe",
  title: "Probe",
  profiles: { smoke: null, default: null, full: null },
  build: () => ({
    id: "probe",
    title: "Probe",
    question: b({ of: a({}) }),
    claims: [],
    scaledDown: [],
    figures: [],
    datasets: [],
  }),
});
`;

/** A stage may write nothing: it says that it runs, and the main isolate writes that. */
const LOG = `
export function log(letter: string): void {
  const progress = { unit: "ran", done: 0, total: 0, note: letter };
  (globalThis as unknown as Worker).postMessage({ kind: "progress", stage: 0, progress });
}
`;

const MAIN = `
import { main } from "@repository/cli/main.ts";
import { pipeline } from "./pipeline.ts";
globalThis.Worker = class extends Worker {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    this.addEventListener("message", ({ data: { progress } }) => {
      if (progress?.unit !== "ran") return;
      Deno.writeTextFileSync(LOG, progress.note + "\\n", { append: true });
    });
  }
};
await main({
  root: import.meta.dirname,
  version: "1.2.3",
  registry: () =>
    Promise.resolve({
      pipelines: [pipeline],
      DEVICE_REQUESTS: ["auto"],
      isGpuFault: () => false,
      environmentOf: () =>
        Promise.resolve({
          environment: { package: "none", facts: {} },
          device: "none",
          reason: "nothing here needs one",
        }),
    }),
  site: () =>
    Promise.resolve(({ reports }) =>
      new Map([["index.html", reports.map(({ question }) => question).join()]])
    ),
});
`;

/** Ours. */
export const ours: Subject = {
  name: "shiftline",

  async version() {
    const text = await Deno.readTextFile(join(REPOSITORY, "deno.json"));
    return JSON.parse(text).version;
  },

  files(sources, folder) {
    const repository = relative(folder, REPOSITORY);
    const files = {
      "src.txt": sources.input,
      "log.txt": "",
      "helper.ts":
        `export const help = (line: string, more = ""): string => line + ${
          JSON.stringify(sources.helper)
        } + more;\n`,
      "log.ts": LOG,
      "a.ts": taskA(sources),
      "b.ts": TASK_B,
      "pipeline.ts": PIPELINE,
      "main.ts": MAIN.replace("LOG", JSON.stringify(join(folder, "log.txt"))),
      "deno.json": JSON.stringify({
        imports: {
          zod: "npm:zod@4.6.7",
        },
      }),
    };
    return Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        text.replaceAll("@repository", repository),
      ]),
    );
  },

  command: (folder) => [
    Deno.execPath(),
    "run",
    "--quiet",
    "--no-prompt",
    `--config=${join(REPOSITORY, "deno.json")}`,
    "--allow-read",
    "--allow-write",
    join(folder, "main.ts"),
    "reproduce",
  ],

  async artifact(folder, stage) {
    const store = await openStore(join(folder, ".store"));
    const key = store.lastKeys("probe.default")[stage.toLowerCase()] ?? "";
    const digest = store.record(key)?.outputs["value"]?.digest ?? "";
    return join(store.folder, "objects", digest.slice(0, 2), digest);
  },
};
