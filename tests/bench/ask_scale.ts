/**
 * What `ask` costs where there is much to read: a table as large as those of
 * ImageNet, or photographs as large as those of a camera.
 *
 *     deno run -A --import-map=tests/imports.json --lock=tests/deno.lock tests/bench/ask_scale.ts [--rows N] [--features N] [--models N] [--classes N] [--json]
 *     deno run -A --import-map=tests/imports.json --lock=tests/deno.lock tests/bench/ask_scale.ts --images N [--pixels 1000x750] [--json]
 *
 * Files are made once, into `--folder`, which takes minutes for photographs;
 * each time the store and the question begin empty. Photographs are asked about
 * with `--quick`. Fails where a table takes more than three minutes or 2 GB:
 * look at the processor time as well where the machine has other work to do.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { benchOptions } from "./bench_options.ts";
import { writeLargeTable } from "./ask/large_table.ts";
import { writePhotographs } from "./ask/photographs.ts";
import { costOf } from "./engine/measure.ts";

/** What a table of the usual size may take. */
const MOST = { seconds: 180, megabytes: 2000 };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { values } = benchOptions({
  rows: { type: "string", default: "50000" },
  features: { type: "string", default: "768" },
  models: { type: "string", default: "100" },
  classes: { type: "string", default: "1000" },
  images: { type: "string" },
  pixels: { type: "string", default: "1000x750" },
  folder: { type: "string", default: ".bench/ask-scale" },
  json: { type: "boolean", default: false },
}, { numbers: ["rows", "features", "models", "classes", "images"] });

const isTable = values.images === undefined;
const { size, make } = isTable ? largeTable() : photographs(values.images);
const folder = resolve(values.folder, Object.values(size).join("-"));
const words = await madeOnce();
for (const old of ["store", "questions"]) {
  await Deno.remove(join(folder, old), { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
const cost = await costOf([
  Deno.execPath(),
  ...["run", "-q", "-A", `--config=${join(ROOT, "deno.json")}`],
  `--v8-flags=${await v8Flags()}`,
  ...[join(ROOT, "cli/main.ts"), "ask", ...words, "--store", "store"],
], { folder });
const result = { ...size, ...cost };
const text = values.json
  ? JSON.stringify(result)
  : `${Object.entries(size).map(([name, n]) => `${n} ${name}`).join(", ")}: ${
    cost.seconds.toFixed(0)
  } s, ${cost.processorSeconds.toFixed(0)} s of processors, at most ${
    cost.megabytes.toFixed(0)
  } MB`;
await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
if (cost.code !== 0) Deno.exit(cost.code);
if (
  isTable &&
  (cost.seconds > MOST.seconds || cost.megabytes > MOST.megabytes)
) Deno.exit(1);

/** What is asked about: how much there is of everything, and what writes it and gives the words that ask. */
interface Subject {
  readonly size: Readonly<Record<string, number>>;
  readonly make: () => Promise<readonly string[]>;
}

function largeTable(): Subject {
  const size = {
    rows: Number(values.rows),
    features: Number(values.features),
    models: Number(values.models),
    classes: Number(values.classes),
  };
  return { size: { ...size }, make: () => writeLargeTable(folder, size) };
}

function photographs(images: string | undefined): Subject {
  const [width = NaN, height = NaN] = values.pixels.split("x").map(Number);
  const size = { images: Number(images), width, height };
  return {
    size: { ...size },
    make: async () => [...await writePhotographs(folder, size), "--quick"],
  };
}

/** The words that ask about files of this size, which are made unless they are there. */
async function madeOnce(): Promise<readonly string[]> {
  const kept = join(folder, "words.json");
  const there = await Deno.readTextFile(kept).catch(() => undefined);
  if (there !== undefined) return JSON.parse(there);
  await Deno.mkdir(folder, { recursive: true });
  const words = await make();
  await Deno.writeTextFile(kept, JSON.stringify(words));
  return words;
}

/** Those of the task `ask`. */
async function v8Flags(): Promise<string> {
  const system = Deno.build.os === "linux" ? "Linux" : "Darwin";
  const flags = (name: string) =>
    Deno.readTextFile(join(ROOT, "cli/v8_flags", name));
  return (await flags(`${system}-${Deno.build.arch}`)
    .catch(() => flags("other"))).trim();
}
