/** The command line as a program of its own, with as many stages as `STAGES` says. */
import { main } from "../../../cli/main.ts";
import {
  type AnyPipeline,
  definePipeline,
} from "../../../engine/define/pipeline.ts";
import type { Report } from "../../../reports/value/report.ts";
import { registryOf, ROOT } from "../../cli/rig.ts";
import { toySite } from "../../cli/toy_pipelines.ts";
import { sweepReport } from "../../slurm/sweep.ts";

/** Trainings of one step that does nothing, and what comes of all of them: so many stages. */
function sweepOf(stages: number): AnyPipeline<Report> {
  return definePipeline<number, Report>({
    module: import.meta.url,
    name: "sweep",
    title: "sweep",
    profiles: { smoke: stages },
    build: (stages) =>
      sweepReport({ trainings: stages - 1, steps: 1, work: 1 }),
  });
}

await main({
  root: ROOT,
  version: "1.2.3",
  // Workers ask for no pipeline, and are told of no number.
  registry: () =>
    Promise.resolve(registryOf([sweepOf(Number(Deno.env.get("STAGES")))])),
  site: () => Promise.resolve(toySite),
});
