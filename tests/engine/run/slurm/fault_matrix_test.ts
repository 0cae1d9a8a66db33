/** What the guide says of faults is what tests show. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** A real Slurm. */
const [fleet, runs, ends, kills, accounts] = [
  "slurm/fleet_full.ts",
  "slurm/run_full.ts",
  "slurm/worker_ends_full.ts",
  "slurm/faults_full.ts",
  "slurm/accounting_full.ts",
] as const;
const KILLS = [
  kills,
  "kills of worker, node, controller and run lose nothing, and repeat no more stages than workers died",
] as const;

/** What shows each row: files below `tests/`, and names of tests there. */
const SHOWN_BY: Readonly<
  Record<string, readonly (readonly [path: string, name: string])[]>
> = {
  "a worker is killed, or runs out of memory": [
    KILLS,
    [
      fleet,
      "openFleet() says why workers ended, and asks for no more after the third time",
    ],
    [
      "engine/run/queue/job_source_test.ts",
      "take() gives up a stage whose workers died three times since a checkpoint was kept, and not before",
    ],
  ],
  "its node's daemon dies": [KILLS],
  "its node loses its power": [[
    runs,
    "a stage whose node loses its power begins once more, on another node, to the same bytes",
  ]],
  "its time limit": [[
    runs,
    "a worker at its time limit keeps a checkpoint and goes on from there, to the same bytes",
  ]],
  "its time limit, and a stage kept no checkpoint": [[
    ends,
    "a stage without checkpoints that takes longer than a worker may stay fails the second time, with what helps",
  ]],
  "it is preempted, or cancelled by hand": [
    [
      ends,
      "openFleet() says that a worker was preempted, and waits for one that is to start again",
    ],
    [
      runs,
      "a worker that is cancelled by hand keeps a checkpoint, and another that the run asks for goes on from there",
    ],
  ],
  "Slurm's controller dies": [
    KILLS,
    [
      fleet,
      "openFleet() waits while the controller is down, and loses no worker",
    ],
  ],
  "the run is killed, or its login node": [
    KILLS,
    [
      runs,
      "a run that is killed finds its workers again, and one that is stopped leaves no job",
    ],
  ],
  "Ctrl-C": [[
    runs,
    "a run that is killed finds its workers again, and one that is stopped leaves no job",
  ]],
  "a node cannot start its job, and Slurm holds it": [[
    ends,
    "openFleet() cancels a worker that Slurm holds since its node could not start it, and asks for another",
  ]],
  "all nodes are down, drained or reserved": [
    [
      fleet,
      "refusal() tells what Slurm would not take before anything is submitted",
    ],
    [fleet, "openFleet() keeps arrays as small as Slurm wants them"],
  ],
  "Slurm's queue is full, or gives no answer": [
    [
      fleet,
      "openFleet() says that Slurm's queue is full, and submits nothing more until it knows",
    ],
    [
      fleet,
      "openFleet() finds the workers of a run that was killed, and asks for none twice",
    ],
  ],
  "an account may submit no more jobs": [[
    accounts,
    "openFleet() fits to how many jobs an account may submit, and says so",
  ]],
  "Slurm does not put a job back into the queue": [[
    fleet,
    "openFleet() asks for another worker in place of one that Slurm does not put back into the queue",
  ]],
  "accounting is off, slow, empty or wrong": [
    [
      accounts,
      "openFleet() believes accounting about the ends of workers that the queue has forgotten, and about nothing else",
    ],
    [accounts, "openFleet() works on while accounting is off for ten minutes"],
    [
      fleet,
      "openFleet() takes no job for its own that was given the id of one",
    ],
  ],
  "the disk is full, or a node cannot access it": [[
    "engine/run/queue/serve_queue_test.ts",
    "serveQueue() ends and leaves the stage to others when the system cannot read an input",
  ]],
};

Deno.test("every row of the guide's table of faults is shown by tests, and every such test is there", async () => {
  const guide = await Deno.readTextFile(join(ROOT, "docs/guide/clusters.md"));
  const [section = ""] = guide.split(/^## /m).filter((section) =>
    section.startsWith("What happens when something fails\n")
  );
  const [, ...rows] = [...section.matchAll(/^\| (.*?) +\|.*\|$/gm)]
    .map(([, fault = ""]) => fault).filter((fault) => !/^-+$/.test(fault));
  assert.deepEqual(rows, Object.keys(SHOWN_BY));
  for (const [path, name] of Object.values(SHOWN_BY).flat()) {
    const tests = await Deno.readTextFile(join(ROOT, "tests", path));
    assert.ok(tests.includes(`"${name}"`), `${path}: ${name}`);
  }
});
