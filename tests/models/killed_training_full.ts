import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts a training on a store. */
function start(store: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--no-check", "--quiet"],
      ...["--config", join(ROOT, "deno.json")],
      ...["--allow-read", "--allow-write", "--allow-env", "--allow-sys"],
      ...[join(ROOT, "tests/models/killed_training.ts"), ROOT, store],
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines: string[] = [];
  const reader = child.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";

  /** Reads on until the last line is as wished, or there are no more. */
  async function until(isEnd: (line: string) => boolean): Promise<void> {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (text + value).split("\n");
      text = parts.pop() ?? "";
      lines.push(...parts);
      if (parts.some(isEnd)) return;
    }
  }

  return { child, lines, until };
}

Deno.test("train() in a worker goes on after its process was killed, and ends in the same bytes", async () => {
  const folder = await Deno.makeTempDir({ prefix: "killed-training-" });
  const whole = start(join(folder, "whole"));
  await whole.until(() => false);
  assert.equal((await whole.child.status).code, 0);
  assert.equal(whole.lines[0], "epoch 1");

  const store = join(folder, "killed");
  const killed = start(store);
  await killed.until((line) => line === "epoch 4");
  killed.child.kill("SIGKILL");
  await killed.until(() => false);
  assert.equal((await killed.child.status).code, 137);

  const resumed = start(store);
  await resumed.until(() => false);
  assert.equal((await resumed.child.status).code, 0);
  // The epoch under way is done again, those before it are not.
  assert.match(resumed.lines[0] ?? "", /^epoch [45]$/);
  assert.equal(resumed.lines.at(-1), whole.lines.at(-1));
  assert.match(resumed.lines.at(-1) ?? "", /"final":\{"digest"/);
  await Deno.remove(folder, { recursive: true });
});
