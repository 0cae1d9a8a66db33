/**
 * A tape recorder on a GPU device: while it runs, everything that is given to
 * the device is also written down. It wraps the functions of the WebGPU API, so
 * it knows nothing of who calls them.
 *
 * @module
 */
import {
  type BoundBuffer,
  type Command,
  type Recording,
  usedBuffers,
  writtenBuffers,
} from "./recording.ts";

/** Records what a device does. */
export interface Tape {
  readonly recording: boolean;
  /** Records from here on. Nothing that was encoded before may still wait to be submitted. */
  start(): void;
  /**
   * Ends the recording, with some more commands at its end.
   *
   * @throws {Error} if something was done that cannot be repeated
   */
  stop(last?: readonly Command[]): Recording;
  /** Says that the host writes `buffer` anew before each step. */
  hostWrites(buffer: GPUBuffer): void;
  /** A new buffer with values from the host, which every step of the running recording finds in it. */
  constant(values: Float32Array | Int32Array): GPUBuffer;
  /** Takes the tape recorder off the device, which would else never be freed. */
  close(): void;
}

interface Program {
  readonly code: string;
  readonly entryPoint: string;
}

interface Running {
  readonly commands: Command[];
  /** What the host last wrote into each uniform buffer. */
  readonly uniforms: Map<GPUBuffer, Uint8Array<ArrayBuffer>>;
  /** Frozen uniform buffers by their bytes. */
  readonly frozenUniforms: Map<string, GPUBuffer>;
  /** What the host put into each buffer that is a constant of the recording. */
  readonly constants: Map<GPUBuffer, Float32Array | Int32Array>;
  readonly bound: WeakMap<GPUBindGroup, readonly BoundBuffer[]>;
  /** Command buffers of encoders that were made while it ran. */
  readonly encoded: WeakSet<GPUCommandBuffer>;
  /** What cannot be repeated, if anything was met. */
  problem?: string;
}

/**
 * Puts a tape recorder on `device`. To be called before anything else uses the
 * device: a program whose making was not seen cannot be recorded.
 */
export function openTape(device: GPUDevice): Tape {
  const { queue } = device;
  const codes = new WeakMap<GPUShaderModule, string>();
  const programs = new WeakMap<GPUComputePipeline, Program>();
  const dynamic = new WeakSet<GPUBuffer>();
  let running: Running | undefined;

  const createShaderModule = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => {
    const module = createShaderModule(descriptor);
    codes.set(module, descriptor.code);
    return module;
  };

  const createComputePipeline = device.createComputePipeline.bind(device);
  device.createComputePipeline = (descriptor) => {
    const pipeline = createComputePipeline(descriptor);
    programs.set(pipeline, {
      code: codes.get(descriptor.compute.module) ?? "",
      entryPoint: descriptor.compute.entryPoint ?? "main",
    });
    return pipeline;
  };

  const createBuffer = device.createBuffer.bind(device);

  const writeBuffer = queue.writeBuffer.bind(queue);
  queue.writeBuffer = (buffer, offset, data, dataOffset, size) => {
    if (running !== undefined && !dynamic.has(buffer)) {
      if ((buffer.usage & GPUBufferUsage.UNIFORM) !== 0 && offset === 0) {
        running.uniforms.set(buffer, bytesOf(data));
      } else running.problem ??= "the host wrote a buffer that no step owns";
    }
    if (dataOffset === undefined) writeBuffer(buffer, offset, data);
    else writeBuffer(buffer, offset, data, dataOffset, size);
  };

  const submit = queue.submit.bind(queue);
  queue.submit = (buffers) => {
    if (running !== undefined) {
      const { encoded } = running;
      if (![...buffers].every((commands) => encoded.has(commands))) {
        running.problem ??= "commands were submitted that had begun before it";
      }
    }
    submit(buffers);
  };

  /** A buffer that keeps what the host wrote into `buffer`, which others will use again. */
  function freeze(buffer: GPUBuffer, own: Running): GPUBuffer {
    const bytes = own.uniforms.get(buffer);
    if (bytes === undefined || dynamic.has(buffer)) return buffer;
    const key = bytes.join(" ");
    let frozen = own.frozenUniforms.get(key);
    if (frozen === undefined) {
      frozen = createBuffer({
        size: buffer.size,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      writeBuffer(frozen, 0, bytes);
      own.frozenUniforms.set(key, frozen);
    }
    return frozen;
  }

  function holding(values: Float32Array | Int32Array): GPUBuffer {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const buffer = createBuffer({
      size: values.byteLength,
      usage: STORAGE | COPY_SRC | COPY_DST,
      mappedAtCreation: true,
    });
    new Uint8Array(buffer.getMappedRange()).set(bytesOf(values));
    buffer.unmap();
    return buffer;
  }

  const createBindGroup = device.createBindGroup.bind(device);
  device.createBindGroup = (descriptor) => {
    if (running === undefined) return createBindGroup(descriptor);
    const own = running;
    const bound: BoundBuffer[] = [];
    for (const { binding, resource } of descriptor.entries) {
      if (!("buffer" in resource)) {
        own.problem ??= "a dispatch binds something that is no buffer";
        continue;
      }
      const { offset = 0 } = resource;
      const buffer = freeze(resource.buffer, own);
      const size = resource.size ?? buffer.size - offset;
      bound.push({ binding, buffer, offset, size });
    }
    const group = createBindGroup({
      ...descriptor,
      entries: bound.map(({ binding, ...resource }) => ({ binding, resource })),
    });
    own.bound.set(group, bound);
    return group;
  };

  function recordPass(pass: GPUComputePassEncoder, own: Running): void {
    let pipeline: GPUComputePipeline | undefined;
    let group: GPUBindGroup | null = null;
    const setPipeline = pass.setPipeline.bind(pass);
    pass.setPipeline = (next) => {
      pipeline = next;
      setPipeline(next);
    };
    const setBindGroup: GPUComputePassEncoder["setBindGroup"] = pass
      .setBindGroup.bind(pass);
    pass.setBindGroup = (index: number, next: GPUBindGroup | null) => {
      group = next;
      setBindGroup(index, next);
    };
    const dispatch = pass.dispatchWorkgroups.bind(pass);
    pass.dispatchWorkgroups = (x, y = 1, z = 1) => {
      const program = pipeline && programs.get(pipeline);
      const bound = group && own.bound.get(group);
      if (pipeline === undefined || !program || !bound) {
        own.problem ??= "a program or its buffers were made before it began";
      } else {
        own.commands.push({
          kind: "dispatch",
          ...program,
          pipeline,
          bound,
          groups: [x, y, z],
        });
      }
      dispatch(x, y, z);
    };
  }

  const createCommandEncoder = device.createCommandEncoder.bind(device);
  device.createCommandEncoder = (descriptor) => {
    const encoder = createCommandEncoder(descriptor);
    if (running === undefined) return encoder;
    const own = running;
    const begin = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (options) => {
      const pass = begin(options);
      recordPass(pass, own);
      return pass;
    };
    const finish = encoder.finish.bind(encoder);
    encoder.finish = (options) => {
      const commands = finish(options);
      own.encoded.add(commands);
      return commands;
    };
    const copy = encoder.copyBufferToBuffer.bind(encoder) as FiveCopy;
    const recordCopy: FiveCopy = (from, fromOffset, to, toOffset, bytes) => {
      if ((from.usage & GPUBufferUsage.MAP_WRITE) !== 0) {
        own.problem ??= "values came from the host that are not known";
      }
      own.commands.push({
        kind: "copy",
        from,
        fromOffset,
        to,
        toOffset,
        bytes,
      });
      copy(from, fromOffset, to, toOffset, bytes);
    };
    encoder.copyBufferToBuffer =
      recordCopy as GPUCommandEncoder["copyBufferToBuffer"];
    return encoder;
  };

  return {
    get recording() {
      return running !== undefined;
    },
    hostWrites(buffer) {
      dynamic.add(buffer);
    },
    constant(values) {
      if (running === undefined) {
        throw new Error("Cannot make a constant: nothing is recorded");
      }
      const buffer = holding(values);
      running.constants.set(buffer, values);
      return buffer;
    },
    close() {
      // Deno holds a queue for good while functions of ours lie on it.
      Reflect.deleteProperty(queue, "writeBuffer");
      Reflect.deleteProperty(queue, "submit");
    },
    start() {
      running = {
        commands: [],
        uniforms: new Map(),
        frozenUniforms: new Map(),
        constants: new Map(),
        bound: new WeakMap(),
        encoded: new WeakSet(),
      };
    },
    stop(last = []) {
      if (running === undefined) {
        throw new Error("Cannot stop a recording: none was started");
      }
      const { commands, constants, frozenUniforms, problem } = running;
      running = undefined;
      if (problem !== undefined) {
        for (const buffer of frozenUniforms.values()) buffer.destroy();
        throw new Error(`Cannot record a step: ${problem}`);
      }
      const written = new Set([...commands, ...last].flatMap(writtenBuffers));
      const frozen = new Set(frozenUniforms.values());
      const first: Command[] = [];
      for (const [to, values] of constants) {
        if (written.has(to)) {
          const from = holding(values);
          first.push({
            kind: "copy",
            from,
            fromOffset: 0,
            to,
            toOffset: 0,
            bytes: to.size,
          });
          frozen.add(from);
        } else frozen.add(to);
      }
      const kept = [...first, ...commands, ...last];
      return {
        commands: kept,
        frozen,
        dynamic: new Set(
          kept.flatMap(usedBuffers).filter((buffer) => dynamic.has(buffer)),
        ),
      };
    },
  };
}

type FiveCopy = (
  from: GPUBuffer,
  fromOffset: number,
  to: GPUBuffer,
  toOffset: number,
  bytes: number,
) => void;

function bytesOf(data: AllowSharedBufferSource): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  return new Uint8Array(view);
}
