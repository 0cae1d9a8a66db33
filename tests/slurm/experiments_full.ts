/** Real experiments over workers in Slurm. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { slurmTest, startCluster } from "./cluster.ts";
import {
  POOLS,
  resultsIn,
  startRun,
  startsIn,
  UNHURRIED,
} from "./slurm_run.ts";

const MAIN = "cli/main.ts";

/** One with photographs and a training, one whose files are of many packages, one with neither. */
const PIPELINES = ["label-shift", "typeset-digits", "theory"];

for (const workers of [4]) {
  slurmTest(
    "reproduce makes the same bytes of experiments over four workers as by itself",
    async () => {
      await using cluster = await startCluster({ ...UNHURRIED, nodes: 2 });
      await Deno.writeTextFile(
        join(cluster.folder, "pools.json"),
        // However slow the machine is, no worker ends before the run does.
        JSON.stringify({
          cpu: { ...POOLS.cpu, memory: "2G", workers, idle: 60 },
        }),
      );
      const words = ["reproduce", ...PIPELINES, "--profile", "smoke"];
      const reproduce = async (store: string, more: readonly string[]) => {
        const { code, stdout, stderr } = await startRun(cluster, [
          ...[...words, "--device", "wasm", "--site", "site"],
          ...["--store", store, ...more],
        ], { main: MAIN }).end();
        assert.equal(code, 0, `${stdout}\n${stderr}`);
        return resultsIn(join(cluster.folder, store));
      };
      const slurm = ["--executor", "slurm", "--slurm", "pools.json"];
      assert.deepEqual(
        await reproduce("store", slurm),
        await reproduce("here", []),
      );
      const { submissions, logs } = startsIn(join(cluster.folder, "store"));
      assert.ok(submissions <= 2, `${submissions}`);
      const nodes = logs.matchAll(/^worker \d+_\d on (n\d), start 0$/gm);
      assert.equal(new Set([...nodes].map(([, node]) => node)).size, 2);
    },
  );
}
