/** The command line as a program of its own, with a sweep to run. */
import { main } from "../../cli/main.ts";
import type { Registry } from "../../cli/shell/shell.ts";
import { registryOf, ROOT } from "../cli/rig.ts";
import { toySite } from "../cli/toy_pipelines.ts";
import { atOnce, sweep } from "./sweep.ts";

const toys = registryOf([sweep, atOnce]);
const registry: Registry = {
  ...toys,
  // One that is a card by its name, whose results are not those of the other.
  DEVICE_REQUESTS: ["wasm", "card"],
  async environmentOf(request) {
    const { environment, ...chosen } = await toys.environmentOf(request);
    const facts = request === "card"
      ? { ...environment.facts, adapter: "toy card" }
      : environment.facts;
    return { ...chosen, environment: { ...environment, facts } };
  },
};

await main({
  root: ROOT,
  version: "1.2.3",
  registry: () => Promise.resolve(registry),
  site: () => Promise.resolve(toySite),
});
