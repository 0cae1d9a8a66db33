import assert from "node:assert/strict";
import { environmentOf } from "../../../models/device/environment.ts";

Deno.test("environmentOf() names the file of kernels that cannot be used", async () => {
  for (
    const [cause, state] of [
      [new WebAssembly.CompileError("section extends past end"), "damaged"],
      [new Deno.errors.NotFound("os error 2"), "missing"],
    ] as const
  ) {
    const fail = () => Promise.reject(cause);
    await assert.rejects(environmentOf("auto", { choose: fail, ask: fail }), {
      message:
        `Cannot use the kernels in "models/kernels/wasm/kernels.wasm": it is ${state}; get the file again with git, or run \`deno task build:kernels\``,
    });
    await assert.rejects(
      environmentOf("cpu", { choose: fail, ask: fail }),
      cause,
    );
  }
});

Deno.test("environmentOf() says what else keeps a device from being chosen", async () => {
  const error = new Error("Cannot use device");
  await assert.rejects(
    environmentOf("wasm", { choose: () => Promise.reject(error) }),
    error,
  );
});
