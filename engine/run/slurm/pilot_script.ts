/**
 * What a job of Slurm runs: one worker, and what is done when its time is over.
 *
 * @module
 */
import { shellWord } from "../../define/shell_word.ts";
import { NOTICE_SECONDS, type Pool } from "./pools.ts";

/** A worker that stopped at a signal and left work undone ends with this code. */
const WORK_LEFT = 85;

/**
 * The script of a worker. It starts none where its submission is over: Slurm may
 * take one whose answer was lost later than anybody waited for it. Slurm sends
 * USR1 to the script before the time is over, which the worker hears as USR2,
 * since at USR1 Deno opens a debugger to everybody on the node; it then keeps
 * its checkpoints and ends, and the job goes back into the queue. TERM, which a
 * job gets that is cancelled or preempted, and killed soon after, ends the
 * worker sooner, and whether the job starts again is not the script's to say.
 *
 * @param options.worker words that start a worker; where it stays how long is added
 */
export function pilotScript(
  pool: Pool,
  { folder, worker }: {
    readonly folder: string;
    readonly worker: readonly string[];
  },
): string {
  return `#!/bin/sh
# A worker of pool "${pool.name}", as one element of the array of ${
    shellWord(folder)
  }
echo "worker \${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID} on \${SLURMD_NODENAME:-?}, start \${SLURM_RESTART_COUNT:-0}"
if [ -e ${shellWord(`${folder}/over`)} ]; then
  echo "nobody counts on this worker any more: others were asked for, or the run was stopped"
  exit 0
fi
${pool.setup.map((line) => `${line}\n`).join("")}now=$(date +%s)
left=$((\${SLURM_JOB_END_TIME:-$((now + ${pool.seconds}))} - now - ${NOTICE_SECONDS}))
if [ "$left" -lt 0 ]; then left=0; fi
${hearing("USR2")}
${
    worker.map(shellWord).join(" ")
  } --idle ${pool.idle} --jobs ${pool.jobs} --time-left "$left" --way-out ${
    shellWord(wayOut(pool))
  } &
${WAIT}
echo "worker ended with code $code\${warned:+, warned of its time limit}"
if [ "$code" = ${WORK_LEFT} ] && [ -n "$warned" ]; then
  # Where that is not allowed the run asks for another worker.
  scontrol requeue "$SLURM_JOB_ID"
  exit 0
fi
exit "$code"
`;
}

/** What helps if a stage takes longer than a worker may stay. */
function wayOut({ name, seconds }: Pool): string {
  const minutes = Math.ceil(seconds / 60);
  return `raise "time" of pool "${name}", which is ${minutes} min`;
}

/**
 * The script of a job in which a run goes on by itself. Before its time is over
 * the run is killed, which it bears, and its workers too; the job goes back
 * into the queue, and finds them. If the job is cancelled, so are they.
 *
 * @param options.run words that run it
 */
export function runScript(
  { folder, run, from, setup }: {
    readonly folder: string;
    readonly run: readonly string[];
    /** The folder that it is started in. */
    readonly from: string;
    readonly setup: Pool["setup"];
  },
): string {
  return `#!/bin/sh
# A run, as the array of ${shellWord(folder)}
echo "worker \${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID} on \${SLURMD_NODENAME:-?}, start \${SLURM_RESTART_COUNT:-0}"
${setup.map((line) => `${line}\n`).join("")}cd ${shellWord(from)} || exit 1
${hearing("KILL")}
${run.map(shellWord).join(" ")} &
${WAIT}
if [ -n "$warned" ]; then
  scontrol requeue "$SLURM_JOB_ID" && exit 0
fi
exit "$code"
`;
}

/** Hands signals on to the child, also those that come before there is one. */
function hearing(atWarning: "USR2" | "KILL"): string {
  return `warned=
ended=
child=
tell() {
  if [ -z "$child" ]; then return; fi
  if [ -n "$warned" ]; then kill -${atWarning} $child; else kill -TERM $child; fi
} 2> /dev/null
trap 'warned=yes; tell' USR1
trap 'ended=yes; tell' TERM`;
}

/** Waits for a child: a signal ends "wait", not the child. */
const WAIT = `child=$!
if [ -n "$warned$ended" ]; then tell; fi
wait $child
code=$?
while kill -0 $child 2> /dev/null; do
  wait $child
  code=$?
done`;
