import { type Images, take } from "../../data/images/images.ts";
import type { TogetherStage } from "../../engine/define/any_task.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import { rightPredictions } from "../../models/prediction/right_predictions.ts";
import {
  byEpoch,
  type NetworksOfRun,
} from "../../models/model/networks_of_run.ts";
import { populationSize } from "../../models/populations/population_size.ts";
import { contextOfAll, withDevice } from "../../models/device/with_device.ts";
import {
  type Evaluation,
  evaluations,
  type JudgedSet,
  judgedSet,
} from "../../shifts/measure/evaluation.ts";

const prediction = later<
  typeof import("../../models/populations/predict_population.ts")
>(
  import.meta.resolve("../../models/populations/predict_population.ts"),
);

/** Networks of one run, and the images that they are tested on. */
export interface EvaluateArgs extends NetworksOfRun {
  /** Sets of test images with the same classes. */
  readonly sets: Readonly<Record<string, Images>>;
  /**
   * Names of the classes among which they must choose: images of others are
   * left out, and others are never predicted. For a shifted set that lacks a
   * class, so that the reference set is as hard. All where left out.
   */
  readonly among?: readonly string[];
}

/**
 * Which images of each set each network gets right, and how many of each class.
 * On a GPU, the networks of several runs predict the same images at once.
 */
export const evaluate = defineTask({
  module: import.meta.url,
  name: "evaluate",
  result: evaluations,
  async run(args: EvaluateArgs, context) {
    const [evaluation] = await evaluateAll([{ args, context }]);
    return evaluation as Evaluation;
  },
  together: {
    most: populationSize,
    group: ({ model = null, modelOptions = null }) => ({ model, modelOptions }),
    run: async (stages) =>
      await evaluateAll(stages).then(
        (all) => all.map((value) => ({ status: "fulfilled", value })),
        // One of them may be to blame, or all together too large.
        () =>
          Promise.allSettled(stages.map(async (stage) => {
            const [evaluation] = await evaluateAll([stage]);
            return evaluation as Evaluation;
          })),
      ),
  },
});

type Stage = TogetherStage<EvaluateArgs>;

/** An evaluation that is being filled in. */
interface Plan {
  readonly stage: Stage;
  readonly inOrder: ReturnType<typeof byEpoch>;
  readonly sets: EvaluateArgs["sets"];
  /** Of each class whether it may be predicted. */
  readonly allowed: readonly boolean[];
  readonly evaluation: Evaluation & {
    readonly networks: readonly { readonly sets: Record<string, JudgedSet> }[];
  };
  done: number;
}

function planOf(stage: Stage): Plan {
  const { name, seed, networks } = stage.args;
  const inOrder = byEpoch(networks, { to: "evaluate" });
  const classes = classesOf(stage.args.sets);
  const allowed = allowedAmong(classes, stage.args.among ?? classes);
  const sets = Object.fromEntries(
    Object.entries(stage.args.sets).map(([set, images]) =>
      [set, takeAllowed(images, allowed)] as const
    ),
  );
  return {
    stage,
    inOrder,
    sets,
    allowed,
    done: 0,
    evaluation: {
      name,
      seed,
      classes,
      labels: Object.fromEntries(
        Object.entries(sets).map(([set, { labels }]) => [set, labels]),
      ),
      networks: inOrder.map(({ epoch }) => ({
        ...(epoch === undefined ? {} : { epoch }),
        sets: {},
      })),
    },
  };
}

/** Evaluates stages with one model: all their networks at once on each set of images. */
async function evaluateAll(
  stages: readonly Stage[],
): Promise<readonly Evaluation[]> {
  const contexts = stages.map(({ context }) => context);
  return await withDevice(contextOfAll(contexts), async (device) => {
    const { predictPopulation } = await prediction();
    const plans = stages.map(planOf);
    const uses = plans.flatMap((plan) =>
      Object.entries(plan.sets).flatMap(([set, images]) =>
        plan.inOrder.map(({ weights }, k) => ({
          plan,
          set,
          images,
          weights,
          k,
        }))
      )
    );
    for (const [images, users] of Map.groupBy(uses, ({ images }) => images)) {
      const { model, modelOptions } =
        (users[0] as typeof uses[0]).plan.stage.args;
      const all = await predictPopulation({
        model,
        modelOptions,
        images,
        device,
        networks: users.map(({ weights }) => weights),
        signal: AbortSignal.any(contexts.map(({ signal }) => signal)),
        onPredicted(k) {
          const { plan } = users[k] as typeof uses[0];
          const total = plan.inOrder.length * Object.keys(plan.sets).length;
          plan.stage.context.progress({
            unit: "test set",
            done: ++plan.done,
            total,
          });
        },
      });
      for (const [i, { plan, set, k }] of users.entries()) {
        const network = plan.evaluation.networks[k];
        if (network === undefined) continue;
        const given = { labels: images.labels, classes: images.classes.length };
        const logits = (all[i] as Float32Array).map((logit, at) =>
          plan.allowed[at % given.classes] === true ? logit : -Infinity
        );
        network.sets[set] = judgedSet(rightPredictions(logits, given), given);
      }
    }
    return plans.map(({ evaluation }) => evaluation);
  });
}

function classesOf(sets: EvaluateArgs["sets"]): readonly string[] {
  const [classes = [], ...others] = Object.values(sets)
    .map(({ classes }) => classes);
  if (others.some((other) => other.join("\n") !== classes.join("\n"))) {
    throw new TypeError(
      "Cannot evaluate networks: the sets of images differ in class names",
    );
  }
  return classes;
}

/**
 * Of each class whether it is one of those that count.
 *
 * @throws {RangeError} if one of these is none of the classes
 */
function allowedAmong(
  classes: readonly string[],
  among: readonly string[],
): readonly boolean[] {
  const missing = among.find((label) => !classes.includes(label));
  if (missing !== undefined) {
    throw new RangeError(
      `Cannot evaluate among class "${missing}": the images have the classes ${
        classes.map((label) => `"${label}"`).join(", ")
      }`,
    );
  }
  return classes.map((label) => among.includes(label));
}

function takeAllowed(images: Images, allowed: readonly boolean[]): Images {
  return allowed.every((one) => one) ? images : take(
    images,
    [...images.labels.keys()].filter((i) =>
      allowed[images.labels[i] as number] === true
    ),
  );
}
