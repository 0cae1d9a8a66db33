import assert from "node:assert/strict";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import { slurmFor } from "../../../cli/slurm/slurm_options.ts";

Deno.test("slurmFor() refuses a folder that workers could not be permitted", async () => {
  const line = {
    executor: "slurm",
    slurm: undefined,
    detach: false,
    sbatch: [],
    lease: undefined,
  };
  const places = { root: "/p", store: "/m/a,b", folder: "/p" };
  await assert.rejects(
    slurmFor(line, { ...places, show() {} }),
    new UsageError(
      'Cannot permit "/m/a,b": to Deno a comma ends a path; name a link to it that has none',
    ),
  );
});
