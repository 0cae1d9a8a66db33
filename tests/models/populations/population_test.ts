import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Device } from "../../../models/device/device.ts";
import { copyDispatch } from "../../../models/populations/copy_dispatch.ts";
import { memberWrites } from "../../../models/populations/member_writes.ts";
import {
  openPopulation,
  type PopulationLimits,
} from "../../../models/populations/population.ts";
import type { Recording } from "../../../models/kernels/webgpu/gpu/recording.ts";
import { onEachDevice } from "../on_each_device.ts";
import {
  bufferOf,
  dispatchOf,
  read,
  recordingOf,
  run,
} from "../replay/hand_made.ts";

/** Two passes and a copy: an intermediate, a state that goes on, data that all share, a number of the step. */
const ADD = `
@group(0) @binding(0) var<storage, read_write> between: array<f32>;
@group(0) @binding(1) var<storage, read> state: array<f32>;
@group(0) @binding(2) var<storage, read> data: array<f32>;
@group(0) @binding(3) var<uniform> rate: f32;
@compute @workgroup_size(4)
fn main(@builtin(local_invocation_id) l: vec3u) {
  between[l.x] = state[l.x] * 0.5 + data[l.x] * rate;
}`;
const SQUARE = `
@group(0) @binding(0) var<storage, read_write> next: array<f32>;
@group(0) @binding(1) var<storage, read> between: array<f32>;
@compute @workgroup_size(4)
fn main(@builtin(local_invocation_id) l: vec3u) {
  next[l.x] = between[l.x] + between[3u - l.x] / 3.0;
}`;
/** The same, but its length is asked for. */
const ASKING = SQUARE.replace("3u - l.x", "arrayLength(&between) - 1u - l.x");

interface Step {
  readonly recording: Recording;
  readonly state: GPUBuffer;
  readonly data: GPUBuffer;
  readonly rate: GPUBuffer;
  /** Where the second pass writes what becomes the state. */
  readonly next: GPUBuffer;
}

function stepOf(gpu: GPUDevice, second = SQUARE): Step {
  const zeros = () => bufferOf(gpu, new Float32Array(4));
  const [state, data, rate, between, next] = [1, 2, 3, 4, 5].map(zeros);
  assert(state && data && rate && between && next);
  const commands = [
    dispatchOf(gpu, {
      code: ADD,
      bound: [between, state, data, { buffer: rate, offset: 0, size: 16 }],
    }),
    dispatchOf(gpu, { code: second, bound: [next, between] }),
    {
      kind: "copy",
      from: next,
      fromOffset: 0,
      to: state,
      toOffset: 0,
      bytes: 16,
    } as const,
  ];
  return {
    recording: recordingOf(commands, { dynamic: [rate] }),
    state,
    data,
    rate,
    next,
  };
}

const STATES = [[1, 2, 3, 4], [5, 6, 7, 8], [0.1, 0.2, 0.3, 0.4]];
const RATES = [0.1, 0.2, 0.7];

/** The states after two steps, each alone. */
async function alone(
  gpu: GPUDevice,
  { recording, state, data, rate }: Step,
  datas: readonly (readonly number[])[],
): Promise<readonly (readonly number[])[]> {
  const results = [];
  for (const [m, values] of STATES.entries()) {
    gpu.queue.writeBuffer(state, 0, Float32Array.from(values));
    gpu.queue.writeBuffer(data, 0, Float32Array.from(datas[m] ?? []));
    for (const step of [1, 2]) {
      gpu.queue.writeBuffer(rate, 0, Float32Array.of(step * (RATES[m] ?? 0)));
      run(gpu, recording.commands);
    }
    results.push(await read(gpu, { buffer: state }));
  }
  return results;
}

/** The same by a population. */
async function together(
  gpu: GPUDevice,
  { recording, state, data, rate }: Step,
  { datas, own = [], limits }: {
    readonly datas: readonly GPUBuffer[];
    /** Buffers for the states of some members. */
    readonly own?: readonly (GPUBuffer | undefined)[];
    readonly limits?: PopulationLimits;
  },
) {
  const members = STATES.map((values, m) => {
    const state = own[m] ?? bufferOf(gpu, new Float32Array(4));
    gpu.queue.writeBuffer(state, 0, Float32Array.from(values));
    return [state, datas[m] as GPUBuffer];
  });
  const population = openPopulation(gpu, recording, {
    recorded: [state, data],
    members,
    ...limits && { limits },
  });
  const writes = memberWrites(gpu, population);
  for (const m of members.keys()) population.load(m);
  for (const step of [1, 2]) {
    for (const [m, value] of RATES.entries()) {
      const values = Float32Array.of(step * value);
      assert(writes.take(m, { buffer: rate, values }));
    }
    writes.flush();
    run(gpu, population.commands);
  }
  for (const m of members.keys()) population.store(m);
  const states = await Promise.all(
    members.map(([buffer]) => read(gpu, { buffer: buffer as GPUBuffer })),
  );
  const { dispatches, bytes, commands } = population;
  population.dispose();
  return { states, dispatches, bytes, kinds: commands.map(({ kind }) => kind) };
}

function gpuOf(device: Device): GPUDevice {
  device.tick();
  return (tf.backend() as unknown as { device: GPUDevice }).device;
}

/** Limits of the device, but for some. */
function smaller(
  { limits }: GPUDevice,
  changes: Partial<PopulationLimits>,
): PopulationLimits {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxUniformBufferBindingSize: limits.maxUniformBufferBindingSize,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    ...changes,
  };
}

const DATA = [[1, 1, 2, 2], [3, 1, 4, 1], [9, 8, 7, 6]];
const onSoftware = { devices: ["webgpu-software"] } as const;

/** Buffers with the data of each member, and the results of each alone. */
async function expectation(gpu: GPUDevice, step: Step) {
  return {
    datas: DATA.map((values) => bufferOf(gpu, Float32Array.from(values))),
    expected: await alone(gpu, step, DATA),
  };
}

onEachDevice(
  "openPopulation() ends with the same bytes as each member alone when all is widened",
  async (device) => {
    const gpu = gpuOf(device);
    const step = stepOf(gpu);
    const { datas, expected } = await expectation(gpu, step);
    const { states, dispatches, bytes, kinds } = await together(gpu, step, {
      datas,
    });
    assert.deepEqual(states, expected);
    // The copy too.
    assert.deepEqual(kinds, ["dispatch", "dispatch", "dispatch"]);
    assert.deepEqual(dispatches, { widened: 2, looped: 0, reasons: [] });
    // State, data, rate, between, next: 256 bytes a member.
    assert.equal(bytes, 5 * 3 * 256);
    device.tick();
  },
  onSoftware,
);

onEachDevice(
  "openPopulation() keeps buffers apart when a member owns what the recording uses for something else",
  async (device) => {
    const gpu = gpuOf(device);
    const step = stepOf(gpu);
    const { datas, expected } = await expectation(gpu, step);
    const { states } = await together(gpu, step, {
      datas,
      own: [step.state, step.next],
    });
    assert.deepEqual(states, expected);
    device.tick();
  },
  onSoftware,
);

onEachDevice(
  "openPopulation() takes no memory for what all members share",
  async (device) => {
    const gpu = gpuOf(device);
    const step = stepOf(gpu);
    const shared = bufferOf(gpu, Float32Array.of(1, 1, 2, 2));
    const expected = await alone(gpu, step, DATA.map(() => [1, 1, 2, 2]));
    const { states, bytes } = await together(gpu, step, {
      datas: [shared, shared, shared],
    });
    assert.deepEqual(states, expected);
    assert.equal(bytes, 4 * 3 * 256);
    device.tick();
  },
  onSoftware,
);

const LOOPED: Readonly<
  Record<string, {
    readonly second?: string;
    readonly limits: Partial<PopulationLimits>;
    readonly looped: number;
  }>
> = {
  'Cannot widen a program: it uses "between" without an index': {
    second: ASKING,
    limits: {},
    looped: 1,
  },
  "there are too many workgroups": {
    limits: { maxComputeWorkgroupsPerDimension: 2 },
    looped: 2,
  },
  "its buffers are too large together": {
    limits: { maxStorageBufferBindingSize: 512 },
    looped: 2,
  },
  "it would bind too many buffers": {
    limits: {
      maxUniformBufferBindingSize: 512,
      maxStorageBuffersPerShaderStage: 3,
    },
    looped: 1,
  },
};

for (const [reason, { second, limits, looped }] of Object.entries(LOOPED)) {
  onEachDevice(
    `openPopulation() runs a dispatch once a member, to the same bytes, when ${reason}`,
    async (device) => {
      const gpu = gpuOf(device);
      const step = stepOf(gpu, second);
      const { datas, expected } = await expectation(gpu, step);
      const { states, dispatches } = await together(gpu, step, {
        datas,
        limits: smaller(gpu, limits),
      });
      assert.deepEqual(states, expected);
      assert.deepEqual(dispatches, {
        widened: 2 - looped,
        looped,
        reasons: [reason],
      });
      device.tick();
    },
    onSoftware,
  );
}

onEachDevice(
  "openPopulation() refuses a step when it reads what is nobody's",
  (device) => {
    const gpu = gpuOf(device);
    const { recording, state } = stepOf(gpu);
    assert.throws(
      () =>
        openPopulation(gpu, recording, {
          recorded: [state],
          members: [[state], [bufferOf(gpu, new Float32Array(4))]],
        }),
      {
        name: "TypeError",
        message:
          "Cannot run a step for 2 networks: it reads a buffer of 16 bytes that is neither a network's nor constant",
      },
    );
    return Promise.resolve();
  },
  onSoftware,
);

onEachDevice(
  "copyDispatch() copies a part of a buffer into a part of another, or says that it cannot",
  async (device) => {
    const gpu = gpuOf(device);
    const from = bufferOf(gpu, Float32Array.of(1, 2, 3, 4));
    const to = bufferOf(gpu, Float32Array.of(5, 6, 7, 8, 9));
    const command = {
      kind: "copy",
      from,
      fromOffset: 4,
      to,
      toOffset: 12,
      bytes: 8,
    } as const;
    const dispatch = copyDispatch(command, { mostGroups: 1 });
    assert(dispatch);
    const bound = dispatch.bound.map(({ buffer }) => buffer);
    run(gpu, [dispatchOf(gpu, { ...dispatch, bound })]);
    assert.deepEqual(await read(gpu, { buffer: to }), [5, 6, 7, 2, 3]);
    for (
      const change of [
        { bytes: 6 },
        { to: from },
        { bytes: 260 }, // more than one workgroup
        {
          from: gpu.createBuffer({ size: 16, usage: GPUBufferUsage.COPY_SRC }),
        },
      ]
    ) {
      const changed = { ...command, ...change };
      assert.equal(copyDispatch(changed, { mostGroups: 1 }), undefined);
    }
    device.tick();
  },
  onSoftware,
);

Deno.test("memberWrites() takes no write when the buffer is none of the members'", () => {
  const writes = memberWrites(
    { queue: { writeBuffer: () => assert.fail() } as unknown as GPUQueue },
    { members: 2, writtenRangeOf: () => undefined },
  );
  const buffer = {} as GPUBuffer;
  assert(!writes.take(0, { buffer, values: new Float32Array(1) }));
  writes.flush();
});

Deno.test("memberWrites() writes a buffer once when all members wrote it", () => {
  const written: unknown[] = [];
  const buffer = { size: 32 } as GPUBuffer;
  const queue = {
    writeBuffer(
      _buffer: GPUBuffer,
      offset: number,
      bytes: Uint8Array,
      from: number,
      length: number,
    ) {
      written.push([offset, ...bytes.slice(from, from + length)]);
    },
  } as unknown as GPUQueue;
  const writes = memberWrites({ queue }, {
    members: 2,
    writtenRangeOf: (buffer, member) => ({ buffer, offset: 16 * member }),
  });
  const take = (member: number, ...values: number[]) =>
    writes.take(member, { buffer, values: Uint8Array.from(values) });
  take(1, 5, 6);
  writes.flush();
  take(0, 1, 2);
  take(1, 7, 8);
  writes.flush();
  take(1, 9, 9);
  writes.flush();
  writes.flush();
  assert.deepEqual(written, [
    [16, 5, 6],
    [0, 1, 2, ...Array.from({ length: 14 }, () => 0), 7, 8],
    [16, 9, 9],
  ]);
});
