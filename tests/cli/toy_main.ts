/** The command line as a program of its own, with toy pipelines. */
import { main } from "../../cli/main.ts";
import { registryOf, ROOT } from "./rig.ts";
import { busy, endless, napping, toySite, training } from "./toy_pipelines.ts";

await main({
  root: ROOT,
  version: "1.2.3",
  registry() {
    // deno-lint-ignore no-console -- packages print greetings
    console.log("Hello from a package");
    return Promise.resolve(
      registryOf([training(), endless(), busy(), napping(10_000)]),
    );
  },
  site: () => Promise.resolve(toySite),
});
