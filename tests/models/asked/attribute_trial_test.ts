import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { type Stream, stream } from "../../../engine/define/random.ts";
import { attributeTrial } from "../../../models/asked/attribute_trial.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import {
  type Evaluation,
  judgedSet,
} from "../../../shifts/measure/evaluation.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import type { FoundDrop } from "../../../stats/asked/ask_findings_schemas.ts";
import { attributeTrial as task } from "../../../tasks/asked/attribute_trial.ts";
import { close } from "../../stats/reference.ts";
import { runTask } from "../../tasks/run_task.ts";

const N = 600;
const CLASSES = ["a", "b"];

/** Two classes that features tell, nine in ten of the first, or one in ten. */
function drawn(random: Stream, first: number): AskedSet {
  const labels = Int32Array.from(
    { length: N },
    () => random.uniform() < first ? 0 : 1,
  );
  const values = Float32Array.from(
    { length: 4 * N },
    (_, i) =>
      random.normal() +
      (i % 4 === 0 && labels[Math.floor(i / 4)] === 1 ? 6 : 0),
  );
  return {
    n: N,
    features: { own: { values, dimension: 4 } },
    properties: {},
    labels,
    classes: CLASSES,
    groups: null,
    names: null,
    right: {},
  };
}

const random = stream(1, "trial");
const SETS = {
  reference: drawn(random, 0.7),
  test: drawn(random, 0.7),
  shifted: drawn(random, 0.3),
};
/** Every second shifted example is out of support, whatever its class. */
const INSIDE = Array.from({ length: N }, (_, i) => i % 2 === 0);
const { scores } = tellApart(SETS, { seed: 1, placebos: 2 });
const OPTIONS = { seed: 1, resamples: 200, scores, parts: partsOf(INSIDE) };

/** A network that is right so often on each class, and on shifted examples less often by `lower`, or by `beyond` on those out of support. */
function network(
  name: string,
  { accuracies, lower = 0, beyond = 0 }: {
    readonly accuracies: readonly [number, number];
    readonly lower?: number;
    readonly beyond?: number;
  },
): Evaluation {
  const draws = stream(2, name);
  const { test, shifted } = SETS;
  const judged = ({ labels }: AskedSet, less: (i: number) => number) => {
    assert.ok(labels !== null);
    return judgedSet(
      Uint8Array.from(
        labels,
        (label, i) =>
          draws.uniform() < (accuracies[label as 0 | 1]) - less(i) ? 1 : 0,
      ),
      { labels, classes: CLASSES.length },
    );
  };
  return {
    name,
    seed: 2,
    classes: CLASSES,
    labels: {
      reference: test.labels ?? assert.fail(),
      shifted: shifted.labels ?? assert.fail(),
    },
    networks: [{
      sets: {
        reference: judged(test, () => 0),
        shifted: judged(
          shifted,
          (i) => lower + (INSIDE[i] === true ? 0 : beyond),
        ),
      },
    }],
  };
}

const named = (name: string, n: number, of: Parameters<typeof network>[1]) =>
  Array.from({ length: n }, (_, k) => network(`${name} ${k}`, of));

/** Of classes with these shares, half of which both sets have: harder examples, other labels, what the reference lacks. */
function expect(drop: FoundDrop | null, terms: readonly number[]): FoundDrop {
  assert.ok(drop !== null && drop.terms.length === 3);
  const sum = terms.reduce((all, term) => all + term, 0);
  const found = [{ value: drop.total, ...drop }, ...drop.terms];
  for (const [k, { value, low, high }] of found.entries()) {
    const truth = [sum, ...terms][k] ?? NaN;
    assert.ok(low <= truth && truth <= high, `${k}: ${low} to ${high}`);
    close(value, truth, 0.03);
  }
  close(
    drop.terms.reduce((all, { value }) => all + value, 0),
    drop.total,
    1e-12,
  );
  return drop;
}

Deno.test("attributeTrial() takes apart the drops of the mean network from scratch and of the mean fine-tuned one", async () => {
  // The rarer class is harder from scratch, and nothing else is; fine-tuned networks find all labels changed.
  const hits = {
    baselines: named("scratch", 8, { accuracies: [0.9, 0.5] }),
    fineTuned: named("tuned", 3, { accuracies: [0.9, 0.9], lower: 0.2 }),
  };
  const found = attributeTrial(SETS, { ...OPTIONS, ...hits });
  // On what is shared both classes are as frequent: 0.78, then 0.7, then 0.62.
  const own = expect(found.drop, [0.08, 0, 0.08]);
  const tuned = expect(found.fineTunedDrop, [0, 0.2, 0]);
  assert.deepEqual([own.models, tuned.models], [8, 3]);
  assert.equal(found.worstGroups[0]?.group, "class b");
  assert.deepEqual(
    await runTask(task, { ...SETS, ...OPTIONS, ...hits }),
    found,
  );
});

Deno.test("attributeTrial() compares parts among examples that networks from scratch find as difficult, of which fine-tuned ones may be few", () => {
  const { drop, fineTunedDrop } = attributeTrial(SETS, {
    ...OPTIONS,
    baselines: named("scratch", 8, { accuracies: [0.9, 0.5] }),
    fineTuned: named("tuned", 2, { accuracies: [0.9, 0.5], beyond: 0.3 }),
  });
  const [own, tuned] = [drop, fineTunedDrop].map((one) =>
    one?.difficultyControlled?.difference ?? assert.fail()
  );
  assert.ok(own !== undefined && own.low < 0 && own.high > 0);
  assert.ok(tuned !== undefined && tuned.low < 0.3 && tuned.high > 0.3);
  close(tuned.value, 0.3, 0.05);
});

Deno.test("attributeTrial() tells nothing of fine-tuned networks where there are none, and nothing of difficulty by three from scratch", () => {
  const baselines = named("scratch", 3, { accuracies: [0.9, 0.5] });
  const { drop, fineTunedDrop } = attributeTrial(SETS, {
    ...OPTIONS,
    baselines,
    fineTuned: [],
  });
  assert.equal(fineTunedDrop, null);
  assert.equal(drop?.difficultyControlled, null);
});

Deno.test("attributeTrial() refuses networks that were judged on other examples", () => {
  const [one] = named("scratch", 1, { accuracies: [0.9, 0.5] });
  assert.ok(one !== undefined);
  const labels = {
    ...one.labels,
    shifted: one.labels["shifted"]?.map((label) => 1 - label) ?? assert.fail(),
  };
  assert.throws(
    () =>
      attributeTrial(SETS, {
        ...OPTIONS,
        baselines: [{ ...one, labels }],
        fineTuned: [],
      }),
    /drop of "scratch 0": it was judged on other examples than the 600 of the set "shifted"/,
  );
});
