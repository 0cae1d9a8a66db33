import { deepEqual, equal } from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };

/** Options that a text names, without what may be said of them. */
const optionsIn = (text: string) =>
  [...text.matchAll(/--[a-z]+(-[a-z]+)*/g)].map(([option]) => option);

for (const [name, { description }] of Object.entries(config.tasks)) {
  if (!name.startsWith("bench:")) continue;
  Deno.test(`deno task ${name} has the options that its description names`, async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", name, "--help"],
      env: { NO_COLOR: "1" },
    }).output();
    equal(code, 0, new TextDecoder().decode(stderr));
    const known = optionsIn(new TextDecoder().decode(stdout));
    const gone = optionsIn(description).filter((one) => !known.includes(one));
    deepEqual(gone, []);
  });
}
