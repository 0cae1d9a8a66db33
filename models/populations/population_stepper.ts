/**
 * The steps of several trainings at once, in one set of dispatches.
 *
 * @module
 */
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import { type CapturedStep, captureStep } from "../replay/capture.ts";
import { memberWrites } from "./member_writes.ts";
import { openPopulation, type Population } from "./population.ts";
import { openReplayer, type Replayer } from "../replay/replayer.ts";
import { trainStep } from "../training/stepper.ts";
import { learningRate, STEPS_BETWEEN_READINGS } from "../training/plan.ts";
import {
  changing,
  disposeTraining,
  startTraining,
  type Training,
} from "../training/state.ts";

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
  /** Frees what the stepper holds; the members stay. */
  dispose(): void;
}

/**
 * Opens a stepper of `members`, which are trainings of one shape. It records
 * the first step of another training of that shape, so that every member starts
 * from what it holds now.
 */
export async function openPopulationStepper(
  gpu: Gpu,
  members: readonly Training[],
): Promise<PopulationStepper> {
  const example = await captureExample(gpu, members[0] as Training);
  const { captured, recorded } = example;
  let population: Population | undefined;
  let replayer: Replayer;
  try {
    population = openPopulation(gpu.device, captured.recording, {
      recorded,
      members: members.map((member) => ownBuffers(gpu, member)),
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
  function each(work: (member: Training) => void): void {
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
      each(({ feed, optimizer, average, plan: { schedule } }) => {
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
      changing(members[member] as Training).forEach(gpu.touched);
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
function ownBuffers(gpu: Gpu, training: Training): readonly GPUBuffer[] {
  return [...changing(training).map(gpu.bufferOf), ...training.feed.buffers];
}

/**
 * Records the first step of a training like `member`. That training is kept,
 * though of no further use: the recording reads its constants.
 */
async function captureExample(gpu: Gpu, member: Training): Promise<Example> {
  const training = await startTraining(member.options);
  try {
    training.feed.startEpoch(1);
    training.feed.moveTo(0);
    const recorded = ownBuffers(gpu, training);
    const captured = captureStep(gpu, {
      step: () => trainStep(training, 0),
      carried: changing(training),
    });
    return {
      captured,
      recorded,
      dispose() {
        captured.dispose();
        disposeTraining(training);
      },
    };
  } catch (error) {
    disposeTraining(training);
    throw error;
  }
}
