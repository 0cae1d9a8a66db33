import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openPopulation } from "../../../models/populations/population.ts";
import { widen, type Widening } from "../../../models/populations/widen.ts";
import { onEachDevice } from "../on_each_device.ts";
import {
  bufferOf,
  dispatchOf,
  read,
  recordingOf,
  run,
} from "../replay/hand_made.ts";

const ARRAYS = `
@group(0) @binding(0) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> x: array<f32>; // not x[0]
`;

function widening(changes: Partial<Widening> = {}): Widening {
  return {
    entryPoint: "main",
    members: 3,
    depth: 1,
    uniformBytes: 65_536,
    bindings: [
      { binding: 0, strideBytes: 512, bytes: 400 },
      { binding: 1, strideBytes: 256, bytes: 100 },
    ],
    ...changes,
  };
}

/** The widened code without what separates tokens. */
function code(program: string, changes: Partial<Widening> = {}): string {
  const result = widen(program, widening(changes));
  assert.equal(result.kind, "widened");
  return result.kind === "widened"
    ? result.code.replaceAll(/\s+/g, " ").trim()
    : "";
}

Deno.test("widen() moves each index into the range of the member when arrays are widened", () => {
  assert.equal(
    code(`${ARRAYS}
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(num_workgroups) count: vec3u) {
  y[g.x] = vec4f(x[u32(x[g.y])], count.z);
}`),
    "var<private> memberOfPopulation: u32; " +
      "@group(0) @binding(0) var<storage, read_write> y: array<vec4<f32>>; " +
      "@group(0) @binding(1) var<storage, read> x: array<f32>; " +
      "@compute @workgroup_size(8) " +
      "fn main(@builtin(workgroup_id) gOfAll: vec3u, @builtin(num_workgroups) countOfAll: vec3u) { " +
      "memberOfPopulation = gOfAll.z / 1u; " +
      "let g = vec3<u32>(gOfAll.xy, gOfAll.z % 1u); " +
      "let count = vec3<u32>(countOfAll.xy, 1u); " +
      "y[memberOfPopulation * 32u + min(u32(g.x), 24u)] = " +
      "vec4f(x[memberOfPopulation * 64u + min(u32(u32(x[memberOfPopulation * 64u + min(u32(g.y), 24u)])), 24u)], count.z); }",
  );
});

Deno.test("widen() leaves alone what is no use of the array when a field or member has its name", () => {
  const widened = code(`${ARRAYS}
struct S { x: f32, y: f32 }
@compute @workgroup_size(1)
fn main() { let s = S(1, 2); y[0] = vec4f(s.x, s.y, x[1], 0); }`);
  assert.match(widened, /struct S \{ x: f32, y: f32 \}/);
  assert.match(widened, /vec4f\(s\.x, s\.y, x\[memberOf/);
  assert.match(
    widened,
    /fn main\(@builtin\(workgroup_id\) memberOfPopulationOfAll: vec3<u32>\) \{/,
  );
});

Deno.test("widen() takes the members' layers out of the invocation when its workgroups have some", () => {
  const widened = code(
    `${ARRAYS}const LAYERS = 2u;
@compute @workgroup_size(8, 1, LAYERS)
fn main(@builtin(global_invocation_id) at: vec3u,) { y[at.x] = vec4f(x[at.z]); }`,
    { depth: 5 },
  );
  assert.match(
    widened,
    /main\(@builtin\(global_invocation_id\) atOfAll: vec3u,@builtin\(workgroup_id\) memberOfPopulationOfAll: vec3<u32>\)/,
  );
  assert.match(
    widened,
    /let at = vec3<u32>\(atOfAll\.xy, atOfAll\.z - memberOfPopulation \* 5u \* u32\(LAYERS\)\);/,
  );
});

Deno.test("widen() leaves a function alone when a parameter of it hides the array", () => {
  const widened = code(`${ARRAYS}
fn twice(x: f32) -> f32 { if (x > 0) { return x + x; } return x; }
@compute @workgroup_size(1) fn main() { y[0] = vec4f(twice(x[0])); }`);
  assert.match(widened, /if \(x > 0\) \{ return x \+ x; \} return x; \}/);
  assert.match(widened, /twice\(x\[memberOfPopulation/);
});

const NUMBERS = `
struct Numbers { rate: f32, keep: f32 }
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@group(0) @binding(1) var<uniform> u: Numbers;
@compute @workgroup_size(1)
fn main() { y[0] = y[0] * u.keep - u.rate; }`;

Deno.test("widen() makes an array of the members' structs when a uniform is widened", () => {
  const widened = code(NUMBERS);
  assert.match(
    widened,
    /struct Member_u \{ @size\(256\) one: Numbers \}/,
  );
  assert.match(widened, /var<uniform> u: array<Member_u, 3>;/);
  assert.match(widened, /u\[memberOfPopulation\]\.one\.keep - u\[/);
});

Deno.test("widen() puts the structs into storage when they exceed what a uniform may hold", () => {
  const result = widen(NUMBERS, widening({ uniformBytes: 767 }));
  assert.equal(result.kind, "widened");
  assert(result.kind === "widened");
  assert.deepEqual([...result.stored], [1]);
  assert.match(result.code, /var<storage, read> u: array<Member_u>;/);
});

Deno.test("widen() keeps directives first when a program has some", () => {
  const widened = code(
    `enable f16;${ARRAYS}@compute @workgroup_size(1) fn main() { y[0] = vec4f(x[0]); }`,
  );
  assert.match(widened, /^enable f16; var<private> memberOfPopulation/);
});

const REFUSED: Readonly<Record<string, string>> = {
  'it uses "x" without an index': `${ARRAYS}
@compute @workgroup_size(1) fn main() { y[0] = vec4f(f32(arrayLength(&x))); }`,
  'a local name hides "x"': `${ARRAYS}
@compute @workgroup_size(1) fn main() { var x: f32 = 1; y[0] = vec4f(x); }`,
  'a local name hides "y"': `${ARRAYS}
@compute @workgroup_size(1) fn main() { let y = x[0]; }`,
  'its entry point "main" takes other things than built-in values': `${ARRAYS}
struct In { @builtin(workgroup_id) g: vec3u }
@compute @workgroup_size(1) fn main(in: In) { y[in.g.x] = vec4f(x[0]); }`,
  'it has a name "memberOfPopulation"': `${ARRAYS}
@compute @workgroup_size(1) fn main() { let memberOfPopulation = x[0]; }`,
  '"x" is an array of Pair': `
struct Pair { a: f32, b: f32, c: f32 }
@group(0) @binding(1) var<storage, read> x: array<Pair>;
@compute @workgroup_size(1) fn main() { let a = x[0].a; }`,
};

for (const [reason, program] of Object.entries(REFUSED)) {
  Deno.test(`widen() refuses a program when ${reason}`, () => {
    assert.deepEqual(widen(program, widening()), {
      kind: "refused",
      reason: `Cannot widen a program: ${reason}`,
    });
  });
}

onEachDevice(
  "widen() gives each member what it computes alone, and keeps it out of the others' ranges",
  async (device) => {
    const { device: gpu } = tf.backend() as unknown as { device: GPUDevice };
    // Reads and writes out of bounds, in layers, with a helper and a uniform.
    const program = `
struct Numbers { scale: f32, shift: f32 }
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<uniform> u: Numbers;
fn at(i: i32) -> f32 { return x[i] * u.scale + u.shift; }
@compute @workgroup_size(4, 1, 2)
fn main(@builtin(workgroup_id) g: vec3u, @builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) count: vec3u) {
  let i = id.x + 4 * id.z;
  y[i] = at(i32(i)) + 1000 * f32(g.z) + 100 * f32(count.z);
  if (i == 0) { y[1 << 20] = 5; }
}`;
    const members = [0, 1, 2].map((m) => ({
      y: bufferOf(gpu, new Float32Array(16)),
      x: bufferOf(gpu, Float32Array.from({ length: 16 }, (_, i) => 20 * m + i)),
      u: bufferOf(gpu, Float32Array.of(m + 1, m / 8, 0, 0)),
    }));
    const dispatches = members.map(({ y, x, u }) =>
      dispatchOf(gpu, { code: program, bound: [y, x, u], groups: [1, 1, 2] })
    );
    run(gpu, dispatches);
    const alone = await Promise.all(
      members.map(({ y }) => read(gpu, { buffer: y })),
    );
    for (const { y } of members) {
      gpu.queue.writeBuffer(y, 0, new Float32Array(16));
    }
    const own = members.map(({ y, x, u }) => [y, x, u]);
    const population = openPopulation(
      gpu,
      recordingOf(dispatches.slice(0, 1)),
      { recorded: own[0] ?? [], members: own },
    );
    for (const m of members.keys()) population.load(m);
    run(gpu, population.commands);
    for (const m of members.keys()) population.store(m);
    assert.deepEqual(population.dispatches, {
      widened: 1,
      looped: 0,
      reasons: [],
    });
    const together = await Promise.all(
      members.map(({ y }) => read(gpu, { buffer: y })),
    );
    // Alone, a device may drop the write that is out of bounds, or put it into the last element.
    for (const m of [0, 1, 2]) {
      assert.deepEqual(together[m]?.slice(0, 15), alone[m]?.slice(0, 15));
    }
    population.dispose();
    device.tick();
  },
  { devices: ["webgpu-software"] },
);
