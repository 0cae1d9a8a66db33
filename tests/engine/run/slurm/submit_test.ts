import assert from "node:assert/strict";
import { cancelJobs } from "../../../../engine/run/slurm/cancel.ts";
import { DEFAULT_POOL } from "../../../../engine/run/slurm/pools.ts";
import {
  reasonIn,
  type RunSlurm,
  slurmCommands,
} from "../../../../engine/run/slurm/slurm_command.ts";
import {
  openSubmissions,
  type Submission,
  writeSubmission,
} from "../../../../engine/run/slurm/submission.ts";
import {
  clusterFacts,
  jobIn,
  refusal,
  submit,
  unusableWord,
} from "../../../../engine/run/slurm/submit.ts";
import { fakeSlurm, type Said } from "./fake_slurm.ts";

async function withStore(
  test: (store: string) => Promise<void>,
): Promise<void> {
  const store = await Deno.makeTempDir({ prefix: "submit-" });
  try {
    await test(store);
  } finally {
    await Deno.remove(store, { recursive: true });
  }
}

const written = (store: string) =>
  writeSubmission(store, {
    pool: "gpu",
    workers: 12,
    script: () => "",
    now: 1e12,
  });

Deno.test("jobIn() finds the id among lines of a site", () => {
  assert.equal(jobIn("4711\n"), "4711");
  assert.equal(jobIn("4711;alpha\n"), "4711;alpha");
  assert.equal(jobIn("Welcome!\n2026\n4711;alpha\nbye\n"), "4711;alpha");
  assert.equal(jobIn("Submitted batch job 4711\n"), undefined);
  assert.equal(jobIn(""), undefined);
});

Deno.test("unusableWord() lets users have their own words, but not ours", () => {
  assert.equal(
    unusableWord(["--account=lab", "--job-name=mine", "-p", "short", "-Alab"]),
    undefined,
  );
  assert.equal(
    unusableWord(["--array=0-3"]),
    `Cannot hand "--array=0-3" to sbatch: it is set already (its size follows the work); leave it out`,
  );
  for (const word of ["-a", "-a0-3", "--wrap", "-D/x", "--no-requeue", "-o"]) {
    assert.match(unusableWord([word]) ?? "", /^Cannot hand/, word);
  }
});

Deno.test("submit() submits one array, ours after the user's words, and keeps its id", () =>
  withStore(async (store) => {
    const { slurm, asked } = fakeSlurm({ sbatch: () => "hello\n4711;alpha\n" });
    const submission = written(store);
    const { folder } = submission;
    const pool = {
      ...DEFAULT_POOL,
      name: "gpu",
      partition: "a100",
      gres: "gpu:1",
      constraint: "a100|h100",
      extra: ["--qos=long"],
    };
    const extra = ["--job-name=mine", "--account=lab"];
    assert.deepEqual(await submit(submission, { pool, extra, slurm }), {
      kind: "taken",
    });
    assert.deepEqual(asked, [[
      "sbatch",
      "--job-name=shiftline-gpu",
      "--partition=a100",
      "--gres=gpu:1",
      "--constraint=a100|h100",
      "--mem=6G",
      "--time=240",
      "--nodes=1",
      "--ntasks=1",
      "--cpus-per-task=4",
      "--qos=long",
      "--job-name=mine",
      "--account=lab",
      "--parsable",
      "--array=0-11",
      "--requeue",
      "--open-mode=append",
      "--signal=B:USR1@120",
      `--output=${folder}/%a.log`,
      `--chdir=${folder}`,
      `${folder}/pilot.sh`,
    ]]);
    assert.deepEqual(openSubmissions(store), [
      { ...submission, job: "4711;alpha" },
    ]);
  }));

Deno.test("submit() tells a refusal from an answer that was lost", () =>
  withStore(async (store) => {
    const answerTo = (said: Said) =>
      submit(written(store), {
        pool: DEFAULT_POOL,
        extra: [],
        slurm: fakeSlurm({ sbatch: () => said }).slurm,
      });
    assert.deepEqual(
      await answerTo({
        code: 1,
        error:
          "sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified\n",
      }),
      {
        kind: "refused",
        why: "Invalid account or account/partition combination specified",
      },
    );
    const filtered = await answerTo({
      code: 1,
      error:
        "sbatch: error: no GPU without --gres; for a connection to us contact support@site.example\n",
    });
    assert.equal(filtered.kind, "refused");
    for (
      const said of [
        {
          code: 1,
          error:
            "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation\n",
        },
        {
          code: 1,
          error:
            "sbatch: error: Batch job submission failed: Connection reset by peer\n",
        },
        { code: -1, error: "sbatch gave no answer within 60 s" },
        "Submitted, perhaps\n",
      ]
    ) assert.equal((await answerTo(said)).kind, "unknown");
  }));

Deno.test("clusterFacts() are what the cluster says, or Slurm's default", async () => {
  const of = (said: Said) =>
    clusterFacts(fakeSlurm({ scontrol: () => said }).slurm);
  assert.deepEqual(
    await of(
      "ClusterName             = north\nMaxArraySize            = 20001\n",
    ),
    { largestArray: 20001, cluster: "north" },
  );
  assert.deepEqual(await of({ code: 1, error: "no controller" }), {
    largestArray: 1001,
  });
});

Deno.test("cancelJobs() cancels in chunks, tries again, and tells what it could not", async () => {
  const submissions = Array.from({ length: 250 }, (_, i): Submission => ({
    id: `${i}`,
    folder: `/s/${i}`,
    pool: "cpu",
    workers: 1,
    ...i === 7 ? {} : { job: `${i}` },
  }));
  let failures = 1;
  const { slurm, asked } = fakeSlurm({
    scancel: () =>
      failures-- > 0
        ? { code: 1, error: "scancel: error: Socket timed out" }
        : "",
  });
  assert.equal(await cancelJobs(submissions, slurm), undefined);
  assert.deepEqual(asked.map(({ length }) => length - 1), [100, 100, 100, 49]);
  assert.ok(!asked.flat().includes("7"));
  const never = fakeSlurm({
    scancel: () => ({
      code: 1,
      error: "scancel: error: Access/permission denied",
    }),
  });
  assert.equal(
    await cancelJobs(submissions.slice(0, 2), never.slurm),
    "Access/permission denied",
  );
  assert.equal(never.asked.length, 3);
  const partly = fakeSlurm({
    scancel: () => ({
      code: 1,
      error: [
        "scancel: error: Kill job error on job id 0: Invalid job id specified",
        "scancel: error: Kill job error on job id 1: Unable to contact slurm controller",
      ].join("\n"),
    }),
  });
  assert.match(
    await cancelJobs(submissions.slice(0, 2), partly.slurm) ?? "",
    /Unable to contact/,
  );
});

Deno.test("reasonIn() is the last thing that went wrong", () => {
  const of = (error: string) => reasonIn({ code: 1, out: "", error });
  assert.equal(
    of(
      "sbatch: error: invalid partition specified: nosuch\nsbatch: error: Batch job submission failed: Invalid partition name specified\n",
    ),
    "Invalid partition name specified",
  );
  assert.equal(
    of("allocation failure: Requested node configuration is not available\n"),
    "Requested node configuration is not available",
  );
  assert.equal(of(""), "no reason given");
  // What sbatch 24.11.5 says at a limit of an account.
  assert.equal(
    of(
      "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)\n",
    ),
    "AssocMaxSubmitJobLimit: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
  );
});

Deno.test("slurmCommands() says that there is no Slurm on this machine", async () => {
  await assert.rejects(slurmCommands({ PATH: "/nowhere" })("sbatch", []), {
    message:
      "Cannot use Slurm: there is no sbatch on this machine; run on a machine of the cluster, or leave out --executor",
  });
});

/** Has a line of shell stand in for sbatch. */
async function withSbatch(
  line: string,
  test: (slurm: RunSlurm) => Promise<void>,
  /** In milliseconds. */
  options?: { readonly limit: number },
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sbatch-" });
  try {
    const path = `${folder}/sbatch`;
    await Deno.writeTextFile(path, `#!/bin/sh\n${line}\n`);
    await Deno.chmod(path, 0o755);
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    await test(slurmCommands(env, options));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Nobody waits until a command that was killed is dead. */
const UNWAITED = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "slurmCommands() ends a command that hangs, and keeps what it said",
  UNWAITED,
  async () => {
    // As sbatch 24.11.5 says where the queue is full, for two minutes.
    const line =
      "echo 'sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying' >&2; echo 7";
    for (const hang of ["exec sleep 10", "sleep 10 & wait"]) {
      await withSbatch(`${line}; ${hang}`, async (slurm) => {
        const start = performance.now();
        assert.deepEqual(await slurm("sbatch", []), {
          code: -1,
          out: "7\n",
          error:
            "sbatch gave no answer within 0.5 s: Slurm temporarily unable to accept job, sleeping and retrying",
        });
        assert.ok(performance.now() - start < 9000);
      }, { limit: 500 });
    }
  },
);

Deno.test(
  "slurmCommands() waits no longer than its limit for what a command leaves behind",
  UNWAITED,
  () =>
    withSbatch("echo 7; sleep 10 &", async (slurm) => {
      assert.deepEqual(await slurm("sbatch", []), {
        code: 0,
        out: "7\n",
        error: "",
      });
    }, { limit: 500 }),
);

Deno.test("slurmCommands() gives all that a command said, and its code", () =>
  withSbatch("echo 7; echo no >&2; exit 3", async (slurm) => {
    assert.deepEqual(await slurm("sbatch", []), {
      code: 3,
      out: "7\n",
      error: "no\n",
    });
  }));

Deno.test("slurmCommands() takes a command that a signal ended for one without an answer", () =>
  withSbatch("kill -INT $$", async (slurm) => {
    assert.equal((await slurm("sbatch", [])).code, -1);
  }));

Deno.test("refusal() takes back the job that tells nodes that are down from such as no cluster has", async () => {
  const error =
    "allocation failure: Requested node configuration is not available\n";
  for (const isThere of [true, false]) {
    const { slurm, asked } = fakeSlurm({
      sbatch: (args) =>
        isThere && !args.includes("--test-only")
          ? "12;alpha\n"
          : { code: 1, error },
    });
    assert.equal(
      await refusal(DEFAULT_POOL, { extra: [], slurm }),
      isThere ? undefined : "Requested node configuration is not available",
    );
    assert.deepEqual(
      asked.slice(2),
      isThere ? [["scancel", "--clusters=alpha", "12"]] : [],
    );
  }
});

for (
  const [error, reason] of [
    [
      "sbatch: error: _establish_config_source: failed to fetch config\nsbatch: fatal: Could not establish a configuration source\n",
      "_establish_config_source: failed to fetch config",
    ],
    [
      "sbatch: error: ClusterName needs to be specified\nsbatch: fatal: Unable to process configuration file\n",
      "ClusterName needs to be specified",
    ],
    [
      "allocation failure: Unable to contact slurm controller (connect failure)\n",
      "Unable to contact slurm controller (connect failure)",
    ],
  ] as const
) {
  Deno.test(`refusal() tells a Slurm that gives no answer from one that takes no such workers: ${reason}`, async () => {
    const { slurm } = fakeSlurm({ sbatch: () => ({ code: 1, error }) });
    await assert.rejects(refusal(DEFAULT_POOL, { extra: [], slurm }), {
      message:
        `Cannot use Slurm: it gives no answer (${reason}); try where and when \`squeue\` gives one, or leave out --executor`,
    });
  });
}
