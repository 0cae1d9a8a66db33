/** Fleets of several runs on one store, with something else between any two steps of one. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Fleet, openFleet } from "../../../../engine/run/slurm/fleet.ts";
import { DEFAULT_POOL, RUN_POOL } from "../../../../engine/run/slurm/pools.ts";
import {
  GONE_MILLISECONDS,
  LOST_MILLISECONDS,
} from "../../../../engine/run/slurm/roster.ts";
import type { RunSlurm } from "../../../../engine/run/slurm/slurm_command.ts";
import {
  openSubmissions,
  writeSubmission,
} from "../../../../engine/run/slurm/submission.ts";
import { type ToyArray, toySlurm } from "./toy_slurm.ts";

/** A store whose runs lack so many workers. */
async function withStore(
  act: (rig: {
    readonly store: string;
    readonly slurm: ReturnType<typeof toySlurm>;
    /** A run of its own. */
    open(slurm: RunSlurm, cluster?: string): Fleet;
    tend(fleet: Fleet): Promise<boolean>;
    readonly notes: string[];
    pass(milliseconds: number): void;
  }) => Promise<void>,
  { lacking = 2 }: { readonly lacking?: number } = {},
): Promise<void> {
  const store = await Deno.makeTempDir({ prefix: "fleets-" });
  const notes: string[] = [];
  let time = 1e12;
  try {
    await act({
      store,
      slurm: toySlurm(),
      open: (slurm, cluster) =>
        openFleet({
          store,
          checkout: "here",
          cluster,
          pools: [{ ...DEFAULT_POOL, name: "cpu", jobs: 1, workers: 1000 }],
          device: () => "wasm",
          extra: [],
          largestArray: 100,
          slurm,
          clock: () => time,
          script: () => "",
          onNote: (note) => notes.push(note),
          onState: () => {},
        }),
      tend: (fleet) =>
        fleet.tend(new Map([["cpu", { ready: lacking, running: 0 }]]), 0),
      notes,
      pass: (milliseconds) => time += milliseconds,
    });
  } finally {
    await Deno.remove(store, { recursive: true });
  }
}

const workersIn = (arrays: readonly ToyArray[]) =>
  arrays.reduce((sum, { workers }) => sum + workers, 0);

/** Takes all that use a store for dead, as other machines do with processes that were paused. */
function bury(store: string): void {
  const alive = join(store, "alive");
  try {
    for (const { name } of Deno.readDirSync(alive)) {
      Deno.removeSync(join(alive, name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** A submission of which nobody knows yet whether Slurm has it: looks ask for it by its folder. */
function unsettled(store: string): void {
  writeSubmission(store, {
    pool: RUN_POOL,
    workers: 1,
    script: () => "",
    now: 0,
    checkout: "here",
  });
}

/** Has a folder be listed as it was when nothing was in it. */
function seenEmpty(folder: string): Disposable {
  const { readDirSync } = Deno;
  Deno.readDirSync = (path) =>
    `${path}` === folder ? [].values() : readDirSync(path);
  return {
    [Symbol.dispose]: () => void (Deno.readDirSync = readDirSync),
  };
}

/** Whether a submission is over. */
function isOver(submission: { readonly folder: string } | undefined): boolean {
  return [...Deno.readDirSync(submission?.folder ?? "")]
    .some(({ name }) => name === "over");
}

for (const paused of [0, 1, 2]) {
  Deno.test(`tend() of two runs asks once for the workers that both lack, if the first is taken for dead at its call ${paused} of Slurm`, () =>
    withStore(async ({ store, slurm, open, tend, notes }) => {
      unsettled(store);
      const second = open(slurm.commands());
      const first = open(slurm.commands({
        async before(_, call) {
          if (call !== paused) return;
          bury(store);
          await tend(second);
        },
      }));
      await tend(first);
      for (const run of [second, first, second]) await tend(run);
      assert.equal(workersIn(slurm.arrays), 2);
      assert.deepEqual(notes, []);
    }));
}

for (const lacking of [2, 250]) {
  Deno.test(`tend() of five runs at once asks once for ${lacking} workers that all lack`, () =>
    withStore(async ({ slurm, open, tend }) => {
      const wait = (_: string, call: number) =>
        new Promise<void>((resolve) => setTimeout(resolve, call % 3));
      const runs = Array.from(
        { length: 5 },
        () => open(slurm.commands({ before: wait, after: wait })),
      );
      for (let looks = 0; looks < 3; looks++) {
        await Promise.all(runs.map(tend));
        assert.equal(workersIn(slurm.arrays), lacking);
      }
    }, { lacking }));
}

Deno.test("tend() asks for no worker while the folder of submissions is listed from before another run's", () =>
  withStore(async ({ store, slurm, open, tend }) => {
    const second = open(slurm.commands());
    await second.tend(new Map(), 0);
    await tend(open(slurm.commands()));
    {
      using _ = seenEmpty(join(store, "slurm"));
      for (let looks = 0; looks < 3; looks++) await tend(second);
      assert.equal(slurm.arrays.length, 1);
    }
    await tend(second);
    assert.equal(slurm.arrays.length, 1);
  }));

Deno.test("tend() gives up a submission that Slurm takes minutes later: nobody counts on its workers then, and nobody asks a third time", () =>
  withStore(async ({ store, slurm, open, tend, pass }) => {
    const second = open(slurm.commands());
    const first = open(slurm.commands({
      async before(program) {
        if (program !== "sbatch") return;
        bury(store);
        await tend(second);
        assert.equal(slurm.arrays.length, 0);
        pass(LOST_MILLISECONDS + 1);
        await tend(second);
      },
    }));
    await tend(first);
    const [seconds, firsts] = slurm.arrays;
    assert.deepEqual(
      openSubmissions(store).map(({ folder }) => folder),
      [seconds?.folder],
    );
    assert.ok(isOver(firsts));
    for (let looks = 0; looks < 3; looks++) {
      for (const run of [first, second]) await tend(run);
    }
    assert.equal(slurm.arrays.length, 2);
  }));

Deno.test("tend() and cancel() leave workers on another cluster that sees the same store to the run there", () =>
  withStore(async ({ store, slurm, open, tend, notes, pass }) => {
    const north = open(slurm.commands(), "north");
    await tend(north);
    const elsewhere = toySlurm();
    const south = open(elsewhere.commands(), "south");
    for (let looks = 0; looks < 3; looks++) {
      await tend(south);
      pass(GONE_MILLISECONDS + 1);
    }
    assert.equal(workersIn(elsewhere.arrays), 2);
    await south.cancel();
    assert.deepEqual(notes, []);
    assert.deepEqual(
      openSubmissions(store).map(({ cluster }) => cluster),
      ["north"],
    );
    await tend(north);
    assert.equal(slurm.arrays.length, 1);
  }));

Deno.test("cancel() has workers leave of which Slurm has not said whether it takes them", () =>
  withStore(async ({ store, slurm, open, tend }) => {
    const commands = slurm.commands();
    const run = open((program, args) =>
      program === "sbatch"
        ? Promise.resolve({ code: -1, out: "", error: "" })
        : commands(program, args)
    );
    await tend(run);
    const [submission] = openSubmissions(store);
    await run.cancel();
    assert.ok(isOver(submission));
  }));

for (const paused of [0, 1]) {
  Deno.test(`cancel() has a run that begins meanwhile, before its call ${paused} of Slurm, ask for workers of its own`, () =>
    withStore(async ({ store, slurm, open, tend, notes }) => {
      await tend(open(slurm.commands()));
      const second = open(slurm.commands());
      const first = open(slurm.commands({
        async before(_, call) {
          if (call === paused) await tend(second);
        },
      }));
      await first.cancel();
      assert.deepEqual(openSubmissions(store), []);
      for (let looks = 0; looks < 3; looks++) await tend(second);
      assert.deepEqual(
        slurm.arrays.map(({ state }) => state),
        ["CANCELLED", "PENDING"],
      );
      assert.deepEqual(notes, []);
    }));
}

Deno.test("cancel() leaves what another run is asking for at that moment", () =>
  withStore(async ({ store, slurm, open, tend }) => {
    const first = open(slurm.commands());
    const second = open(slurm.commands({
      before: (program) => program === "sbatch" ? first.cancel() : undefined,
    }));
    await tend(second);
    assert.equal(openSubmissions(store).length, 1);
    await tend(second);
    assert.equal(slurm.arrays.length, 1);
  }));
