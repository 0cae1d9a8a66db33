/**
 * The messages of the engine, which are for the isolate and not for a stage.
 *
 * @module
 */
import { reached } from "./refuse.ts";

/** Refuses to have a stage called with what the engine says to its isolate. */
export function sealMessages(): void {
  Object.defineProperty(globalThis, "onmessage", {
    get: () => null, // packages look at it to learn where they are
    set() {
      throw reached("onmessage");
    },
    enumerable: true,
    configurable: true,
  });
}
