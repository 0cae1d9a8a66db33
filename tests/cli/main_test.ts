import assert from "node:assert/strict";
import { availableMemory, defaultJobs } from "../../cli/main.ts";

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
