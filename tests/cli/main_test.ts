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

/** Takes so many bytes at once, and then throws what is given for each time. */
function streamOf(errors: readonly Error[] = [], most = Infinity) {
  const left = [...errors];
  const taken: number[] = [];
  return {
    taken,
    isTerminal: () => false,
    writeSync(bytes: Uint8Array): number {
      const error = taken.length > 0 ? left.shift() : undefined;
      if (error !== undefined) throw error;
      const some = bytes.subarray(0, most);
      taken.push(...some);
      return some.length;
    },
  };
}

const neverLost = (error: unknown) => assert.fail(`it was lost: ${error}`);

Deno.test("outputOf() takes a terminal that only shows lines for no terminal", () => {
  const stream = { ...streamOf(), isTerminal: () => true };
  const kindOf = (terminal?: string) => {
    const { isTerminal, colour } = outputOf(stream, {
      terminal,
      onLost: neverLost,
    });
    return { isTerminal, colour };
  };
  const plain = { isTerminal: false, colour: false };
  assert.deepEqual(kindOf("dumb"), plain);
  const live = { isTerminal: true, colour: !Deno.noColor };
  assert.deepEqual(kindOf("xterm"), live);
  assert.deepEqual(kindOf(), live);
});

Deno.test("outputOf() writes all, though the stream is full for a while and does not wait", () => {
  const full = new Deno.errors.WouldBlock("Resource temporarily unavailable");
  const stream = streamOf([full, full], 3);
  outputOf(stream, { onLost: neverLost }).write("twelve bytes");
  assert.equal(String.fromCharCode(...stream.taken), "twelve bytes");
});

Deno.test("outputOf() tells once that the stream is lost, and writes nothing more to it", () => {
  const gone = new Deno.errors.BrokenPipe("Broken pipe (os error 32)");
  const stream = streamOf([gone], 3);
  const lost: unknown[] = [];
  const output = outputOf(stream, { onLost: (error) => lost.push(error) });
  output.write("twelve bytes");
  output.write("and more");
  assert.deepEqual(lost, [gone]);
  assert.equal(String.fromCharCode(...stream.taken), "twe");
});
