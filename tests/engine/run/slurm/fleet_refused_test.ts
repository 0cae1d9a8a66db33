/** What a fleet does where Slurm takes no workers, or workers do nothing. */
import assert from "node:assert/strict";
import { LOST_MILLISECONDS } from "../../../../engine/run/slurm/roster.ts";
import { withFleet } from "./with_fleet.ts";

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
        /^Cannot go on: workers of pool "cpu" failed 3 times in a row \(the last: Slurm took no workers for pool "cpu": Job violates accounting\/QOS policy.*\); finished stages are kept; correct the cause and run the command again$/,
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
    pass(-7_200_000); // a clock may be set back
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
