/** Whether a software GPU of this machine computes in half precision. */
import { findAdapter } from "../../models/device/adapter.ts";
import { HALF_PRECISION } from "../../models/kernels/webgpu/gpu/tiling.ts";

const adapter = await findAdapter("software");

/** Why a test in half precision is skipped, if it is. */
export const NO_HALF_PRECISION: string | undefined =
  adapter?.features.has(HALF_PRECISION) === true
    ? undefined
    : "no half precision here";
