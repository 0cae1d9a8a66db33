/**
 * Lineage as a tree: what something is made of, and that in turn, down to
 * published files and packages. A stage that several need is shown once.
 *
 * @module
 */
import type { LineageStage } from "../../engine/history/lineage.ts";
import type { ShownArtifact } from "../../engine/history/output_paths.ts";
import { VALUE } from "../../engine/define/ref.ts";
import { dim, type Line, type Part, wrapLine } from "../display/line.ts";
import { duration } from "../display/quantities.ts";

/** A heading, and below it the tree of what it is made of; a line that is too wide goes on below itself. */
export function lineageLines(
  title: string,
  { artifacts, stages, columns = Infinity }: {
    readonly artifacts: readonly ShownArtifact[];
    readonly stages: readonly LineageStage[];
    readonly columns?: number;
  },
): readonly Line[] {
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const shown = new Set<string>();
  const lines: Line[] = [[{ text: title, style: "bold" }]];

  function add(children: readonly Child[], indent: string): void {
    children.forEach((child, i) => {
      const isLast = i === children.length - 1;
      const branch = dim(`${indent}${isLast ? "└─ " : "├─ "}`);
      const below = `${indent}${isLast ? "   " : "│  "}`;
      const push = (...parts: Line) => {
        const wrapped = wrapLine([branch, ...parts], {
          columns,
          hang: below.length,
        });
        for (const [i, [start, ...rest]] of wrapped.entries()) {
          lines.push([i === 0 && start ? start : dim(below), ...rest]);
        }
      };
      if (child.kind === "outside") {
        push({ text: child.text });
        return;
      }
      const stage = byName.get(child.stage);
      if (stage === undefined) return push();
      const of = child.fields.filter((field) => field !== VALUE).join(", ");
      const what: Part = {
        text: of === "" ? stage.name : `${of} of ${stage.name}`,
        style: "cyan",
      };
      if (shown.has(stage.name)) {
        push(what, dim("  (above)"));
        return;
      }
      shown.add(stage.name);
      push(what, { text: `  ${howMade(stage)}` });
      add(childrenOf(stage), below);
    });
  }

  add(grouped(artifacts), "");
  return lines;
}

/** Fields of a stage, or something that no stage makes. */
type Child =
  | {
    readonly kind: "stage";
    readonly stage: string;
    readonly fields: readonly string[];
  }
  | { readonly kind: "outside"; readonly text: string };

/** What a stage takes in: other stages, or what lies outside. */
function childrenOf(stage: LineageStage): readonly Child[] {
  const { source, inputs, packages } = stage;
  const outside = source !== undefined
    ? [
      `${source.url}  ${
        source.sha256 === undefined
          ? `git blob ${source.gitBlob}`
          : `sha256 ${source.sha256}`
      }`,
    ]
    // Data may come in packages: of a stage that takes in nothing they are named.
    : inputs.length === 0
    ? Object.entries(packages)
      .map(([name, version]) => `package ${name} ${version}`)
    : [];
  return [
    ...grouped(inputs),
    ...outside.map((text): Child => ({ kind: "outside", text })),
  ];
}

/** The stages that made some artifacts, each once with all its artifacts. */
function grouped(artifacts: readonly ShownArtifact[]): readonly Child[] {
  return [...Map.groupBy(artifacts, ({ stage }) => stage)]
    .map(([stage, made]): Child => ({
      kind: "stage",
      stage,
      fields: [...new Set(made.map(({ field }) => field))],
    }));
}

function howMade(
  { task, key, finishedAt, seconds = 0, environment, calls }: LineageStage,
): string {
  if (task === undefined || key === undefined) return "not made yet";
  const [module = ""] = task.split("#");
  const device = environment["device"];
  return [
    calls.length === 0 ? module : `${module} with ${calls.join(", ")}`,
    `key ${key.slice(0, 12)}`,
    `${finishedAt?.slice(0, 10)}`,
    `${duration(seconds)}${device === undefined ? "" : ` on ${device}`}`,
  ].join(" · ");
}
