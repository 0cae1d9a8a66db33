/**
 * Chance: a stage draws from a seed, which is in its key.
 *
 * @module
 */
import { reached, refuse, replace } from "./refuse.ts";

const INSTEAD = "draw from stream(seed, purpose)";

/** Refuses what draws without a seed. */
export function sealChance(): void {
  replace(Math, "random", function random(): number {
    // Packages stir the pools of their generators with it while they load.
    if (isPackageLoading()) return 0.5;
    throw reached("Math.random", INSTEAD);
  });
  refuse(Crypto.prototype, /^random|^getRandom/, {
    of: "crypto",
    instead: INSTEAD,
  });
  refuse(
    SubtleCrypto.prototype,
    /^(encapsulate|encrypt|generateKey|sign|wrapKey)/,
    { of: "crypto.subtle" },
  );
  // A name and a boundary are drawn.
  refuse(URL, /^createObjectURL$/, { of: "URL" });
  refuse(globalThis, /^FormData$/);
  refuse(Response.prototype, /^formData$/, { of: "Response" });
  refuse(Request.prototype, /^formData$/, { of: "Request" });
}

/** Whether whoever asks is a CommonJS module that is being loaded. */
function isPackageLoading(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return /^ +at Module\._compile \(node:module:/m.test(`${stack}`);
}
