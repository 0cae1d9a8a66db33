/**
 * Training several networks of one shape at once.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { resumeTraining } from "../training/checkpoint.ts";
import { epochLosses } from "../training/epoch_losses.ts";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import { architectureOf } from "../model/model.ts";
import {
  openPopulationStepper,
  type PopulationStepper,
} from "./population_stepper.ts";
import { keepEpoch, train, trainedOf } from "../training/train.ts";
import type {
  Trained,
  TrainingRecipe,
  TrainOptions,
} from "../training/options.ts";
import {
  disposeTraining,
  startTraining,
  type Training,
} from "../training/state.ts";

/** How the training of one network ended. */
export type TrainingEnd = PromiseSettledResult<Trained>;

interface Running extends Training {
  /** Saves a checkpoint when it is time. */
  readonly save: () => Promise<void>;
  /** Why it does not go on, once it does not. */
  failure?: { readonly reason: unknown };
}

/**
 * Trains several networks, those of one shape at once: each to the bytes that
 * `train` gives it alone, with a checkpoint of its own. The failure of one does
 * not end the others. Where there is no GPU, they are trained one by one.
 *
 * @throws {GpuFault} if the device reports an error
 */
export async function trainPopulation(
  all: readonly TrainOptions[],
): Promise<readonly TrainingEnd[]> {
  const ends = new Map<TrainOptions, TrainingEnd>();
  for (const alike of Map.groupBy(all, populationShape).values()) {
    const gpu = alike[0]?.device.gpu;
    const results = gpu === undefined || alike.length === 1
      ? await trainOneByOne(alike)
      : await trainAtOnce(gpu, alike);
    for (const [i, options] of alike.entries()) {
      ends.set(options, results[i] as TrainingEnd);
    }
  }
  return all.map((options) => ends.get(options) as TrainingEnd);
}

/**
 * What networks that are trained in one set of dispatches have in common, as
 * text: all that decides which commands a step consists of, and how many steps
 * there are. They may differ in seed, images of the same shape and number,
 * learning rate, warmup and the weights that they start from.
 */
function populationShape(recipe: TrainingRecipe): string {
  const { model, modelOptions, images, augmentation, optimizer } = recipe;
  const { epochs, steps, batchSize, labelSmoothing, clipNorm } = recipe;
  const { averageDecay, keepEpochs, trainable } = recipe;
  return JSON.stringify({
    model: model.name,
    modelOptions,
    augmentation: augmentation.name,
    optimizer: { ...optimizer, learningRate: undefined },
    length: { epochs, steps, batchSize },
    loss: { labelSmoothing, clipNorm },
    kept: { averageDecay, keepEpochs, trainable },
    shape: images.shape,
    classes: images.classes.length,
    n: images.labels.length,
  });
}

async function trainAtOnce(
  gpu: Gpu,
  all: readonly TrainOptions[],
): Promise<readonly TrainingEnd[]> {
  gpu.turnTo(architectureOf(all[0] as TrainOptions));
  const members: Running[] = [];
  const unfit = new Map<number, TrainingEnd>();
  let stepper: PopulationStepper | undefined;
  try {
    for (const [i, options] of all.entries()) {
      try {
        members.push(await open(options));
      } catch (reason) {
        options.device.tick();
        unfit.set(i, { status: "rejected", reason });
      }
    }
    const [first] = members;
    if (first !== undefined) {
      stepper = await openPopulationStepper(gpu, members);
      for (const m of members.keys()) stepper.load(m);
      for (let epoch = 1; epoch <= first.plan.epochs; epoch++) {
        await trainEpoch(epoch, { members, stepper });
      }
    }
    const ends = (await endsOf(members)).values();
    return all.map((_, i) => unfit.get(i) ?? ends.next().value as TrainingEnd);
  } finally {
    stepper?.dispose();
    members.forEach(disposeTraining);
    gpu.trim();
  }
}

/** Trains the networks one after the other: slower, with the memory of one. */
async function trainOneByOne(
  all: readonly TrainOptions[],
): Promise<readonly TrainingEnd[]> {
  const ends: TrainingEnd[] = [];
  for (const options of all) {
    const [end] = await Promise.allSettled([train(options)]);
    ends.push(end);
    options.device.tick();
  }
  return ends;
}

/** A training at its beginning, or where its checkpoint left it. */
async function open(options: TrainOptions): Promise<Running> {
  const training = await startTraining(options);
  try {
    return { ...training, save: await resumeTraining(training) };
  } catch (error) {
    disposeTraining(training);
    throw error;
  }
}

/** Does something for one member; what it throws ends that member alone, unless the device is to blame. */
async function attempt(
  member: Running,
  work: () => void | Promise<void>,
): Promise<void> {
  if (member.failure !== undefined) return;
  try {
    await work();
  } catch (reason) {
    member.options.device.tick();
    member.failure = { reason };
  }
}

/**
 * One epoch of all members that have not done it. A member whose checkpoint is
 * ahead of the others, or that has failed, computes along; what it computes is
 * dropped.
 */
async function trainEpoch(
  epoch: number,
  { members, stepper }: {
    readonly members: readonly Running[];
    readonly stepper: PopulationStepper;
  },
): Promise<void> {
  const running = new Map(
    [...members.entries()]
      .filter(([, { history, failure }]) =>
        failure === undefined && history.length < epoch
      )
      .map(([m, member]) => [
        m,
        { member, losses: epochLosses(epoch, member) },
      ]),
  );
  const [first] = running.values();
  if (first === undefined) return;
  const { plan, options: { device } } = first.member;
  const end = Math.min(epoch * plan.stepsPerEpoch, plan.steps);
  let step = (epoch - 1) * plan.stepsPerEpoch;
  stepper.startEpoch(epoch);
  for (let index = 0; step < end; index++) {
    await turnOfEventLoop(); // lets an abort or a GPU error through
    for (const { member } of running.values()) {
      await attempt(member, () => member.options.signal?.throwIfAborted());
    }
    stepper.take(step, index);
    device.tick();
    step++;
    if (stepper.waiting < plan.readEvery && step < end) continue;
    const values = await stepper.readLosses();
    device.tick();
    for (const [m, { member, losses }] of running) {
      await attempt(member, () => losses.add(values[m] as Float32Array, step));
    }
    if ([...running.values()].every(({ member }) => member.failure)) return;
  }
  for (const [m, member] of members.entries()) {
    if (running.has(m)) await attempt(member, () => stepper.store(m));
    else stepper.load(m);
  }
  // At once: a GPU idles in every wait for what is read back.
  const ends = await Promise.allSettled(
    running.values().map(({ member, losses }) =>
      attempt(member, async () => {
        member.history.push(losses.record());
        await keepEpoch(member);
        await member.save();
      })
    ),
  );
  const fault = ends.find(({ status }) => status === "rejected");
  if (fault?.status === "rejected") throw fault.reason;
}

async function endsOf(
  members: readonly Running[],
): Promise<readonly TrainingEnd[]> {
  const ends = await Promise.allSettled(members.map((member) => {
    const { failure } = member;
    return failure === undefined
      ? trainedOf(member)
      : Promise.reject(failure.reason);
  }));
  members[0]?.options.device.tick();
  return ends;
}
