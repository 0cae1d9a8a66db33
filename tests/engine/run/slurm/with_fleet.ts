import { openFleet } from "../../../../engine/run/slurm/fleet.ts";
import { DEFAULT_POOL } from "../../../../engine/run/slurm/pools.ts";
import type { PoolState } from "../../../../engine/run/slurm/roster.ts";
import { openSubmissions } from "../../../../engine/run/slurm/submission.ts";
import { fakeSlurm, type Said } from "./fake_slurm.ts";

const POOL = { ...DEFAULT_POOL, name: "cpu", jobs: 1 };

/** A fleet of two workers, 7_0 and 7_1, whose Slurm says of them what is put into `says`. */
export async function withFleet(
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
