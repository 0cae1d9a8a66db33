import assert from "node:assert/strict";
import { isRef, targetOf } from "../../../../engine/define/ref.ts";
import type { Graph, Node } from "../../../../engine/run/graph.ts";
import type { Evaluation } from "../../../../shifts/measure/evaluation.ts";
import { built, builtOf, stagesOf } from "./experiments.ts";

type Sides = Readonly<
  Record<
    "first" | "second",
    { readonly line: unknown; readonly points: unknown }
  >
>;

function stageOf(graph: Graph, ref: unknown): Node {
  assert.ok(isRef(ref));
  return graph.node(targetOf(ref).stage);
}

/** Name, seed and pre-trained network of each network on one side, in order. */
function networksOf(
  graph: Graph,
  { points }: Sides["second"],
): readonly unknown[] {
  const { evaluations } = stageOf(graph, points).stage.args as {
    readonly evaluations: readonly unknown[];
  };
  return evaluations.map((evaluation) => {
    const args = stageOf(graph, evaluation).stage.args as
      & Pick<Evaluation, "name" | "seed">
      & { readonly networks: { readonly final: unknown } };
    return [args.name, args.seed, pretrainingOf(graph, args.networks.final)];
  });
}

/** Names of the trainings in advance that a network goes back to. */
function pretrainingOf(graph: Graph, network: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = ({ stage, inputs }: Node) => {
    if (stage.name.startsWith("train/pretrain-")) found.add(stage.name);
    else {
      for (const { path, stage } of inputs) {
        // The learning rate was chosen with another network.
        if (path !== "optimizer.learningRate") visit(graph.node(stage));
      }
    }
  };
  visit(stageOf(graph, network));
  return [...found];
}

for (const pipeline of ["support", "bias-strength"]) {
  Deno.test(`${pipeline} pairs the networks of two shifts by method, seed and pre-training`, () => {
    for (const one of builtOf(pipeline)) {
      const comparisons = stagesOf(one, "compareShifts");
      assert.ok(comparisons.length > 0);
      for (const { stage } of comparisons) {
        const { first, second } = stage.args as Sides;
        const pairs = networksOf(one.graph, first);
        assert.deepEqual(pairs, networksOf(one.graph, second), stage.name);
        assert.ok(pairs.length > 0);
        assert.equal(new Set(pairs.map(String)).size, pairs.length);
        for (const pair of pairs) {
          assert.match(
            String(pair),
            /^photo, FT,(\d+),train\/pretrain-photo-\1$/,
          );
        }
        assert.notEqual(
          stageOf(one.graph, first.line).stage.name,
          stageOf(one.graph, second.line).stage.name,
        );
      }
    }
  });
}

Deno.test("support compares what is out of support with what is in support, line by line", () => {
  for (const one of builtOf("support")) {
    const lines = stagesOf(one, "compareShifts").map(({ stage }) => {
      const { first, second } = stage.args as Sides;
      return [first, second].map(({ line, points }) =>
        [line, points].map((ref) => stageOf(one.graph, ref).stage.name)
      );
    });
    const side = (shift: string, line: string) => [
      `fitLine/${shift}-${line}`,
      `placePoints/${shift}-photo`,
    ];
    assert.deepEqual(
      lines.toSorted(),
      ["checkpoints", "sizes"].flatMap((line) => [
        [side("flip", line), side("label-shift", line)],
        [side("weak-tint", line), side("spurious-tint", line)],
      ]).toSorted(),
    );
  }
});

Deno.test("the gain of photo over narrow compares networks that were all fine-tuned as a whole", () => {
  const compared = built.flatMap((one) =>
    stagesOf(one, "compareGroups").filter(({ stage }) =>
      !stage.name.includes("both-over")
    ).map(({ stage }) => {
      const { a, b } = stage.args as Readonly<Record<"a" | "b", unknown>>;
      const groups = { photo: a, narrow: b };
      for (const [kind, points] of Object.entries(groups)) {
        const networks = networksOf(one.graph, { line: undefined, points });
        assert.ok(networks.length >= 2, stage.name);
        for (const network of networks) {
          assert.match(
            String(network),
            new RegExp(`^${kind}, FT,(\\d+),train/pretrain-${kind}-\\1$`),
          );
        }
      }
      return stage.name;
    })
  );
  assert.equal(new Set(compared).size, 10);
});
