import assert from "node:assert/strict";
import { CHAIN } from "./chain.ts";
import { newRig } from "./rig.ts";

/** Runs what is appended to it with a file system of 512 KiB mounted over a folder. */
const within = (folder: string) => [
  "unshare",
  "--map-root-user",
  "--mount",
  "sh",
  "-c",
  'mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"',
  folder,
];

/** Whether this machine lets a process mount a file system for itself. */
function canMount(): boolean {
  const [name = "", ...args] = within("/mnt");
  try {
    return new Deno.Command(name, { args: [...args, "true"], stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "reproduce() says that the disk is full, and keeps what was finished",
  ignore: !canMount(), // mount namespaces are not permitted here
  async fn() {
    await using rig = await newRig(CHAIN);
    rig.edit("train.ts", [
      "seen: images.length",
      "seen: images.length, more: 'x'.repeat(800_000)",
    ]);
    rig.edit("train.ts", [
      "seen: z.number()",
      "seen: z.number(), more: z.string()",
    ]);
    Deno.mkdirSync(rig.store);
    const child = rig.spawn({ within: within(rig.store) });
    const { code, output, error } = await child.end();
    assert.equal(code, 1);
    assert.match(output, /^stage-finished load$/m);
    assert.match(output, /^stage-failed train$/m);
    assert.match(
      error,
      /^Cannot complete stage "train": Cannot write to store ".*": the disk is full; free some space and run again, finished stages are kept$/m,
    );
  },
});
