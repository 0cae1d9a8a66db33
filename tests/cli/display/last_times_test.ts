import assert from "node:assert/strict";
import { lastTimes } from "../../../cli/display/last_times.ts";
import { graphOf } from "../../../engine/run/graph.ts";
import type { Store } from "../../../engine/store/store.ts";
import { training } from "../toy_pipelines.ts";

/** A pipeline of which each stage took as many seconds as it stands in the graph. */
function opened(name: string, seconds: (stage: string) => number | undefined) {
  const graph = graphOf(training(name).build("default"));
  const names = graph.nodes.map(({ stage }) => stage.name);
  const store = {
    lastKeys: () => Object.fromEntries(names.map((one) => [one, one])),
    secondsOf: seconds,
  } as unknown as Store;
  return { name, profile: "default" as const, store, graph };
}

Deno.test("lastTimes() knows how long stages took", () => {
  const one = opened("toy-line", (stage) => stage.length);
  const { stages, idOf, secondsOf, jobs } = lastTimes({
    opened: [one],
    jobs: 3,
  });
  assert.equal(jobs, 3);
  assert.equal(stages.size, one.graph.nodes.length);
  for (const { stage } of one.graph.nodes) {
    const id = idOf({ pipeline: "toy-line", stage: stage.name });
    assert.equal(secondsOf(id), stage.name.length);
    assert.equal(stages.get(id)?.task, stage.task.name);
  }
});

Deno.test("lastTimes() takes of what never ran what it took elsewhere, but for trainings", () => {
  const one = opened("toy-line", () => undefined);
  const { stages, idOf, secondsOf } = lastTimes(
    { opened: [one], jobs: 1 },
    { inOthers: () => 7 },
  );
  for (const { stage } of one.graph.nodes) {
    const id = idOf({ pipeline: "toy-line", stage: stage.name });
    const isTraining = stages.get(id)?.imageSteps !== undefined;
    assert.equal(secondsOf(id), isTraining ? undefined : 7);
  }
});

Deno.test("lastTimes() counts a stage that pipelines share once, and takes the time from where it is known", () => {
  const [first, second] = [
    opened("toy-line", () => undefined),
    opened("toy-other", () => 5),
  ];
  const { stages, idOf, secondsOf } = lastTimes({
    opened: [first, second],
    jobs: 1,
  });
  assert.equal(stages.size, first.graph.nodes.length);
  const [node] = first.graph.nodes;
  assert.ok(node !== undefined);
  assert.equal(
    secondsOf(idOf({ pipeline: "toy-line", stage: node.stage.name })),
    5,
  );
});
