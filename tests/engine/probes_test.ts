/** The nine probes of `tests/bench/peers/`, on this project. */
import assert from "node:assert/strict";
import { ours } from "../bench/peers/ours.ts";
import { probe, PROBES } from "../bench/peers/probes.ts";
import { inFull } from "../full.ts";

for (const one of [...PROBES.slice(0, 1), ...inFull(...PROBES.slice(1))]) {
  Deno.test(`reproduce() runs what it must and no more: ${one.name}`, async () => {
    const { ran, wrong } = await probe(ours, one, { settleMilliseconds: 0 });
    assert.ok(one.wanted.includes(ran), `"${ran}" ran`);
    assert.equal(wrong, false, "its result is not that of a run from scratch");
  });
}
