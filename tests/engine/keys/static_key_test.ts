import assert from "node:assert/strict";
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import fc from "../../property.ts";
import type { CodeReader } from "../../../engine/keys/code.ts";
import { bytes } from "../../../engine/define/codec.ts";
import { define } from "../../../engine/define/definition.ts";
import { canonicalJson, type Json } from "../../../engine/define/hash.ts";
import { digestOfKey, isKey } from "../../../engine/keys/key.ts";
import {
  type KeyContext,
  keyIn,
  modulesOf,
  type StaticKey,
  staticKeysOf,
} from "../../../engine/keys/static_key.ts";
import { defineTask } from "../../../engine/define/task.ts";
import { refTo, type Stage } from "../../../engine/define/ref.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HERE = fileURLToPath(import.meta.url).slice(ROOT.length);

const code: CodeReader = {
  bytes: new Map(),
  closureOf: (module) =>
    Promise.resolve({ files: { [module]: "1" }, packages: { acorn: "1" } }),
};
const context: KeyContext = { root: ROOT, code, environments: [] };

const task = defineTask({
  module: import.meta.url,
  name: "task",
  result: bytes,
  run: (_: unknown) => new Uint8Array(),
});

function stageOf(args: unknown): Stage {
  const ref = task(args as never);
  const [symbol] = Object.getOwnPropertySymbols(ref);
  const { stage } = Reflect.get(ref, symbol ?? "") as { stage: Stage };
  return stage;
}

/** The key of a stage without its inputs. */
async function keyOf(stage: Stage, options = context): Promise<StaticKey> {
  return keyIn(await staticKeysOf([stage], options), stage);
}

async function digest(args: unknown, options = context): Promise<string> {
  const key = await keyOf(stageOf(args), options);
  return digestOfKey({ ...key, inputs: {} });
}

Deno.test("staticKeysOf() gives different keys for arguments that look alike", async () => {
  const tint = define(import.meta.url, "tint", {});
  const alike: readonly unknown[] = [
    {},
    { a: [] },
    { a: {} },
    { a: null },
    { a: [[]] },
    { a: [{}] },
    { a: { b: 1 } },
    { "a.b": 1 },
    { a: [1] },
    { a: { 0: 1 } },
    { "a[0]": 1 },
    { "a\\.b": 1 },
    { "a\\": { b: 1 } },
    { "": { a: 1 } },
    { a: 1 },
    { a: { "": 1 } },
    { "a.": 1 },
    { a: "1" },
    { a: true },
    { a: "true" },
    { a: [1, [2]] },
    { a: [[1], 2] },
    { a: tint },
    { a: `${HERE}#tint` },
    ["a"],
    "a",
    "",
    null,
    [],
    undefined,
    { ["__proto__"]: 1, a: 1 },
  ];
  const digests = await Promise.all(alike.map((args) => digest(args)));
  const seen = new Map<string, unknown>();
  for (const [i, text] of digests.entries()) {
    assert.ok(
      !seen.has(text),
      `${Deno.inspect(alike[i])} and ${Deno.inspect(seen.get(text))}`,
    );
    seen.set(text, alike[i]);
  }
});

Deno.test("staticKeysOf() gives one key for arguments that a task cannot tell apart", async () => {
  assert.equal(await digest({ a: 1, b: 2 }), await digest({ b: 2, a: 1 }));
  assert.equal(await digest({ a: undefined, b: 1 }), await digest({ b: 1 }));
  assert.equal(await digest({ a: { b: undefined } }), await digest({ a: {} }));
  assert.equal(await digest({ a: -0 }), await digest({ a: 0 }));
});

Deno.test("staticKeysOf() names what lies outside of the root by the way from there, wherever both are", async () => {
  const keys = await Promise.all(["/a", "/b/c"].map((folder) => {
    const outside = define(`file://${folder}/beside/codec.ts`, "codec", {});
    const root = `${folder}/project`;
    return keyOf(stageOf({ outside }), { ...context, root });
  }));
  assert.deepEqual(
    keys.map(({ params }) => params["outside"]),
    keys.map(() => ({ definition: "../beside/codec.ts#codec" })),
  );
  const key = await keyOf(stageOf({ a: define(import.meta.url, "a", {}) }));
  assert.deepEqual(
    [key.task, key.params["a"]],
    [`${HERE}#task`, { definition: `${HERE}#a` }],
  );
});

/** Well-formed names, many of them awkward. */
const name = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "",
    ".",
    "[0]",
    "0",
    "a.b",
    "\\",
    "\\e",
    "__proto__",
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false, 0, 1, -1, "", "a", [], {}),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(name, tie("json"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).json;

Deno.test("staticKeysOf() is injective on JSON values, and survives being stored", async () => {
  const byDigest = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(value, value, async (a, b) => {
      for (const json of [a, b]) {
        const text = canonicalJson(json);
        const key = {
          ...await keyOf(stageOf(json)),
          inputs: {},
        };
        const found = digestOfKey(key);
        assert.equal(byDigest.get(found) ?? text, text);
        byDigest.set(found, text);
        const stored = JSON.parse(JSON.stringify(key));
        assert.ok(isKey(stored));
        assert.equal(digestOfKey(stored), found);
      }
      assert.equal(
        await digest(a) === await digest(b),
        canonicalJson(a) === canonicalJson(b),
      );
    }),
    { numRuns: 1000, seed: 1 },
  );
  assert.equal(byDigest.size, new Set(byDigest.values()).size);
});

for (
  const [what, leaf] of [
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["1n", 1n],
    ["[Function (anonymous)]", (() => () => 1)()],
    ["Uint8Array(1) [ 0 ]", new Uint8Array(1)],
    ["undefined", undefined],
  ] as const
) {
  Deno.test(`staticKeysOf() refuses ${what} among the arguments`, async () => {
    await assert.rejects(digest({ a: [leaf] }), {
      name: "TypeError",
      message:
        `Cannot use argument "a[0]" of stage "task": ${what} is neither JSON nor a definition nor a ref`,
    });
  });
}

Deno.test("staticKeysOf() refuses a record with hidden fields", async () => {
  await assert.rejects(digest({ a: { [Symbol("b")]: 1 } }), TypeError);
  await assert.rejects(digest({ a: new Map() }), TypeError);
  await assert.rejects(digest({ a: new Array(2) }), TypeError);
});

Deno.test("staticKeysOf() takes in the code of definitions and of the codecs of inputs", async () => {
  const codec = define("file:///codec.ts", "codec", { ...bytes });
  const producer = defineTask({
    module: "file:///producer.ts",
    name: "producer",
    result: codec,
    run: (_: unknown) => new Uint8Array(),
  });
  const shift = define("file:///shift.ts", "shift", {});
  const key = await keyOf(
    stageOf({ a: [shift], b: { c: producer({}) } }),
  );
  // Where the repository lies decides the order of the addresses.
  assert.deepEqual(
    new Set(Object.keys(key.code)),
    new Set(["file:///codec.ts", "file:///shift.ts", import.meta.url]),
  );
  assert.deepEqual(key.params, {
    "a[0]": { definition: `${relative(ROOT, "/shift.ts")}#shift` },
  });
  assert.equal(key.task, `${HERE}#task`);
});

Deno.test("staticKeysOf() takes in the facts of an environment whose package is imported", async () => {
  const facts = { adapter: "a card" };
  const other = { package: "other", facts: { other: "x" } };
  const key = await keyOf(stageOf({}), {
    ...context,
    environments: [{ package: "acorn", facts }, other],
  });
  assert.deepEqual(key.environment, {
    deno: Deno.version.deno,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    adapter: "a card",
  });
});

Deno.test("a ref to another field or stage is not a param", async () => {
  const stage = stageOf({});
  assert.equal(
    await digest({ a: refTo(stage, "x") }),
    await digest({ a: refTo(stage, "y") }),
  );
});

Deno.test("staticKeysOf() lets stages with the same code share its record", async () => {
  let read = 0;
  const counted: CodeReader = {
    bytes: new Map(),
    closureOf: (module) => (read++, code.closureOf(module)),
  };
  const stages = [{ a: 1 }, { a: 2 }].map(stageOf);
  const keys = await staticKeysOf(stages, { ...context, code: counted });
  const [one, other] = stages.map((stage) => keyIn(keys, stage));
  assert.equal(read, 1);
  assert.equal(one?.code, other?.code);
  assert.notDeepEqual(one?.params, other?.params);
});

Deno.test("keyIn() refuses a stage of another graph", () => {
  assert.throws(() => keyIn(new Map(), stageOf({})), {
    name: "TypeError",
    message: 'Cannot key stage "task": it is not in this graph',
  });
});

Deno.test("modulesOf() names the task, definitions and codecs that read inputs, each once", () => {
  const tint = define("file:///tint.ts", "tint", {});
  const codec = define("file:///codec.ts", "codec", { ...bytes });
  const load = defineTask({ ...task.task, result: codec });
  const stage = stageOf({
    a: load({}),
    b: load({}),
    c: tint,
    d: [tint],
  });
  assert.deepEqual(modulesOf(stage), [
    import.meta.url,
    "file:///tint.ts",
    "file:///codec.ts",
  ]);
});

const copied = {
  module: import.meta.url,
  result: bytes,
  run: () => new Uint8Array(),
};

export const double = defineTask({ ...copied, name: "double" });

/** Named as the one that it was copied from. */
export const triple = defineTask({ ...copied, name: "double" });

export const dark = define(import.meta.url, "dark", {});

export const own: typeof bytes = define(import.meta.url, "own", {
  ...bytes,
  name: "own",
});

/** What its module exports under that name is no codec of this format. */
export const other: typeof bytes = define(import.meta.url, "own", {
  ...bytes,
  name: "other",
});

Deno.test("staticKeysOf() refuses what has the name of another export", async () => {
  const made = (of: { task: unknown }, args: unknown = {}): Stage => {
    const ref = (of as unknown as typeof task)(args as never);
    const [symbol] = Object.getOwnPropertySymbols(ref);
    return (Reflect.get(ref, symbol ?? "") as { stage: Stage }).stage;
  };
  await keyOf(made(double, { shift: dark }));
  await assert.rejects(keyOf(made(triple)), {
    name: "TypeError",
    message:
      `Cannot use the task "double" of stage "double": ${HERE}#double is another; name each after its own export`,
  });
  const light = define(import.meta.url, "dark", {});
  await assert.rejects(keyOf(made(double, { shift: light })), {
    message: /^Cannot use the definition "dark" of stage "double": .*#dark is/,
  });
  const keeping = (result: typeof bytes) =>
    defineTask({ ...copied, name: "keeping", result });
  await keyOf(made(keeping(own)));
  await assert.rejects(keyOf(made(keeping(other))), {
    message: /^Cannot use the codec "own" of stage "keeping": .*#own is/,
  });
});
