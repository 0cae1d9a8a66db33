/**
 * Accounting of a Slurm of the tests: a database, and the daemon between it and
 * the controller, on 127.0.0.1, in a folder of its own.
 *
 * @module
 */
import { join } from "node:path";
import { freePorts, noSlurm, until } from "./cluster.ts";

/** Accounting that runs. */
export interface Accounting extends AsyncDisposable {
  /** Lines of slurm.conf that name it. */
  readonly lines: readonly string[];
  /** Kills the daemon, as a power cut would; the database stays. */
  kill(): Promise<void>;
  /** Starts the daemon, and waits until it answers. */
  start(): Promise<void>;
}

const MARIADBD = "/usr/sbin/mariadbd";

/** The client of MariaDB that slurmdbd is given: `.ci/slurm_accounting` puts it there, and says why. */
const LIBRARIES = "/usr/local/lib/slurmdbd";

/** Why there is no accounting here; `undefined` if it can be started. */
export const noAccounting: string | undefined = noSlurm ?? whyNot();

function whyNot(): string | undefined {
  for (
    const [path, what] of [
      ["/usr/sbin/slurmdbd", "Debian's slurmdbd is"],
      [MARIADBD, "Debian's mariadb-server-core is"],
      [`${LIBRARIES}/libmariadb.so.3`, "a client of MariaDB for slurmdbd is"],
    ] as const
  ) {
    try {
      Deno.statSync(path);
    } catch {
      return `${what} not installed`;
    }
  }
  return undefined;
}

/** Starts accounting, without any account. */
export async function startAccounting(): Promise<Accounting> {
  const folder = await Deno.makeTempDir({ prefix: "slurmdbd-" });
  const [port = 0, databasePort = 0] = freePorts(2);
  const database = await startDatabase(folder, databasePort);
  await Deno.writeTextFile(
    join(folder, "slurmdbd.conf"),
    `AuthType=auth/none
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=${port}
SlurmUser=root
PidFile=${folder}/slurmdbd.pid
LogFile=${folder}/slurmdbd.log
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=${databasePort}
StorageUser=root
StorageLoc=accounting
`,
    { mode: 0o600 },
  );
  let daemon: Deno.ChildProcess | undefined;

  /** Starts the daemon; again where it ends by itself, as its first look at a database may fail without an error of this. */
  async function start(): Promise<void> {
    for (let left = 3; left > 0; left--) {
      const own = new Deno.Command("/usr/sbin/slurmdbd", {
        args: ["-D"],
        env: {
          SLURM_CONF: join(folder, "slurm.conf"),
          LD_LIBRARY_PATH: LIBRARIES,
        },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      let ended = false;
      own.status.then(() => ended = true);
      await until(async () => ended || await isListening(port));
      if (ended) continue;
      daemon = own;
      return;
    }
    const log = await Deno.readTextFile(join(folder, "slurmdbd.log"));
    throw new Error(`Cannot start slurmdbd: it ended three times\n${log}`);
  }

  async function kill(): Promise<void> {
    daemon?.kill("SIGKILL");
    await daemon?.status;
    daemon = undefined;
  }

  await start();
  return {
    lines: [
      "AccountingStorageType=accounting_storage/slurmdbd",
      "AccountingStorageHost=127.0.0.1",
      `AccountingStoragePort=${port}`,
    ],
    start,
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
      database.kill("SIGKILL");
      await database.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Starts a database of no users and no rights in a folder. */
async function startDatabase(
  folder: string,
  port: number,
): Promise<Deno.ChildProcess> {
  const data = join(folder, "data");
  await Deno.mkdir(data);
  const words = [
    ...["--no-defaults", "--user=root", `--datadir=${data}`],
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=8M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--debug-no-sync",
  ];
  const bootstrap = new Deno.Command(MARIADBD, {
    args: [...words, "--bootstrap"],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const tables = await Deno.readTextFile(
    "/usr/share/mariadb/mariadb_system_tables.sql",
  );
  await new Blob([`create database mysql; use mysql;\n${tables}`]).stream()
    .pipeTo(bootstrap.stdin);
  await bootstrap.status;
  const database = new Deno.Command(MARIADBD, {
    args: [
      ...words,
      "--skip-grant-tables",
      ...[`--port=${port}`, "--bind-address=127.0.0.1"],
      `--socket=${folder}/socket`,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await until(() => isListening(port));
  return database;
}

/** Whether somebody takes connections at a port. */
async function isListening(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}
