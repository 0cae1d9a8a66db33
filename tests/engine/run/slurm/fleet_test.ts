/** What a fleet makes of answers that no healthy Slurm gives. */
import assert from "node:assert/strict";
import { openFleet } from "../../../../engine/run/slurm/fleet.ts";
import { DEFAULT_POOL, RUN_POOL } from "../../../../engine/run/slurm/pools.ts";
import {
  GONE_MILLISECONDS,
  LOST_MILLISECONDS,
  type PoolState,
} from "../../../../engine/run/slurm/roster.ts";
import {
  keepJob,
  openSubmissions,
  writeSubmission,
} from "../../../../engine/run/slurm/submission.ts";
import { fakeSlurm, type Said } from "./fake_slurm.ts";

const POOL = { ...DEFAULT_POOL, name: "cpu", jobs: 1 };

/** A fleet of two workers, 7_0 and 7_1, whose Slurm says of them what is put into `says`. */
async function withFleet(
  test: (
    fleet: {
      readonly tend: (ready?: number) => Promise<boolean>;
      readonly cancel: () => Promise<void>;
      readonly says: {
        squeue: Said;
        sacct: Said;
        sbatch: Said | ((args: readonly string[]) => Said);
        scancel: Said;
      };
      readonly now: () => Partial<PoolState>;
      readonly notes: string[];
      readonly count: (program: string) => number;
      readonly asked: (program: string) => readonly string[][];
      readonly pass: (milliseconds: number) => void;
      readonly folder: () => string;
      readonly store: string;
    },
  ) => Promise<void>,
): Promise<void> {
  const store = await Deno.makeTempDir({ prefix: "fleet-" });
  const says: Parameters<typeof test>[0]["says"] = {
    squeue: "",
    sacct: "",
    sbatch: "7\n",
    scancel: "",
  };
  const { slurm, asked } = fakeSlurm({
    sbatch: (args) =>
      typeof says.sbatch === "function" ? says.sbatch(args) : says.sbatch,
    squeue: () => says.squeue,
    sacct: () => says.sacct,
    scancel: () => says.scancel,
  });
  const notes: string[] = [];
  const states: PoolState[] = [];
  let time = 1e12;
  const fleet = openFleet({
    store,
    checkout: "here",
    pools: [POOL],
    device: () => "wasm",
    extra: [],
    largestArray: 100,
    slurm,
    clock: () => time,
    script: () => "",
    onNote: (note) => notes.push(note),
    onState: ([state]) => state && states.push(state),
  });
  try {
    await test({
      tend: (ready = 2) =>
        fleet.tend(new Map([["cpu", { ready, running: 0 }]]), 0),
      cancel: () => fleet.cancel(),
      says,
      now: () => states.at(-1) ?? {},
      notes,
      count: (program) => asked.filter(([name]) => name === program).length,
      asked: (program) =>
        asked.flatMap(([name, ...args]) => name === program ? [args] : []),
      pass: (milliseconds) => time += milliseconds,
      folder: () => openSubmissions(store)[0]?.folder ?? "",
      store,
    });
  } finally {
    await Deno.remove(store, { recursive: true });
  }
}

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

Deno.test("tend() and cancel() leave the workers of another checkout to whoever asked for them", () =>
  withFleet(async ({ tend, cancel, says, asked, now, notes, store }) => {
    const theirs = writeSubmission(store, {
      pool: "cpu",
      workers: 3,
      script: () => "",
      now: 0,
      checkout: "there",
    });
    keepJob(theirs, "8");
    await tend();
    assert.equal(now().pending, 2);
    assert.ok(asked("sbatch")[0]?.includes("--array=0-1"));
    const [, own] = openSubmissions(store);
    says.squeue = `8_0|FAILED|n1|NonZeroExitCode|${theirs.folder}\n` +
      `7_0|RUNNING|n1|None|${own?.folder}\n`;
    for (let looks = 0; looks < 3; looks++) await tend();
    assert.deepEqual(notes, []);
    await cancel();
    assert.deepEqual(asked("scancel"), [["7"]]);
    assert.deepEqual(openSubmissions(store), [{ ...theirs, job: "8" }]);
  }));

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

Deno.test("tend() gives up after three refusals, with Slurm's reason", () =>
  withFleet(async ({ tend, says, notes, count }) => {
    says.sbatch = {
      code: 1,
      error:
        "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy\n",
    };
    for (let i = 0; i < 3; i++) await tend();
    await assert.rejects(tend(), {
      message:
        /^Cannot go on: workers of pool "cpu" failed 3 times in a row \(the last: Slurm took no workers for pool "cpu": Job violates accounting\/QOS policy/,
    });
    // For two, and for one of them.
    assert.equal(count("sbatch"), 6);
    assert.equal(notes.length, 4);
  }));

Deno.test("tend() asks for as many workers as a limit allows, says which it is, and asks for more after a while", () =>
  withFleet(async ({ tend, says, now, notes, asked, count, pass, folder }) => {
    const why =
      "AssocMaxSubmitJobLimit: Job violates accounting/QOS policy (job submit limit)";
    let [most, taken] = [3, 0];
    says.sbatch = (args) => {
      const [, last] = /--array=0-(\d+)/.exec(args.join(" ")) ?? [];
      const workers = Number(last) + 1;
      if (taken + workers > most) {
        return {
          code: 1,
          error:
            `sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: ${
              why.replace(/^\w+: /, "")
            }\n`,
        };
      }
      taken += workers;
      return `${6 + taken}\n`;
    };
    const arrays = () =>
      asked("sbatch").map((args) =>
        args.find((word) => word.startsWith("--array="))?.slice(8)
      );
    await tend(10);
    assert.deepEqual(arrays(), ["0-9", "0-4", "0-2", "0-2", "0-1", "0-0"]);
    assert.equal(now().pending, 3);
    const full =
      `Slurm allows 3 workers for pool "cpu" and no more (${why}); more are asked for after 10 minutes`;
    assert.deepEqual(notes, [full]);
    says.squeue = [0, 1, 2].map((n) => `9_${n}|RUNNING|n1|None|${folder()}\n`)
      .join("");
    await tend(10);
    pass(599_999);
    await tend(10);
    assert.equal(count("sbatch"), 6);
    pass(1);
    await tend(10);
    assert.ok(count("sbatch") > 6);
    assert.deepEqual(notes, [full]);
    most = 10;
    pass(600_000);
    await tend(10);
    assert.equal(taken, 10);
  }));

Deno.test("tend() says that Slurm's queue is full, once, and asks again after a while", () =>
  withFleet(async ({ tend, says, notes, count, pass, now }) => {
    says.sbatch = {
      code: -1,
      error:
        "sbatch gave no answer within 60 s: Slurm temporarily unable to accept job, sleeping and retrying",
    };
    await tend();
    await tend();
    assert.equal(count("sbatch"), 1);
    assert.deepEqual(notes, [
      `Slurm has not said whether it takes workers for pool "cpu" (sbatch gave no answer within 60 s: Slurm temporarily unable to accept job, sleeping and retrying); they are looked for, and asked for again if it has none after 2 minutes`,
    ]);
    pass(LOST_MILLISECONDS + 1);
    await tend();
    assert.equal(count("sbatch"), 2);
    says.sbatch = "8\n";
    pass(LOST_MILLISECONDS + 1);
    await tend();
    assert.equal(count("sbatch"), 3);
    assert.equal(now().pending, 2);
    assert.equal(notes.length, 1);
  }));

Deno.test("tend() gives up after three workers that left without having begun anything, though stages wait", () =>
  withFleet(async ({ tend, says, notes, count, folder }) => {
    const leave = (job: string) => {
      Deno.writeTextFileSync(`${folder()}/0.log`, "0 stages ran\n");
      says.squeue = `${job}_0|COMPLETED|n1|None|${folder()}\n`;
    };
    for (const job of ["7", "8", "9"]) {
      says.sbatch = `${job}\n`;
      await tend(1);
      leave(job);
      await tend(1);
    }
    await assert.rejects(tend(1), {
      message:
        /^Cannot go on: workers of pool "cpu" failed 3 times in a row \(the last: worker 9_0 left and had begun no stage, though some wait; see .*0\.log\)/,
    });
    assert.deepEqual(notes, [
      'No more workers are asked for in pool "cpu": they failed 3 times, and no stage ended in between',
    ]);
    assert.equal(count("sbatch"), 3);
  }));

Deno.test("tend() does not mind workers that left after a stage, or when none waits", () =>
  withFleet(async ({ tend, says, notes, count, folder }) => {
    for (let times = 1; times < 6; times++) {
      says.sbatch = `${times}\n`;
      await tend(1);
      assert.equal(count("sbatch"), times);
      if (times > 3) {
        await Deno.writeTextFile(`${folder()}/0.log`, "start train/0\n");
      }
      says.squeue = `${times}_0|COMPLETED|n1|None|${folder()}\n`;
      await tend(times > 3 ? 1 : 0);
      await tend(0);
    }
    assert.deepEqual(notes, []);
  }));

Deno.test("tend() and cancel() leave workers on another device to the run that asked for them", () =>
  withFleet(async ({ tend, cancel, asked, says, now, notes, store }) => {
    const theirs = writeSubmission(store, {
      pool: "cpu",
      workers: 3,
      script: () => "",
      now: 0,
      checkout: "here",
      device: "webgpu",
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
