import v8 from "node:v8";
import vm from "node:vm";

let collect: (() => void) | undefined;

/**
 * Runs V8's garbage collector now, in this isolate. Objects with native memory
 * that V8 does not see, such as GPU bind groups, are otherwise freed much too
 * late.
 */
export function collectGarbage(): void {
  if (collect === undefined) {
    // The flag can be set while running; the function then appears in new contexts only.
    v8.setFlagsFromString("--expose-gc");
    collect = vm.runInNewContext("gc") as () => void;
  }
  collect();
}
