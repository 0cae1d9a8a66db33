import assert from "node:assert/strict";
import { CHAIN } from "./chain.ts";
import { WORKERS } from "./queue_rig.ts";
import { newRig } from "./rig.ts";

/** Runs what is appended to it with a file system of 512 KiB, or another size, mounted over a folder. */
const within = (folder: string, size = "512k") => [
  "unshare",
  "--map-root-user",
  "--mount",
  "sh",
  "-c",
  `mount -t tmpfs -o size=${size} tmpfs "$0" && echo "mounted it" && exec "$@"`,
  folder,
];

/** Runs what is appended to it where another process sees what it has mounted. */
const beside = (pid: number) => [
  "nsenter",
  ...["--target", `${pid}`, "--user", "--preserve-credentials", "--mount"],
];

/** Names in a folder as a process sees it. */
function filesIn(pid: number, folder: string): readonly string[] {
  const [name = "", ...args] = [...beside(pid), "ls", folder];
  const { stdout } = new Deno.Command(name, { args }).outputSync();
  return new TextDecoder().decode(stdout).split("\n").filter(Boolean);
}

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

const ignore = !canMount();
const IF_MOUNTED = ignore ? " (skipped: no mount namespaces here)" : "";

Deno.test({
  name:
    `reproduce() says that the disk is full, and keeps what was finished${IF_MOUNTED}`,
  ignore,
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

Deno.test({
  name:
    `a worker whose disk is full ends with the reason, and leaves the stage to others${IF_MOUNTED}`,
  ignore,
  async fn() {
    await using rig = await newRig({ ...CHAIN, ...WORKERS });
    rig.edit("train.ts", [
      "seen: images.length",
      "seen: images.length, more: 'x'.repeat(9_000_000)",
    ]);
    rig.edit("train.ts", [
      "seen: z.number()",
      "seen: z.number(), more: z.string()",
    ]);
    Deno.mkdirSync(rig.store);
    const run = rig.spawn({
      args: ["wait", "workers"],
      within: within(rig.store, "8m"),
    });
    await run.until("mounted");
    const { pid } = run.process;
    const worker = rig.spawn({
      module: "worker.ts",
      args: [JSON.stringify({ idle: 120 })],
      within: beside(pid),
    });
    const { code, output, error } = await worker.end();
    assert.equal(code, 1);
    assert.match(output, /^work-finished load$/m);
    assert.match(output, /^work-failed train$/m);
    assert.match(
      error,
      /Cannot write to store ".*": the disk is full; free some space and run again, finished stages are kept$/m,
    );
    const queue = `${rig.store}/queue`;
    assert.equal(filesIn(pid, `${queue}/jobs`).length, 1);
    assert.deepEqual(filesIn(pid, `${queue}/ended`), []);
    run.process.kill("SIGKILL");
    const end = await run.end();
    assert.match(end.output, /^stage-finished load$/m);
    assert.doesNotMatch(end.output, /^stage-failed/m);
  },
});
