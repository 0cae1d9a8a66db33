/** Two stages of one name that are not one stage, and what somebody is told who has just copied a pipeline. */
import type { Node } from "../../../../engine/run/graph.ts";
import { argumentsOf, type Built } from "./experiments.ts";

/** A stage, and where it is. */
interface Found {
  readonly pipeline: string;
  readonly node: Node;
}

/**
 * What is wrong where pipelines at one profile call two stages alike that take
 * different arguments; nothing if they do not.
 */
export function clashAmong(built: readonly Built[]): string | undefined {
  const seen = new Map<string, Found>();
  for (const { name, profile, graph } of built) {
    for (const node of graph.nodes) {
      const key = `${profile} ${node.stage.name}`;
      const [first, second] = [seen.get(key), { pipeline: name, node }];
      if (first !== undefined && textOf(first.node) !== textOf(node)) {
        return clash(first, second, profile);
      }
      seen.set(key, first ?? second);
    }
  }
  return undefined;
}

/** A stage by its task and arguments, as text. */
function textOf(node: Node): string {
  return `${node.stage.task.name} ${argumentsOf(node)}`;
}

function clash(first: Found, second: Found, profile: string): string {
  const name = first.node.stage.name;
  const copy = second.pipeline;
  return `Two stages are called "${name}" and are not the same: in ${first.pipeline} and in ${copy} (profile ${profile})
${differences(first, second).map((line) => `  ${line}`).join("\n")}
What it means: a stage is known by its name. "deno task explain", "show" and --force take it for one computation, and so do readers of a lineage; with two of them nobody can tell which is meant.
What to do, if you have copied a pipeline: give what is different in ${copy} a name of its own, such as its id, where the stage is called (the second argument of a task: evaluate({ … }, "${copy}")), in the name of a setting ({ ...plain, name: "${copy}" }) or as the label of a shift. What takes that stage is named after it, and may need the same.
If they should be the same, make the arguments equal: then both pipelines share one stage, which runs once.`;
}

/** Lines for arguments that differ: `options.strength: 0.5 in tint, 0.7 in copy`. */
function differences(first: Found, second: Found): readonly string[] {
  const [a, b] = [first, second].map(({ node }) =>
    new Map([
      ["task", node.stage.task.name],
      ...leaves(JSON.parse(argumentsOf(node))),
    ])
  );
  return [...new Set([...a?.keys() ?? [], ...b?.keys() ?? []])]
    .filter((path) => a?.get(path) !== b?.get(path))
    .map((path) =>
      `${path}: ${a?.get(path) ?? "nothing"} in ${first.pipeline}, ${
        b?.get(path) ?? "nothing"
      } in ${second.pipeline}`
    );
}

/** Every value within one, by its path. */
function leaves(
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly [string, string])[] {
  return typeof value === "object" && value !== null
    ? Object.entries(value)
      .flatMap(([name, part]) => leaves(part, [...path, name]))
    : [[path.join("."), JSON.stringify(value)]];
}
