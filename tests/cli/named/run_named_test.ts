import assert from "node:assert/strict";
import { runNamed } from "../../../cli/named/run_named.ts";
import type { HistoricRun } from "../../../engine/store/historic_run.ts";

const runs = ["aa11", "ab22", "b333"].map((id): HistoricRun => ({
  id,
  profile: "smoke",
  started: "2026-01-01T00:00:00.000Z",
  seconds: 1,
  state: "finished",
  commit: null,
  device: "toy",
  pipelines: {},
}));

Deno.test("runNamed() finds runs by id, by the beginning of one, and by their place", () => {
  for (
    const [name, id] of [
      ["aa11", "aa11"],
      ["ab", "ab22"],
      ["latest", "b333"],
      ["previous", "ab22"],
    ] as const
  ) assert.equal(runNamed(name, runs).id, id);
});

Deno.test("runNamed() throws when several ids begin so", () => {
  assert.throws(
    () => runNamed("a", runs),
    /^UsageError: Cannot tell which run "a" is meant: aa11 and ab22 start with it; give more of the id$/,
  );
});
