import assert from "node:assert/strict";
import { missingWorkers } from "../../../../engine/run/slurm/sizing.ts";

const missing = (
  [ready, running]: readonly [number, number],
  [pending, atWork]: readonly [number, number],
  { jobs = 1, most = 100 } = {},
) =>
  missingWorkers({ ready, running }, {
    supply: { pending, running: atWork },
    jobs,
    most,
  });

Deno.test("missingWorkers() asks for a worker for as many stages as one runs at once", () => {
  assert.equal(missing([10, 0], [0, 0], { jobs: 4 }), 3);
  assert.equal(missing([10, 4], [0, 1], { jobs: 4 }), 3);
  assert.equal(missing([10, 0], [0, 0], { jobs: 4, most: 2 }), 2);
});

Deno.test("missingWorkers() asks for none when nothing is ready, or enough are there", () => {
  assert.equal(missing([0, 5], [0, 0]), 0);
  assert.equal(missing([2, 2], [0, 4]), 0);
  assert.equal(missing([1, 0], [0, 9]), 0);
});

Deno.test("missingWorkers() waits for those in the queue, unless it would double their number", () => {
  assert.equal(missing([5, 0], [4, 0]), 0);
  assert.equal(missing([7, 0], [4, 0]), 0);
  assert.equal(missing([8, 0], [4, 0]), 4);
  assert.equal(missing([5, 0], [0, 4]), 1);
});

Deno.test("missingWorkers() makes few submissions of stages that come one by one", () => {
  let [workers, submissions] = [0, 0];
  for (let ready = 1; ready <= 1000; ready++) {
    const more = missing([ready, 0], [workers, 0], { most: 1000 });
    if (more > 0) submissions++;
    workers += more;
  }
  assert.equal(submissions, 10);
});
