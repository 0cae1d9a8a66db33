/** The command line as a program of its own, with toy pipelines. */
import { main } from "../../cli/main.ts";
import { registryOf, ROOT } from "./rig.ts";
import {
  busy,
  endless,
  quick,
  talking,
  toySite,
  training,
} from "./toy_pipelines.ts";

await main({
  root: ROOT,
  version: "1.2.3",
  registry() {
    // deno-lint-ignore no-console -- packages print greetings
    console.log("Hello from a package");
    return Promise.resolve(
      registryOf([training(), endless(), busy(), quick(), talking()]),
    );
  },
  site: () =>
    Promise.resolve(async (content) => {
      // Here is what does not listen to any signal.
      const isSlow = content.reports.some(({ id }) => id === "toy-quick");
      if (isSlow) await new Promise((done) => setTimeout(done, 60_000));
      return toySite(content);
    }),
});
