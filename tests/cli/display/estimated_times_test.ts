import assert from "node:assert/strict";
import { estimatedTimes } from "../../../cli/display/estimated_times.ts";
import type { AnyPipeline } from "../../../engine/define/pipeline.ts";
import { refTo, type Stage } from "../../../engine/define/ref.ts";

function stage(task: string, args: unknown): Stage {
  return { name: task, task: { name: task } as Stage["task"], args };
}

const images = refTo(stage("load", { n: 100 }), "images");
const train = stage("train", { images, epochs: 6 });
const longer = stage("train", { images, epochs: 12 });

/** A load and a training of a second each have run at one profile. */
function ranAt(ran: string) {
  const keys = { load: "a", train: "a" };
  return {
    pipelines: [{
      name: "p",
      profiles: ["smoke", "default", "full"],
      build: () => refTo(train, "final"),
    }] as unknown as readonly AnyPipeline[],
    opened: [],
    store: {
      lastKeys: (name: string) => name === `p.${ran}` ? keys : {},
      secondsOf: () => 1,
    },
  };
}

Deno.test("estimatedTimes() tells trainings by those of another profile, but not by those of smoke, nor those of smoke", () => {
  const of = (ran: string, profile: "smoke" | "default" | "full") =>
    [longer, stage("load", {})].map(
      estimatedTimes({ ...ranAt(ran), profile }),
    );
  const load = (at: string) => ({ seconds: 1, estimatedAt: [at] });
  assert.deepEqual(of("default", "full"), [
    { seconds: 2, estimatedAt: ["default"] },
    load("default"),
  ]);
  assert.deepEqual(of("smoke", "smoke")[0], {
    seconds: 2,
    estimatedAt: ["smoke"],
  });
  assert.deepEqual(of("smoke", "default"), [undefined, load("smoke")]);
  assert.deepEqual(of("full", "smoke"), [undefined, load("full")]);
});
