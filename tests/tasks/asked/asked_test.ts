import assert from "node:assert/strict";
import { QUICK } from "../../../pipelines/asked/findings.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { attributeDrop } from "../../../tasks/asked/attribute_drop.ts";
import { findBiases } from "../../../tasks/asked/find_biases.ts";
import { findSupport } from "../../../tasks/asked/find_support.ts";
import { judgeEvidence } from "../../../tasks/asked/judge_evidence.ts";
import { removeDuplicates } from "../../../tasks/asked/remove_duplicates.ts";
import { tellApart } from "../../../tasks/asked/tell_apart.ts";
import { tellTestApart } from "../../../tasks/asked/tell_test_apart.ts";
import { plantedSets } from "../../models/asked/planted_sets.ts";
import { runTask } from "../run_task.ts";

Deno.test("the tasks of a question find, one after the other and through their codecs, what askQuickly() finds", async () => {
  const seed = 1;
  const given = plantedSets({ n: 100, seed: 2, outside: 0.5 });
  const {
    reference,
    test,
    shifted,
    wholeTest,
    wholeShifted,
    duplicates,
    examples,
    ...of
  } = await runTask(
    removeDuplicates,
    { ...given, seed, atMost: QUICK.atMost },
  );
  const sets = { reference, test, shifted };
  const whole = { wholeTest, wholeShifted };
  const { shift, scores } = await runTask(tellApart, {
    ...sets,
    seed,
    placebos: QUICK.splits,
  });
  const testShift = await runTask(tellTestApart, {
    reference,
    test,
    seed,
    placebos: QUICK.splits,
    permutations: QUICK.permutations,
  });
  const { outOfSupport, parts, typicality } = await runTask(findSupport, {
    ...sets,
    scores,
  });
  const { drop, worstGroups } = await runTask(attributeDrop, {
    ...sets,
    ...whole,
    scores,
    parts,
    seed,
    resamples: QUICK.resamples,
  });
  const { labels, biases } = await runTask(findBiases, {
    ...sets,
    ...whole,
    parts,
    seed,
    placebos: QUICK.permutations,
  });
  const findings = await runTask(judgeEvidence, {
    examples,
    duplicates,
    shift,
    testShift,
    outOfSupport,
    drop,
    worstGroups,
    labels,
    biases,
    canTrain: true,
  });
  assert.deepEqual(findings, askQuickly(given, { seed }));
  assert.deepEqual(
    [of.testPlaces, of.shiftedPlaces, of.testGroups, of.shiftedGroups]
      .map(({ length }) => length),
    [100, 100, 100, 100],
  );
  assert.equal(typicality.length, 100);
  assert.equal(parts.inSupport.length, 100);
});
