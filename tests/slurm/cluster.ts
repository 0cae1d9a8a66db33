/**
 * A real Slurm on this machine: a controller and several nodes, each a daemon of
 * its own on 127.0.0.1, with a configuration in a folder of the test. It needs
 * no munge, no accounting and no cgroups. Nothing outside the folder is touched.
 *
 * @module
 */
import { join } from "node:path";
import process from "node:process";
import {
  type RunSlurm,
  slurmCommands,
} from "../../engine/run/slurm/slurm_command.ts";

/** A cluster that runs. */
export interface Cluster extends AsyncDisposable {
  readonly folder: string;
  /** What a process must have in its environment to use it. */
  readonly env: Readonly<Record<string, string>>;
  readonly slurm: RunSlurm;
  readonly nodes: readonly string[];
  /** Kills the daemon of a node, or the controller; jobs run on. */
  kill(daemon: string): Promise<void>;
  /** Kills all that runs on a node, as a power cut would. */
  cutPower(node: string): Promise<void>;
  /** Starts a daemon again. */
  start(daemon: string): Promise<void>;
}

/** The daemon that rules the others. */
export const CONTROLLER = "slurmctld";

/** Where Debian puts the daemons and the commands. */
const PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

/** Why no Slurm can be started here; `undefined` if one can. */
export const noSlurm: string | undefined = await whyNot();

async function whyNot(): Promise<string | undefined> {
  for (const program of ["slurmctld", "slurmd", "sbatch"]) {
    const there = await Deno.stat(`/usr/sbin/${program}`).catch(() =>
      Deno.stat(`/usr/bin/${program}`).catch(() => undefined)
    );
    if (there === undefined) return "Debian's slurm-wlm is not installed";
  }
  const { stdout } = await new Deno.Command("id", { args: ["-u"] }).output();
  return new TextDecoder().decode(stdout).trim() === "0"
    ? undefined
    : "Slurm's daemons need root here";
}

/** A test that needs a real Slurm; where there is none its name says why it is skipped. */
export function slurmTest(name: string, fn: () => Promise<void>): void {
  const ignore = noSlurm !== undefined;
  Deno.test({
    name: ignore ? `${name} (skipped: ${noSlurm})` : name,
    ignore,
    fn,
  });
}

/**
 * Tests that need a real Slurm and wait for it more than they compute: so many
 * of a file run at once, each on a cluster of its own.
 *
 * @param options.missing why they are skipped, if they are
 * @returns what registers one of them
 */
export function slurmTests(
  about: string,
  { atOnce, missing = noSlurm }: {
    readonly atOnce: number;
    readonly missing?: string | undefined;
  },
): typeof slurmTest {
  const tests = new Map<string, () => Promise<void>>();
  const alike = {
    sanitizeOps: false,
    sanitizeResources: false,
    sanitizeExit: false,
  };
  return (name, fn) => {
    tests.set(name, fn);
    if (tests.size > 1) return;
    Deno.test({
      ...alike,
      name: missing === undefined ? about : `${about} (skipped: ${missing})`,
      ignore: missing !== undefined,
      async fn(context) {
        const left = [...tests];
        const lane = async () => {
          for (let next = left.shift(); next; next = left.shift()) {
            const [name, fn] = next;
            await context.step({ ...alike, name, fn });
          }
        };
        await Promise.all(Array.from({ length: atOnce }, lane));
      },
    });
  };
}

/** Starts a cluster and waits until all of its nodes take jobs. */
export async function startCluster(
  { nodes: count = 3, cpus = 2, parameters = [], lines = [], accounting }: {
    readonly nodes?: number;
    /** Processors of a node. */
    readonly cpus?: number;
    /** More for `SlurmctldParameters`. */
    readonly parameters?: readonly string[];
    /** More lines of slurm.conf. */
    readonly lines?: readonly string[];
    /** Lines that name its accounting; it has none without. */
    readonly accounting?: readonly string[] | undefined;
  } = {},
): Promise<Cluster> {
  const folder = await Deno.makeTempDir({ prefix: "slurm-" });
  const nodes = Array.from({ length: count }, (_, i) => `n${i + 1}`);
  const ports = freePorts(count + 1);
  const conf = join(folder, "slurm.conf");
  await Deno.writeTextFile(
    conf,
    configuration({
      folder,
      nodes,
      ports,
      cpus,
      parameters,
      lines,
      accounting: accounting ??
        ["AccountingStorageType=accounting_storage/none"],
    }),
  );
  await Deno.writeTextFile(
    join(folder, "cgroup.conf"),
    "CgroupPlugin=disabled\n",
  );
  await Deno.writeTextFile(
    join(folder, "gres.conf"),
    "Name=gpu File=/dev/null\n",
  );
  for (const name of ["ctl", "log", ...nodes.map((node) => `d-${node}`)]) {
    await Deno.mkdir(join(folder, name));
  }
  const env = { PATH, HOME: "/root", USER: "root", SLURM_CONF: conf };
  const slurm = slurmCommands(env);
  const pidOf = (daemon: string) =>
    Number(Deno.readTextFileSync(join(folder, `${daemon}.pid`)));

  const lastWordsOf = async (daemon: string) => {
    const log = join(folder, "log", `${daemon}.log`);
    const text = await Deno.readTextFile(log).catch(() => "(nothing)");
    return `${daemon}: ${text.slice(-1000)}`;
  };

  async function start(daemon: string): Promise<void> {
    const [program, args] = daemon === CONTROLLER
      ? [CONTROLLER, ["-f", conf]]
      : ["slurmd", ["-N", daemon, "-f", conf]];
    const { code, stderr } = await new Deno.Command(program, {
      args,
      env,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  }

  async function kill(daemon: string): Promise<void> {
    const pid = pidOf(daemon);
    Deno.kill(pid, "SIGKILL");
    while (isThere(pid)) await pause(20);
  }

  async function cutPower(node: string): Promise<void> {
    await kill(node);
    await endJobs(join(folder, `d-${node}/`));
  }

  async function stop(): Promise<void> {
    for (const daemon of [...nodes, CONTROLLER]) {
      await kill(daemon).catch(() => {}); // it was killed, or never started
    }
    await endJobs(join(folder, "d-"));
    // Whoever has just been ended may have written there meanwhile.
    await until(() =>
      Deno.remove(folder, { recursive: true }).then(() => true, () => false)
    );
  }

  try {
    await start(CONTROLLER);
    for (const node of nodes) await start(node);
    await until(async () => {
      const { out } = await slurm("scontrol", ["show", "node", "--oneliner"]);
      return [...out.matchAll(/ State=IDLE /g)].length === count;
    });
  } catch (cause) {
    const words = await Promise.all([CONTROLLER, ...nodes].map(lastWordsOf));
    await stop();
    throw new Error(`The cluster does not start\n${words.join("\n")}`, {
      cause,
    });
  }
  return {
    folder,
    env,
    slurm,
    nodes,
    kill,
    cutPower,
    start,
    async [Symbol.asyncDispose]() {
      await slurm("scancel", ["--user=root"]);
      // What Slurm does not end in half a minute ends with the daemons.
      const isEmpty = async () =>
        (await slurm("squeue", ["--noheader"])).out.trim() === "";
      for (let i = 0; i < 100 && !await isEmpty(); i++) await pause(300);
      await stop();
    },
  };
}

/** Ends the jobs that outlive the daemons of their nodes, whose folders begin so. */
async function endJobs(folder: string): Promise<void> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-eo", "pgid=,ppid=,args="],
  }).output();
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const [, group, parent, args = ""] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ??
      [];
    if (!args.includes(folder)) continue;
    for (const id of [Number(parent), -Number(group)]) {
      if (id === 1) continue; // its parent has ended before
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It has just ended.
      }
    }
  }
}

/** Looks again and again until something is so; gives up after five minutes: Slurm itself takes two to end what is over its time, and on a busy machine longer. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  while (!await isSo()) {
    if (performance.now() - start > 300_000) {
      throw new Error("Cannot go on with the test: it takes too long");
    }
    await pause(50);
  }
}

/** Waits so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits so many milliseconds, or until something has ended. */
export async function pauseOr(
  end: Promise<unknown>,
  milliseconds: number,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  try {
    await Promise.race([end, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Has jobs start that Slurm has put back into the queue, where they wait for
 * two minutes otherwise. Sooner than some seconds after that nodes refuse them,
 * since they have just been told to end them.
 *
 * @param known ids of those that were there some seconds ago
 * @returns ids of all that are there now
 */
export async function hurry(
  { slurm }: Pick<Cluster, "slurm">,
  known: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const { out } = await slurm("squeue", [
    ...["--noheader", "--array", "--states=PENDING", "--format=%i %r"],
  ]);
  const jobs = [...out.matchAll(/^(\S+) BeginTime$/gm)]
    .map(([, job = ""]) => job);
  for (const job of jobs.filter((job) => known.has(job))) {
    await slurm("scontrol", ["update", `job=${job}`, "StartTime=now"]);
  }
  return new Set(jobs);
}

/** Whether a process of that id lives; one that nobody has buried yet does not. */
function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

/** Ports that freePorts() has given. */
const given = new Set<number>();

/**
 * Ports of this machine that nobody uses, each given once. They lie below those
 * that systems give to whoever connects, one of whom would hold a port just
 * when a daemon is to listen at it: such a daemon ends without a word.
 */
export function freePorts(count: number): readonly number[] {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (given.has(port)) continue;
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      continue;
    }
    given.add(port);
    ports.push(port);
  }
  return ports;
}

function configuration({
  folder,
  nodes,
  ports,
  cpus,
  parameters,
  lines,
  accounting,
}: {
  readonly folder: string;
  readonly nodes: readonly string[];
  readonly ports: readonly number[];
  readonly cpus: number;
  readonly parameters: readonly string[];
  readonly lines: readonly string[];
  readonly accounting: readonly string[];
}): string {
  const host = Deno.hostname().split(".")[0];
  const [controller, ...rest] = ports;
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
SlurmctldPort=${controller}
SlurmctldPidFile=${folder}/${CONTROLLER}.pid
SlurmdPidFile=${folder}/%n.pid
SlurmctldLogFile=${folder}/log/${CONTROLLER}.log
SlurmdLogFile=${folder}/log/%n.log
StateSaveLocation=${folder}/ctl
SlurmdSpoolDir=${folder}/d-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
${accounting.join("\n")}
MpiDefault=none
GresTypes=gpu
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=256
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1,sched_min_interval=0
SlurmctldParameters=${
    ["rl_enable", "rl_bucket_size=10", ...parameters].join(",")
  }
KillWait=2
MinJobAge=3600
MaxArraySize=101
MaxJobCount=50000
ReturnToService=2
SlurmdTimeout=5
${lines.map((line) => `${line}\n`).join("")}${
    nodes.map((node, i) =>
      `NodeName=${node} NodeAddr=127.0.0.1 NodeHostname=${host} Port=${
        rest[i]
      } CPUs=${cpus} RealMemory=8000 Gres=gpu:1 State=UNKNOWN\n`
    ).join("")
  }PartitionName=main Nodes=${
    nodes.join(",")
  } Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
`;
}
