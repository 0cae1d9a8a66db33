/** What a fleet makes of answers that no healthy Slurm gives. */
import assert from "node:assert/strict";
import { RUN_POOL } from "../../../../engine/run/slurm/pools.ts";
import {
  GONE_MILLISECONDS,
  LOST_MILLISECONDS,
} from "../../../../engine/run/slurm/roster.ts";
import {
  keepJob,
  openSubmissions,
  writeSubmission,
} from "../../../../engine/run/slurm/submission.ts";
import { withFleet } from "./with_fleet.ts";

const INVALID = {
  code: 1,
  error: "slurm_load_jobs error: Invalid job id specified\n",
};
const DISABLED = { code: 1, error: "Slurm accounting storage is disabled\n" };

Deno.test("tend() asks for nobody twice while Slurm does not know its own jobs", () =>
  withFleet(async ({ tend, says, now, notes, count, pass }) => {
    await tend();
    Object.assign(says, { squeue: INVALID, sacct: DISABLED });
    await tend();
    pass(GONE_MILLISECONDS - 1);
    await tend();
    assert.equal(now().pending, 2);
    assert.equal(count("sbatch"), 1);
    assert.deepEqual(notes, []);
  }));

Deno.test("tend() takes workers for gone that Slurm has not known for long", () =>
  withFleet(async ({ tend, says, notes, count, pass, store }) => {
    await tend();
    Object.assign(says, { squeue: INVALID, sacct: "" });
    await tend();
    pass(GONE_MILLISECONDS);
    await tend();
    assert.equal(
      notes[0],
      `Slurm has not known worker 7_0 of pool "cpu" for 5 minutes; it counts as ended`,
    );
    assert.equal(count("sbatch"), 2);
    assert.equal(openSubmissions(store).length, 1);
  }));

Deno.test("tend() counts anew when a job is known again after a while", () =>
  withFleet(async ({ tend, says, pass, folder, notes, count }) => {
    await tend();
    for (let i = 0; i < 3; i++) {
      says.squeue = INVALID;
      await tend();
      pass(GONE_MILLISECONDS - 1);
      says.squeue = [0, 1].map((n) => `7_${n}|RUNNING|n1|None|${folder()}\n`)
        .join("");
      await tend();
    }
    assert.deepEqual(notes, []);
    assert.equal(count("sbatch"), 1);
  }));

Deno.test("tend() takes no other's job under its id for its own", () =>
  withFleet(async ({ tend, says, now, notes, count }) => {
    await tend();
    says.squeue = "7_0|COMPLETED|n1|None|/home/other\n7_1|FAILED|n1|None|/x\n";
    says.sacct = "7_0|COMPLETED|n1|0:0|/home/other\n";
    await tend();
    assert.equal(now().pending, 2);
    assert.deepEqual(notes, []);
    assert.equal(count("sbatch"), 1);
  }));

for (
  const reason of [
    "launch failed requeued held",
    "launch failure limit exceeded requeued held",
    "JobHoldMaxRequeue",
  ]
) {
  Deno.test(`tend() cancels a worker that Slurm holds for ever (${reason}), and asks for another`, () =>
    withFleet(async ({ tend, says, notes, count, asked, folder }) => {
      await tend();
      says.squeue = [
        `7_0|RUNNING|n1|None|${folder()}`,
        `7_1|PENDING||${reason}|${folder()}`,
        "",
      ].join("\n");
      says.scancel = { code: 1, error: "Unable to contact slurm controller" };
      await tend();
      assert.equal(count("sbatch"), 1);
      assert.deepEqual(notes, []);
      says.scancel = "";
      await tend();
      assert.deepEqual(asked("scancel").at(-1), ["7_1"]);
      assert.deepEqual(notes, [
        `Worker 7_1 of pool "cpu" was cancelled, since Slurm had given up starting it (${reason})`,
      ]);
      assert.equal(count("sbatch"), 2);
    }));
}

Deno.test("tend() leaves a worker alone that somebody holds", () =>
  withFleet(async ({ tend, says, notes, count, now, folder }) => {
    await tend();
    says.squeue = ["JobHeldUser", "JobHeldAdmin"].map((reason, n) =>
      `7_${n}|PENDING||${reason}|${folder()}\n`
    ).join("");
    await tend();
    assert.equal(now().pending, 2);
    assert.equal(count("scancel"), 0);
    assert.deepEqual(notes, []);
  }));

for (
  const { title, of } of [
    { title: "of another checkout", of: { checkout: "there" } },
    {
      title: "on another device",
      of: { checkout: "here", device: "webgpu" },
    },
  ]
) {
  Deno.test(`tend() and cancel() leave workers ${title} to the run that asked for them`, () =>
    withFleet(async ({ tend, cancel, says, asked, now, notes, store }) => {
      const theirs = writeSubmission(store, {
        pool: "cpu",
        workers: 3,
        script: () => "",
        now: 0,
        ...of,
      });
      keepJob(theirs, "8");
      await tend();
      assert.equal(now().pending, 2);
      assert.ok(asked("sbatch")[0]?.includes("--array=0-1"));
      const [, own] = openSubmissions(store);
      assert.equal(own?.device, "wasm");
      says.squeue = `8_0|FAILED|n1|NonZeroExitCode|${theirs.folder}\n` +
        `7_0|RUNNING|n1|None|${own?.folder}\n`;
      for (let looks = 0; looks < 3; looks++) await tend();
      assert.deepEqual(notes, []);
      await cancel();
      assert.deepEqual(asked("scancel"), [["7"]]);
      assert.deepEqual(openSubmissions(store), [{ ...theirs, job: "8" }]);
    }));
}

Deno.test("cancel() cancels workers that Slurm lists, and neither another's job under their id nor a run that goes on as a job", () =>
  withFleet(async ({ tend, cancel, says, asked, store }) => {
    await tend();
    const run = writeSubmission(store, {
      pool: RUN_POOL,
      workers: 1,
      script: () => "",
      now: 0,
      checkout: "here",
    });
    keepJob(run, "8");
    says.squeue =
      `7_0|RUNNING|n1|None|/home/other\n8_0|PENDING||None|${run.folder}\n`;
    await cancel();
    assert.deepEqual(asked("scancel"), []);
    says.squeue = "";
    await tend();
    const [own] = openSubmissions(store).filter(({ pool }) => pool === "cpu");
    says.squeue =
      `7_0|RUNNING|n1|None|${own?.folder}\n8_0|PENDING||None|${run.folder}\n`;
    await cancel();
    assert.deepEqual(asked("scancel"), [["7"]]);
  }));

Deno.test("tend() takes workers for gone of which accounting alone says that they run", () =>
  withFleet(async ({ tend, says, notes, count, pass, folder }) => {
    await tend();
    says.squeue = INVALID;
    says.sacct = [0, 1].map((n) => `7_${n}|RUNNING|n1|0:0|${folder()}\n`)
      .join("");
    await tend();
    pass(GONE_MILLISECONDS);
    await tend();
    assert.equal(notes.length, 2);
    assert.equal(count("sbatch"), 2);
  }));

Deno.test("tend() believes accounting about jobs that the queue has forgotten", () =>
  withFleet(async ({ tend, says, notes, folder }) => {
    await tend();
    says.squeue = INVALID;
    says.sacct =
      `7_0|COMPLETED|n1|0:0|${folder()}\n7_1|OUT_OF_MEMORY|n2|0:125|${folder()}\n`;
    await tend(0);
    assert.match(
      notes.join(),
      /^Worker 7_1 of pool "cpu" on n2 was ended for using more memory/,
    );
  }));

Deno.test("tend() submits nothing while Slurm gives no answer, which it says once", () =>
  withFleet(async ({ tend, says, notes, count }) => {
    await tend(1);
    says.squeue = {
      code: 1,
      error:
        "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n",
    };
    await tend(9);
    await tend(9);
    assert.deepEqual(notes, [
      "Slurm gives no answer (slurm_load_jobs error: Unable to contact slurm controller (connect failure)); workers that run go on",
    ]);
    assert.equal(count("sbatch"), 1);
  }));

/** Has folders be unreadable for as long as it is there. */
function unreadable(): Disposable {
  const { readDirSync } = Deno;
  Deno.readDirSync = () => {
    throw new Error("Input/output error (os error 5)");
  };
  return {
    [Symbol.dispose]: () => void (Deno.readDirSync = readDirSync),
  };
}

Deno.test("tend() submits nothing while the store cannot be read, which it says once, for some minutes", () =>
  withFleet(async ({ tend, notes, count, now, pass }) => {
    await tend(1);
    {
      using _ = unreadable();
      await tend(9);
      await tend(9);
      pass(GONE_MILLISECONDS + 1);
      await assert.rejects(tend(9), { message: /os error 5/ });
    }
    assert.deepEqual(notes, [
      "Cannot see what becomes of workers (Input/output error (os error 5)); those that run go on",
    ]);
    assert.equal(count("sbatch"), 1);
    assert.equal(now().pending, 1);
    await tend(9);
    assert.equal(count("sbatch"), 2);
  }));

Deno.test("tend() looks for a submission whose answer was lost, and gives it up only after a while", () =>
  withFleet(async ({ tend, says, now, count, pass, store, folder }) => {
    says.sbatch = { code: 1, error: "sbatch: error: Socket timed out\n" };
    await tend();
    await tend();
    assert.equal(now().pending, 2);
    assert.equal(count("sbatch"), 1);
    const lost = folder();
    pass(LOST_MILLISECONDS + 1);
    says.sbatch = "8\n";
    await tend();
    assert.equal(count("sbatch"), 2);
    assert.notEqual(folder(), lost);
    assert.equal(openSubmissions(store)[0]?.job, "8");
  }));

Deno.test("tend() finds the id of such a submission by its folder", () =>
  withFleet(async ({ tend, says, now, count, store, folder }) => {
    says.sbatch = { code: -1 };
    await tend();
    says.squeue =
      `5_0|RUNNING|n1|None|/other\n9_0|RUNNING|n1|None|${folder()}\n9_1|PENDING||Priority|${folder()}\n`;
    await tend();
    assert.equal(openSubmissions(store)[0]?.job, "9");
    assert.deepEqual(now(), {
      pool: "cpu",
      running: 1,
      pending: 1,
      nodes: ["n1"],
      reasons: ["Priority: others come first"],
    });
    assert.equal(count("sbatch"), 1);
  }));

Deno.test("tend() counts workers that fail at once as one failure, and asks for others", () =>
  withFleet(async ({ tend, says, count, folder }) => {
    await tend();
    says.squeue = [0, 1].map((n) =>
      `7_${n}|FAILED|n1|NonZeroExitCode|${folder()}\n`
    ).join("");
    says.sbatch = "8\n";
    for (let ends = 1; ends < 3; ends++) {
      await tend();
      await tend();
      assert.equal(count("sbatch"), ends + 1);
      says.squeue = says.squeue.replaceAll(
        /^\d|\/.*$/gm,
        (was) => was.startsWith("/") ? folder() : "8",
      );
    }
    await tend();
    await assert.rejects(tend(), { message: /failed 3 times in a row/ });
  }));
