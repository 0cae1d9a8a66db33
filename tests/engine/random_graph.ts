/** Pipelines of small pure stages, drawn in random_graphs.ts, and what they must give and run, by a model of a few lines. */
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import type { Ref } from "../../engine/define/ref.ts";
import { defineTask } from "../../engine/define/task.ts";
import { toyPipeline } from "./toy_project.ts";

/** What stages do. */
export const OPERATIONS = ["sum", "parity", "largest", "pair"] as const;

/** A stage: what it does with its salt and with earlier stages. */
export interface Vertex {
  readonly operation: typeof OPERATIONS[number];
  readonly salt: number;
  /** Positions of earlier vertices, however large: taken modulo what is there. */
  readonly from: readonly number[];
}

/** A graph; the output is what the last vertices give. */
export type RandomGraph = readonly Vertex[];

/** Lines that stages wrote when they really ran. */
const ran: string[] = [];

/** The lines written since the last look, sorted. */
export function takeRuns(): readonly string[] {
  return ran.splice(0).sort();
}

interface Call {
  readonly operation: Vertex["operation"];
  readonly salt: number;
  readonly values: readonly number[];
}

/** Equal for two calls that a stage cannot tell apart. */
function lineOf({ operation, salt, values }: Call): string {
  return JSON.stringify([operation, salt, values]);
}

function resultOf({ operation, salt, values }: Call): number {
  switch (operation) {
    case "sum":
      return values.reduce((sum, value) => sum + value, salt);
    // Many salts and inputs give the same: the cascade stops here.
    case "parity":
      return Math.abs(values.reduce((sum, value) => sum + value, salt)) % 2;
    case "largest":
      return Math.max(0, ...values);
    case "pair":
      return values.length * 100 + salt;
  }
}

export const combine = defineTask({
  module: import.meta.url,
  name: "combine",
  result: json(z.number()),
  run(call: Call): number {
    ran.push(lineOf(call));
    return resultOf(call);
  },
});

/** What it is given: a call that is part of the stage that takes it. */
export const same = defineTask({
  module: import.meta.url,
  name: "same",
  inline: true,
  result: json(z.array(z.number()).readonly()),
  run: ({ values }: Pick<Call, "values">) => values,
});

/** How many vertices the output is made of. */
const OUTPUTS = 3;

function earlier({ from }: Vertex, at: number): readonly number[] {
  return at === 0 ? [] : from.map((position) => position % at);
}

/** The pipeline of a graph; its output is a list of numbers. */
export function pipelineOf(graph: RandomGraph, name = "random"): AnyPipeline {
  return toyPipeline(name, () => {
    const refs: Ref<number>[] = [];
    for (const [at, vertex] of graph.entries()) {
      const { operation, salt } = vertex;
      const values = earlier(vertex, at)
        .flatMap((position) => refs[position] ?? []);
      // Which of the two changes nothing that the model knows of.
      const given = operation === "largest" ? same({ values }) : values;
      refs.push(combine({ operation, salt, values: given }, `${at}`));
    }
    return refs.slice(-OUTPUTS);
  });
}

/** What the model says of a graph. */
export interface Expected {
  readonly output: readonly number[];
  /** What every stage that the output needs would write if it ran; sorted, each once. */
  readonly calls: readonly string[];
}

/** The same computed without the engine. */
export function expectedOf(graph: RandomGraph): Expected {
  const results: number[] = [];
  const calls: Call[] = [];
  for (const [at, vertex] of graph.entries()) {
    const values = earlier(vertex, at).map((position) =>
      results[position] ?? 0
    );
    const call = { ...vertex, values };
    calls.push(call);
    results.push(resultOf(call));
  }
  const needed = new Set<number>();
  const stack = graph.map((_, at) => at).slice(-OUTPUTS);
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const vertex = graph[at];
    if (needed.has(at) || vertex === undefined) continue;
    needed.add(at);
    stack.push(...earlier(vertex, at));
  }
  const lines = calls.filter((_, at) => needed.has(at)).map(lineOf);
  return { output: results.slice(-OUTPUTS), calls: [...new Set(lines)].sort() };
}
