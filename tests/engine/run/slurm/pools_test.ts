import assert from "node:assert/strict";
import {
  DEFAULT_POOL,
  readPools,
  secondsOf,
} from "../../../../engine/run/slurm/pools.ts";

const wrongIn = (pools: unknown) => {
  const read = readPools(JSON.stringify(pools));
  return "wrong" in read ? read.wrong : [];
};

Deno.test("readPools() reads every field, and fills in what is left out", () => {
  const gpu = {
    partition: "a100",
    gres: "gpu:1",
    constraint: "a100|h100",
    time: "1-12",
    memory: "64G",
    cpus: 8,
    jobs: 4,
    device: "webgpu",
    workers: 3,
    idle: 300,
    setup: ["module load vulkan"],
    extra: ["--qos=long"],
  };
  const { time: _, ...rest } = gpu;
  assert.deepEqual(readPools(JSON.stringify({ gpu, cpu: { cpus: 2 } })), {
    pools: [
      { name: "gpu", seconds: 36 * 3600, ...rest },
      {
        name: "cpu",
        seconds: DEFAULT_POOL.seconds,
        cpus: 2,
        jobs: 2,
        workers: DEFAULT_POOL.workers,
        idle: DEFAULT_POOL.idle,
        setup: [],
        extra: [],
      },
    ],
  });
});

Deno.test("readPools() names each field that is wrong, and what may stand there", () => {
  assert.deepEqual(
    wrongIn({
      gpu: { time: "soon", memory: "16 GB", cpus: 0, jobs: 1.5, extra: "-A x" },
      "a b": {},
      cpu: 4,
      run: {},
    }),
    [
      `"time" of pool "gpu" is "soon", but must be a time of five minutes or more as sbatch has it, such as "4:00:00" or "1-0"`,
      `"memory" of pool "gpu" is "16 GB", but must be a size as sbatch has it, such as "16G"`,
      `"cpus" of pool "gpu" is 0, but must be a whole number from 1 up`,
      `"jobs" of pool "gpu" is 1.5, but must be a whole number from 1 up`,
      `"extra" of pool "gpu" is "-A x", but must be a list of texts, such as ["--qos=long"]`,
      `pool "a b": a name has only letters, digits, dots, dashes and underscores`,
      `pool "cpu" is not an object with fields`,
      `pool "run": runs that go on as jobs have that name; take another`,
    ],
  );
  assert.match(
    wrongIn({ gpu: { partitoin: "a100" } })[0] ?? "",
    /^pool "gpu" has no field "partitoin"; it may have partition, gres, /,
  );
});

Deno.test("readPools() refuses what is no object of pools", () => {
  for (const text of ["[]", "{}", "4", "null"]) {
    const read = readPools(text);
    assert.match(
      "wrong" in read ? read.wrong.join() : "",
      /^it is not an object/,
    );
  }
  const read = readPools("{");
  assert.match("wrong" in read ? read.wrong.join() : "", /^it is not JSON: /);
});

Deno.test("secondsOf() reads times as sbatch does", () => {
  for (
    const [time, seconds] of [
      ["30", 1800],
      ["30:15", 1815],
      ["1:30:15", 5415],
      ["2-0", 172_800],
      ["2-3", 183_600],
      ["2-3:30", 185_400],
      ["2-3:30:10", 185_410],
      ["", undefined],
      ["1 h", undefined],
      ["-5", undefined],
    ] as const
  ) assert.equal(secondsOf(time), seconds, time);
});
