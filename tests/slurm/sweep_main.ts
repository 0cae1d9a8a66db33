/** The command line as a program of its own, with a sweep to run. */
import { main } from "../../cli/main.ts";
import { registryOf, ROOT } from "../cli/rig.ts";
import { toySite } from "../cli/toy_pipelines.ts";
import { atOnce, sweep } from "./sweep.ts";

const registry = {
  ...registryOf([sweep, atOnce]),
  // Two names for the same: what is of one is not of the other.
  DEVICE_REQUESTS: ["wasm", "other"],
};

await main({
  root: ROOT,
  version: "1.2.3",
  registry: () => Promise.resolve(registry),
  site: () => Promise.resolve(toySite),
});
