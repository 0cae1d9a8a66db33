import v8 from "node:v8";
import vm from "node:vm";

/** Runs V8's garbage collector now, in this isolate. */
export function collectGarbage(): void {
  // The flag can be set while running; the function then appears in new contexts only.
  v8.setFlagsFromString("--expose-gc");
  const collect: () => void = vm.runInNewContext("gc");
  collect();
}
