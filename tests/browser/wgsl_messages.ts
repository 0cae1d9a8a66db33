/**
 * What Tint, the compiler of WGSL in Chromium, says of programs. It knows what
 * Deno's compiler does not look for: a barrier that some invocations of a
 * workgroup may not come to.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** What is used of WebGPU in the page; the types of Deno stand in for those of a browser. */
type Global = { device?: GPUDevice };

/**
 * Asks the browser for a device.
 *
 * @param page of an origin that a browser calls secure, or it has no WebGPU
 * @returns whether there is one
 */
export async function startDevice(page: Page): Promise<boolean> {
  return await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return false;
    const { maxComputeWorkgroupStorageSize, maxStorageBuffersPerShaderStage } =
      adapter.limits;
    (globalThis as Global).device = await adapter.requestDevice({
      requiredLimits: {
        maxComputeWorkgroupStorageSize,
        maxStorageBuffersPerShaderStage,
      },
    });
    return true;
  });
}

/** Errors, warnings and remarks on a program, a line each; none if it is fine. */
export async function messagesOf(
  page: Page,
  code: string,
): Promise<readonly string[]> {
  return await page.evaluate(async (code) => {
    const { device } = globalThis as Global;
    if (device === undefined) throw new Error("Cannot compile: no device");
    device.pushErrorScope("validation");
    const module = device.createShaderModule({ code });
    const { messages } = await module.getCompilationInfo();
    const error = await device.popErrorScope();
    const said = messages.map(({ type, lineNum, message }) =>
      `${type} in line ${lineNum}: ${message}`
    );
    return said.length === 0 && error !== null ? [error.message] : said;
  }, inSinglePrecision(code));
}

/**
 * The same program with half precision's names for single precision, which
 * software drivers lack. What is asked here does not depend on the type.
 */
function inSinglePrecision(code: string): string {
  return code.replace("enable f16;", "alias f16 = f32;");
}
