/** The command line of a project in which a package reads a file: the one that the last word names. */
import { main } from "../../cli/main.ts";
import { ROOT } from "./rig.ts";
import { toySite } from "./toy_pipelines.ts";

await main({
  root: ROOT,
  version: "1.2.3",
  async registry() {
    throw new Error(await Deno.readTextFile(Deno.args.at(-1) ?? ""));
  },
  site: () => Promise.resolve(toySite),
});
