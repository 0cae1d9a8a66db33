import assert from "node:assert/strict";
import { availableMemory, defaultJobs, outputOf } from "../../cli/main.ts";

const GIB = 2 ** 30;

Deno.test("defaultJobs() gives one job a core when memory suffices", () => {
  assert.equal(defaultJobs({ cores: 4, availableBytes: 8 * GIB }), 4);
});

Deno.test("defaultJobs() gives fewer when memory is short, and at least one", () => {
  assert.equal(defaultJobs({ cores: 4, availableBytes: 3 * GIB }), 2);
  assert.equal(defaultJobs({ cores: 4, availableBytes: 0.1 * GIB }), 1);
});

Deno.test("defaultJobs() counts cores alone when memory is not known", () => {
  assert.equal(defaultJobs({ cores: 4, availableBytes: undefined }), 4);
});

Deno.test("availableMemory() is undefined when Deno may not ask", {
  permissions: { sys: false },
}, () => {
  assert.equal(availableMemory(), undefined);
});

Deno.test("availableMemory() is a number of bytes when Deno may ask", {
  permissions: { sys: ["systemMemoryInfo"] },
}, () => {
  assert((availableMemory() ?? 0) > 2 ** 20);
});

Deno.test("outputOf() takes a terminal that only shows lines for no terminal", () => {
  const stream = {
    isTerminal: () => true,
    writeSync: (bytes: Uint8Array) => bytes.length,
  };
  const kindOf = (terminal?: string) => {
    const { isTerminal, colour } = outputOf(stream, terminal);
    return { isTerminal, colour };
  };
  const plain = { isTerminal: false, colour: false };
  assert.deepEqual(kindOf("dumb"), plain);
  const live = { isTerminal: true, colour: !Deno.noColor };
  assert.deepEqual(kindOf("xterm"), live);
  assert.deepEqual(kindOf(), live);
});
