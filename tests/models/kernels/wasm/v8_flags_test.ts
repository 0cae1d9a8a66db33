import assert from "node:assert/strict";
import config from "../../../../deno.json" with { type: "json" };
import { V8_FLAGS } from "../../../../cli/shell/v8_flags.ts";
import { inFull, test } from "../../../full.ts";

const TRAINING = import.meta.resolve("./print_training.ts");
const { arch, os } = Deno.build;
const isWide = os === "linux" && arch === "x86_64";

/** What the training prints, with all kernels optimised at once. */
async function train(side: number, flags = ""): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-prompt", "--allow-read", "--quiet"],
      ...[`--v8-flags=--no-liftoff${flags}`, TRAINING, `${side}`],
    ],
    env: { NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const parametersIn = (text: string) =>
  /^parameters [0-9a-f]{64}$/m.exec(text)?.[0];

Deno.test("all tasks tell V8 what the command line tells it where it starts itself, but er", async () => {
  const commands = Object.entries(config.tasks)
    .flatMap(([task, of]) => "command" in of ? [{ task, ...of }] : [])
    .filter(({ command }) => command.includes(" cli/main.ts "));
  const [flags] = /--v8-flags=\$\(.+\/other\)/.exec(
    config.tasks.reproduce.command,
  ) ?? [];
  assert.deepEqual(
    commands.filter(({ command }) => !command.includes(` ${flags} -P`))
      .map(({ task }) => task),
    ["er"], // it holds large tables, and so tells V8 to collect its garbage sooner
  );
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--eval", `echo ${flags}`],
    cwd: new URL("../../../../", import.meta.url),
  }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), V8_FLAGS);
});

for (const side of [12, ...inFull(16)]) {
  Deno.test(`V8's flags change no byte of a training on images of ${side} pixels`, async () => {
    const [, flags] = V8_FLAGS.split("=");
    const plain = parametersIn(await train(side));
    assert.ok(plain);
    assert.equal(parametersIn(await train(side, `,${flags}`)), plain);
  });
}

test.inFull({
  name: `V8 makes vectors of 256 bits of the kernels${
    isWide ? "" : " (skipped: its flag is not set here)"
  }`,
  ignore: !isWide,
  fn: async () => {
    const [, flags] = V8_FLAGS.split("=");
    const trace = await train(16, `,${flags},--trace-wasm-revectorize`);
    const made = [...trace.matchAll(/Decided to vectorize, ([1-9]\d*) revect/g)]
      .map(([, count]) => Number(count));
    // Products and transforms of convolutions and of their gradients, batch norm.
    assert.ok(made.length >= 11, `${made.length} kernels`);
    // Products and sums of sixteen columns have the most places by far.
    assert.ok(Math.max(...made) > 300, `${made} places`);
  },
});
