/** A stage in a worker knows neither the machine nor the process that it runs in, and meets no other isolate. */
import assert from "node:assert/strict";
import { assertRefused, reach } from "./reach.ts";

Deno.test("a task in a worker knows neither machine nor process", async () => {
  await assertRefused({
    "Deno.pid": "Deno.pid",
    "Deno.args": "Deno.args",
    "Deno.cwd()": "Deno.cwd",
    "Deno.execPath()": "Deno.execPath",
    "Deno.exitCode": "Deno.exitCode",
    "Deno.memoryUsage()": "Deno.memoryUsage",
    "Deno.internal": "Deno.internal",
    "Deno.stat(new URL(import.meta.url))": "Deno.stat",
    "Deno.stdin.isTerminal()": "Deno.stdin",
    "process.pid": "process.pid",
    "process.cwd()": "process.cwd",
    "process.memoryUsage()": "process.memoryUsage",
    'process.getBuiltinModule("node:os")': "process.getBuiltinModule",
    "navigator.hardwareConcurrency": "navigator.hardwareConcurrency",
    "beside.availableParallelism()": "node:os.availableParallelism",
    "beside.cpus()": "node:os.cpus",
    "beside.statSync(new URL(import.meta.url))": "node:fs.statSync",
    "beside.default.pid": "process.pid",
    'beside.require("process")': "node:process",
    'import("node:inspector")': "node:inspector",
  }, {
    files: {
      "beside.ts": `
import { createRequire } from "node:module";
import process from "node:process";
import { statSync } from "node:fs";
export { availableParallelism, cpus } from "node:os";
export { statSync };
export const require = createRequire(import.meta.url);
export default process;
`,
    },
  });
});

Deno.test("a task in a worker meets no other isolate, and no garbage", async () => {
  await assertRefused({
    'caches.open("a")': "caches.open",
    'new BroadcastChannel("a")': "BroadcastChannel",
    "new SharedArrayBuffer(1)": "SharedArrayBuffer",
    "new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })":
      "shared memory",
    "navigator.locks": "navigator.locks",
    "self.onmessage = () => {}": "onmessage",
    "new WeakRef({})": "WeakRef",
    'beside.runInNewContext("Date.now()")': 'runInNewContext of "Date.now()"',
    'beside.all.runInThisContext("0")': "node:vm.runInThisContext",
    "beside.getHeapStatistics()": "node:v8.getHeapStatistics",
    'beside.setFlagsFromString("--random-seed=1")':
      'setFlagsFromString of "--random-seed=1"',
    'import("node:worker_threads")': "node:worker_threads",
    "beside.registerHooks({})": "node:module.registerHooks",
  }, {
    files: {
      "beside.ts": `
import all, { runInNewContext } from "node:vm";
export { all, runInNewContext };
export { getHeapStatistics, setFlagsFromString } from "node:v8";
export { registerHooks } from "node:module";
`,
    },
  });
});

Deno.test("a task in a worker cannot end its worker", async () => {
  await assertRefused({
    "close()": "close",
    "Deno.exit()": "Deno.exit",
    "process.exit()": "process.exit",
  });
});

Deno.test("a task in a worker knows what keys name, and packages load that ask where they are", async () => {
  const { os } = Deno.build;
  assert.deepEqual(
    await reach([
      "Deno.build.os",
      "process.platform",
      "process.argv",
      'process.env["HOME"]',
      "process.on('exit', () => {}) === process",
      'beside.createHash("sha256").digest("hex").length',
      "beside.EOL",
      "beside.isatty(1)",
      "typeof beside.collector()",
      "await new Promise((done) => setTimeout(done, 0, 5))",
      // Each gives a warning, a turn of the event loop later.
      "(setTimeout(() => {}, -1), await new Promise((done) => setTimeout(done, 9, 6)))",
      '(process.emitWarning("old", "DeprecationWarning"), await new Promise((done) => setTimeout(done, 9, 7)))',
    ], {
      files: {
        "beside.ts": `
import v8 from "node:v8";
import vm from "node:vm";
export { createHash } from "node:crypto";
export { EOL } from "node:os";
export { isatty } from "node:tty";
export function collector() {
  v8.setFlagsFromString("--expose-gc");
  return vm.runInNewContext("gc");
}
`,
      },
    }),
    [
      os,
      process.platform,
      [],
      null,
      true,
      64,
      "\n",
      false,
      "function",
      5,
      6,
      7,
    ],
  );
});
