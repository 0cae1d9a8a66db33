/** The scripts of jobs, run by a shell, with stand-ins for Slurm's commands. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  pilotScript,
  runScript,
} from "../../../../engine/run/slurm/pilot_script.ts";
import { DEFAULT_POOL } from "../../../../engine/run/slurm/pools.ts";

/** Runs a script, sends it a signal once it says "ready", and gives its code and what it said. */
async function runs(
  script: (folder: string) => string,
  signal?: Deno.Signal,
): Promise<{ readonly code: number; readonly said: string }> {
  const folder = await Deno.makeTempDir({ prefix: "pilot it's " });
  try {
    await Deno.writeTextFile(join(folder, "pilot.sh"), script(folder));
    const scontrol = join(folder, "scontrol");
    await Deno.writeTextFile(scontrol, `#!/bin/sh\necho scontrol "$@"\n`);
    await Deno.chmod(scontrol, 0o755);
    const child = new Deno.Command("/bin/sh", {
      args: [join(folder, "pilot.sh")],
      clearEnv: true,
      env: {
        PATH: `${folder}:/usr/bin:/bin`,
        SLURM_JOB_ID: "12",
        SLURM_ARRAY_JOB_ID: "11",
        SLURM_ARRAY_TASK_ID: "3",
        SLURMD_NODENAME: "n1",
        SLURM_JOB_END_TIME: `${Math.floor(Date.now() / 1000) + 1000}`,
      },
      stdout: "piped",
    }).spawn();
    let said = "";
    for await (
      const text of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      const wasReady = said.includes("ready");
      said += text;
      if (signal && !wasReady && said.includes("ready")) child.kill(signal);
    }
    const { code } = await child.status;
    return { code, said };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const pilot = (line: string, more = {}) => (folder: string) =>
  pilotScript({ ...DEFAULT_POOL, name: "cpu", ...more }, {
    folder,
    worker: ["sh", "-c", line, "it's"],
  });

const stopsAt = (signal: string) =>
  `trap 'exit 85' ${signal}; echo ready; while :; do sleep 0.01; done`;
const STOPS = stopsAt("TERM");

Deno.test("pilotScript() starts a worker with what its pool says of it, and ends as it does", async () => {
  const { code, said } = await runs(
    pilot('echo "$0: $@"; exit 7', {
      jobs: 3,
      idle: 9,
      setup: ["echo set up"],
    }),
  );
  assert.equal(code, 7);
  assert.match(
    said,
    /^worker 11_3 on n1, start 0\nset up\nit's: --idle 9 --jobs 3 --time-left 8[78]\d --way-out raise "time" of pool "cpu", which is 240 min\nworker ended with code 7\n$/,
  );
});

Deno.test("pilotScript() starts no worker of a submission that is over", async () => {
  const { code, said } = await runs((folder) => {
    Deno.writeTextFileSync(join(folder, "over"), "");
    return pilot("echo ready", { setup: ["echo set up"] })(folder);
  });
  assert.equal(code, 0);
  assert.equal(
    said,
    "worker 11_3 on n1, start 0\nnobody counts on this worker any more: others were asked for, or the run was stopped\n",
  );
});

Deno.test("pilotScript() puts its job back into the queue when it was warned and work is left", async () => {
  const { code, said } = await runs(pilot(stopsAt("USR2")), "SIGUSR1");
  assert.equal(code, 0);
  assert.match(
    said,
    /code 85, warned of its time limit\nscontrol requeue 12\n$/,
  );
});

Deno.test("pilotScript() has left in good order where it may not put its job back into the queue", async () => {
  const setup = ["scontrol() { echo not allowed; return 1; }"];
  const { code, said } = await runs(
    pilot(stopsAt("USR2"), { setup }),
    "SIGUSR1",
  );
  assert.equal(code, 0);
  assert.match(said, /not allowed\n$/);
});

Deno.test("pilotScript() starts nothing again that was cancelled, or had nothing left to do", async () => {
  const cancelled = await runs(pilot(STOPS), "SIGTERM");
  assert.equal(cancelled.code, 85);
  assert.doesNotMatch(cancelled.said, /scontrol/);
  const done = await runs(
    pilot(stopsAt("USR2").replace("85", "0")),
    "SIGUSR1",
  );
  assert.equal(done.code, 0);
  assert.doesNotMatch(done.said, /scontrol/);
});

Deno.test("runScript() kills a run that is warned, and stops one that is cancelled", async () => {
  const run = (folder: string) =>
    runScript({
      folder,
      from: folder,
      run: ["sh", "-c", STOPS.replace("85", "130")],
      setup: ["echo set up"],
    });
  const warned = await runs(run, "SIGUSR1");
  assert.equal(warned.code, 0);
  assert.match(warned.said, /set up\nready\n(.*\n)*scontrol requeue 12\n$/);
  const cancelled = await runs(run, "SIGTERM");
  assert.equal(cancelled.code, 130);
  assert.doesNotMatch(cancelled.said, /scontrol/);
});
