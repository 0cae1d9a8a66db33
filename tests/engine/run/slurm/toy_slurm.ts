import type { RunSlurm } from "../../../../engine/run/slurm/slurm_command.ts";

/** An array that a Slurm has. */
export interface ToyArray {
  readonly job: string;
  readonly folder: string;
  readonly workers: number;
  /** Slurm's word for all of its workers. */
  state: string;
}

/** What happens before Slurm hears of a call, and after it has done what it asks. */
export interface OnCall {
  /** @param call how many calls came before it */
  readonly before?: (program: string, call: number) => Promise<void> | void;
  readonly after?: (program: string, call: number) => Promise<void> | void;
}

/** A Slurm that takes every array, and lists and cancels what it has. */
export function toySlurm(): {
  readonly arrays: readonly ToyArray[];
  /** Its commands, as one process runs them. */
  commands(on?: OnCall): RunSlurm;
} {
  const arrays: ToyArray[] = [];
  const valueOf = (args: readonly string[], option: string) =>
    args.find((word) => word.startsWith(`--${option}=`))?.split("=")[1] ?? "";

  function answer(program: string, args: readonly string[]): string {
    switch (program) {
      case "sbatch": {
        const [, last] = valueOf(args, "array").split("-");
        const job = `${7 + arrays.length}`;
        const folder = valueOf(args, "chdir");
        const workers = Number(last) + 1;
        arrays.push({ job, folder, workers, state: "PENDING" });
        return `${job}\n`;
      }
      case "squeue":
        return arrays.flatMap(({ job, folder, workers, state }) =>
          Array.from(
            { length: workers },
            (_, n) => `${job}_${n}|${state}||None|${folder}\n`,
          )
        ).join("");
      case "scancel":
        for (const one of arrays) {
          if (args.includes(one.job)) one.state = "CANCELLED";
        }
        return "";
      default:
        return "";
    }
  }

  return {
    arrays,
    commands({ before, after } = {}) {
      let calls = 0;
      return async (program, args) => {
        const call = calls++;
        await before?.(program, call);
        const out = answer(program, args);
        await after?.(program, call);
        return { code: 0, out, error: "" };
      };
    },
  };
}
