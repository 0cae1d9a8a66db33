/** The command line as a program of its own, with a sweep to run. */
import { main } from "../../cli/main.ts";
import { registryOf, ROOT } from "../cli/rig.ts";
import { toySite } from "../cli/toy_pipelines.ts";
import { atOnce, sweep } from "./sweep.ts";

await main({
  root: ROOT,
  version: "1.2.3",
  registry: () => Promise.resolve(registryOf([sweep, atOnce])),
  site: () => Promise.resolve(toySite),
});
