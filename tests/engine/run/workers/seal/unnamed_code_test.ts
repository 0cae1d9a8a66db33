/** A stage in a worker runs the code that its key names. */
import assert from "node:assert/strict";
import { assertRefused, reach } from "./reach.ts";

Deno.test("a task in a worker makes no code from strings", async () => {
  await assertRefused({
    'new Function("return 1")()': "a function of a string",
    '(() => {}).constructor("return 1")()': "a function of a string",
    '(async () => {}).constructor("return 1")()': "a function of a string",
    '(function* () {}).constructor("return 1")()': "a function of a string",
    'eval("1")': "eval",
    '(0, eval)("1")': "eval",
    'setTimeout("1", 0)': "setTimeout of a string",
    'setInterval("1", 0)': "setInterval of a string",
    'beside.load("data:text/javascript,export default 1")':
      "code at a data URL",
    'beside.load("blob:null/5c30f6f2")': "code at a blob URL",
  }, {
    files: {
      "beside.ts": "export const load = (url: string) => import(url);",
    },
  });
});

Deno.test("functions in a worker are of Function still", async () => {
  assert.deepEqual(
    await reach([
      "(() => {}) instanceof Function",
      "(() => {}).constructor === Function",
      "Function.prototype.call.call((a) => a, null, 5)",
    ]),
    [true, true, 5],
  );
});

Deno.test("a worker that a task starts is sealed too, and hears what is said to it at once", async () => {
  assert.deepEqual(
    await reach(["beside.ask(5)"], {
      files: {
        "beside.ts": `
export function ask(word: number): Promise<unknown> {
  const worker = new Worker(new URL("./nested.ts", import.meta.url), {
    type: "module",
    deno: { permissions: { read: "inherit" } },
  });
  return new Promise((answer) => {
    worker.onmessage = ({ data }) => { worker.terminate(); answer(data); };
    worker.postMessage(word);
  });
}
`,
        "nested.ts": `
await new Promise((done) => setTimeout(done, 50)); // what comes now must not be lost
self.onmessage = ({ data }) => {
  try { data += Date.now(); } catch ({ message }) { data += message.slice(0, 27); }
  self.postMessage(data);
};
`,
      },
    }),
    ["5it reached for Date.now, bu"],
  );
});
