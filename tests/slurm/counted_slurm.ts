import type {
  RunSlurm,
  SlurmProgram,
} from "../../engine/run/slurm/slurm_command.ts";

/** Commands of Slurm, and how often each was run. */
export function countedSlurm(slurm: RunSlurm): {
  readonly slurm: RunSlurm;
  readonly counts: Partial<Record<SlurmProgram, number>>;
} {
  const counts: Partial<Record<SlurmProgram, number>> = {};
  return {
    counts,
    slurm(program, args) {
      counts[program] = (counts[program] ?? 0) + 1;
      return slurm(program, args);
    },
  };
}
