/**
 * The steps of several trainings at once, in one set of dispatches.
 *
 * @module
 */
import type { ImageFeed } from "./image_feed.ts";
import type { Gpu } from "./kernels/webgpu/gpu.ts";
import { openFeed } from "./open_feed.ts";
import { type CapturedStep, captureStep } from "./replay/capture.ts";
import { memberWrites } from "./replay/member_writes.ts";
import { openPopulation, type Population } from "./replay/population.ts";
import { openReplayer, type Replayer } from "./replay/replayer.ts";
import { learningRate } from "./schedule.ts";
import { startNetwork } from "./start_network.ts";
import { computeStep, STEPS_BETWEEN_READINGS } from "./stepper.ts";
import type { TrainOptions } from "./training_options.ts";
import type { TrainingPlan } from "./training_plan.ts";
import {
  changing,
  disposeTraining,
  startTraining,
  type TrainingState,
} from "./training_state.ts";

/** One of the trainings. */
export interface PopulationMember {
  readonly options: TrainOptions;
  readonly plan: TrainingPlan;
  readonly state: TrainingState;
  readonly feed: ImageFeed;
}

/** Takes the steps of all members. */
export interface PopulationStepper extends Pick<Population, "dispatches"> {
  /** Steps whose losses wait to be read. */
  readonly waiting: number;
  /** Begins an epoch (from 1) of every member. */
  startEpoch(epoch: number): void;
  /** Takes step `step` (from 0, of all epochs) of every member, with batch `index` of the epoch. */
  take(step: number, index: number): void;
  /** The losses since the last reading: of each member, in order. */
  readLosses(): Promise<readonly Float32Array[]>;
  /** Starts a member from what its variables hold. */
  load(member: number): void;
  /** Puts what a member has become into its variables. */
  store(member: number): void;
  /** Frees what the stepper holds; the members' states and feeds stay. */
  dispose(): void;
}

/**
 * Opens a stepper of `members`, which are trainings of one shape. It records
 * the first step of another training of that shape, so that every member starts
 * from what it holds now.
 */
export async function openPopulationStepper(
  gpu: Gpu,
  members: readonly PopulationMember[],
): Promise<PopulationStepper> {
  const example = await captureExample(gpu, members);
  const { captured, recorded } = example;
  let population: Population | undefined;
  let replayer: Replayer;
  try {
    population = openPopulation(gpu.device, captured.recording, {
      recorded,
      members: members.map(({ state, feed }) => ownBuffers(gpu, state, feed)),
    });
    const loss = gpu.bufferOf(captured.output);
    const { rangeOf } = population;
    replayer = openReplayer(gpu.device, population, {
      outputs: members.map((_, m) => ({
        ...rangeOf(loss, m),
        bytes: 4,
      })),
      capacity: STEPS_BETWEEN_READINGS,
    });
  } catch (error) {
    population?.dispose();
    example.dispose();
    throw error;
  }
  const { load, store, dispatches, dispose } = population;
  const writes = memberWrites(gpu.device, population);

  /** Does `work` for each member; what it writes goes to the member's ranges. */
  function each(work: (member: PopulationMember) => void): void {
    for (const [m, member] of members.entries()) {
      gpu.redirect(
        (buffer, values) => writes.take(m, { buffer, values }),
        () => work(member),
      );
    }
  }

  return {
    dispatches,
    get waiting() {
      return replayer.waiting;
    },
    startEpoch: (epoch) => each(({ feed }) => feed.startEpoch(epoch)),
    take(step, index) {
      each(({ feed, state: { optimizer, average }, plan: { schedule } }) => {
        feed.moveTo(index);
        optimizer.advance({ step, learningRate: learningRate(step, schedule) });
        average?.advance(step);
      });
      writes.flush();
      replayer.step();
    },
    async readLosses() {
      const n = members.length;
      const rows = await replayer.read();
      return members.map((_, m) => rows.filter((_, i) => i % n === m));
    },
    load(member) {
      gpu.flush(); // tfjs may not have computed yet what is to be copied
      load(member);
    },
    store(member) {
      store(member);
      const { state } = members[member] as PopulationMember;
      changing(state).forEach(gpu.touched);
    },
    dispose() {
      replayer.dispose();
      dispose();
      example.dispose();
    },
  };
}

/** A step that was recorded of some training of a shape. */
interface Example {
  readonly captured: CapturedStep;
  /** The training's own buffers. */
  readonly recorded: readonly GPUBuffer[];
  dispose(): void;
}

/** What a training has of its own on the GPU, in an order that its shape decides. */
function ownBuffers(
  gpu: Gpu,
  state: TrainingState,
  feed: ImageFeed,
): readonly GPUBuffer[] {
  return [...changing(state).map(gpu.bufferOf), ...feed.buffers];
}

/**
 * Records the first step of a training of the members' shape. That training is
 * kept, though of no further use: the recording reads its constants.
 */
async function captureExample(
  gpu: Gpu,
  members: readonly PopulationMember[],
): Promise<Example> {
  const { options, plan } = members[0] as PopulationMember;
  const state = startTraining(await startNetwork(options), options);
  let feed: ImageFeed | undefined;
  const disposeExample = () => {
    feed?.dispose();
    disposeTraining(state);
  };
  try {
    const own = feed = openFeed(options.images, options);
    own.startEpoch(1);
    own.moveTo(0);
    const recorded = ownBuffers(gpu, state, own);
    const captured = captureStep(gpu, {
      step: () => computeStep(state, { ...options, plan, feed: own, step: 0 }),
      carried: changing(state),
    });
    return {
      captured,
      recorded,
      dispose() {
        captured.dispose();
        disposeExample();
      },
    };
  } catch (error) {
    disposeExample();
    throw error;
  }
}
