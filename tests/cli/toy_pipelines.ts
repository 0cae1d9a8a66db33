/** Pipelines of the toy tasks, whose reports have one sentence. */
import { join } from "node:path";
import { orElse } from "../../engine/define/or_else.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type { Source } from "../../engine/define/source.ts";
import { fetchSource } from "../../tasks/datasets/fetch_source.ts";
import type { RenderSite } from "../../publishing/site_sources.ts";
import type { Report } from "../../reports/value/report.ts";
import { fileOfWork } from "../../engine/store/unfinished_work.ts";
import {
  computeForever,
  conclude,
  load,
  readData,
  readTable,
  talk,
  train,
  trainForever,
  trainOnDevice,
  waitForWord,
} from "./toy_tasks.ts";

interface Scale {
  readonly epochs: number;
}

function toyPipeline(
  name: string,
  build: (scale: Scale) => readonly Lazy<string>[],
  { epochs }: Scale,
): AnyPipeline<Report> {
  return definePipeline<Scale, Report>({
    module: import.meta.url,
    name,
    title: name,
    profiles: {
      smoke: { epochs: 1 },
      default: { epochs },
      full: { epochs: 99 },
    },
    build(scale): Lazy<Report> {
      const [question = "none", title = name] = build(scale);
      return {
        id: name,
        title,
        question,
        claims: [],
        scaledDown: [],
        figures: [],
        datasets: [],
      };
    },
  });
}

/** trainOnDevice → conclude. */
export function trainingOnDevice(): AnyPipeline<Report> {
  return toyPipeline("toy-device", ({ epochs }) => {
    const history = trainOnDevice({ epochs });
    return [conclude({ history })];
  }, { epochs: 2 });
}

/** load → train → conclude. */
export function training(
  name = "toy-line",
  { epochs = 12, fails = false, size = 3 } = {},
): AnyPipeline<Report> {
  return toyPipeline(name, (scale) => {
    const data = load({ size });
    const { history } = train({ data, fails, ...scale }, name);
    return [conclude({ history })];
  }, { epochs });
}

/** load/a → train/a, load/b → train/b: both load the same bytes, with keys of their own. */
export function twinning(size: number): AnyPipeline<Report> {
  return toyPipeline("toy-twins", () =>
    ["a", "b"].map((id, i) => {
      const data = load({ size, of: id }, id);
      const { history } = train({ data, epochs: i + 1, fails: false }, id);
      return conclude({ history }, id);
    }), { epochs: 1 });
}

/** A pipeline of no stages. */
export function stageless(name: string): AnyPipeline<Report> {
  return toyPipeline(name, () => [], { epochs: 1 });
}

/** load/of-EPOCHS → conclude: a stage that each profile calls otherwise. */
export function namedByScale(): AnyPipeline<Report> {
  return toyPipeline("toy-scale", ({ epochs }) => [
    conclude({ history: load({ size: epochs }, `of-${epochs}`) }),
  ], { epochs: 12 });
}

export function missingData(path: string): AnyPipeline<Report> {
  return toyPipeline("toy-data", () => [readData({ path })], { epochs: 1 });
}

/** Two endless trainings in workers. */
export function endless(): AnyPipeline<Report> {
  return toyPipeline("toy-endless", ({ epochs }) => [
    trainForever({ epochs }, "one"),
    trainForever({ epochs: epochs * 20 }, "two"),
  ], { epochs: 12 });
}

/** Two computations in workers that never yield. */
export function busy(): AnyPipeline<Report> {
  return toyPipeline("toy-busy", () => [
    computeForever({ inside: "JavaScript" }, "JavaScript"),
    computeForever({ inside: "WebAssembly" }, "WebAssembly"),
  ], { epochs: 1 });
}

/** One stage that ends soon. */
export function quick(): AnyPipeline<Report> {
  const build = () => [conclude({ history: load({ size: 1 }) })];
  return toyPipeline("toy-quick", build, { epochs: 1 });
}

/** One stage that prints. */
export function talking(): AnyPipeline<Report> {
  return toyPipeline("toy-talk", () => [talk({})], { epochs: 1 });
}

/** One stage that ends when {@linkcode goOn} lets it. */
export function waiting(): AnyPipeline<Report> {
  return toyPipeline("toy-wait", () => [waitForWord({})], { epochs: 1 });
}

/** Lets a waiting stage go on once it waits and a file is there. */
export async function goOn(store: string, path: string): Promise<void> {
  const scratch = join(store, "scratch");
  const isThere = () => Deno.stat(path).then(() => true, () => false);
  const wordsThere = () =>
    Array.fromAsync(Deno.readDir(scratch), ({ name }) => join(scratch, name))
      .catch(() => []);
  let words = await wordsThere();
  while (words.length === 0 || !await isThere()) {
    await new Promise((done) => setTimeout(done, 10));
    words = await wordsThere();
  }
  for (const word of words) {
    const aside = `${path}.word`;
    await Deno.writeFile(aside, fileOfWork(new TextEncoder().encode("go on")));
    await Deno.rename(aside, word);
  }
}

/** Reads published tables; of a table that cannot be had, it says so if it can do without. */
export function tabular(
  sources: readonly Source[],
  { name = "toy-table", canDoWithout = true } = {},
): AnyPipeline<Report> {
  return toyPipeline(name, () =>
    sources.map((source, i) => {
      const read = readTable(
        { table: fetchSource({ source }, `${i}`) },
        `${i}`,
      );
      return canDoWithout
        ? orElse<string>(read, ({ kind, stage }) => `${stage} is ${kind}`)
        : read;
    }), { epochs: 1 });
}

/** One page a report, one for the run. */
export function toySite(
  { reports, run }: Parameters<RenderSite>[0],
): ReturnType<RenderSite> {
  return new Map<string, string | Uint8Array>([
    ["index.html", `<p>${reports.map(({ id }) => id).join(" ")}`],
    ["run.json", JSON.stringify(run)],
    ...reports.map((report): [string, string] => [
      `${report.id}/index.html`,
      `<p>${String(report.question)}`,
    ]),
  ]);
}
