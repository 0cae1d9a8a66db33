/** A program that is ready to run. */
export interface Program {
  readonly pipeline: GPUComputePipeline;
  /** Layout of bind group 0. */
  readonly layout: GPUBindGroupLayout;
}

/** The programs of a device, each made once. */
export interface Programs {
  /** The program of a WGSL text. */
  programOf(code: string, entryPoint?: string): Program;
  /** Lets all of them go; those that something else holds stay until that is gone. */
  drop(): void;
}

const programsByDevice = new WeakMap<GPUDevice, Programs>();

/** The programs of `device`: the same for everyone who asks. */
export function programsOf(device: GPUDevice): Programs {
  let programs = programsByDevice.get(device);
  if (programs === undefined) {
    programsByDevice.set(device, programs = open(device));
  }
  return programs;
}

function open(device: GPUDevice): Programs {
  const made = new Map<string, Program>();
  return {
    programOf(code, entryPoint = "main") {
      const key = `${entryPoint} ${code}`;
      let program = made.get(key);
      if (program === undefined) {
        const pipeline = device.createComputePipeline({
          layout: "auto",
          compute: { module: device.createShaderModule({ code }), entryPoint },
        });
        program = { pipeline, layout: pipeline.getBindGroupLayout(0) };
        made.set(key, program);
      }
      return program;
    },
    drop: () => made.clear(),
  };
}
