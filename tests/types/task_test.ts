import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { isRef, type Ref } from "../../engine/define/ref.ts";
import { defineTask } from "../../engine/define/task.ts";
import { notRun } from "./not_run.ts";

interface Args {
  readonly n: number;
  readonly names: readonly string[];
  readonly of: { readonly seed: number };
  readonly label?: string;
}

const task = defineTask({
  module: import.meta.url,
  name: "task",
  result: { sum: json(z.number()), words: json(z.string()) },
  run: ({ n, of, label = "" }: Args) => ({ sum: n + of.seed, words: label }),
});

const { sum, words } = task({ n: 1, names: [], of: { seed: 1 } });
const all = { n: 1, names: ["a"], of: { seed: 1 } };

Deno.test("a task takes its arguments, any part of which may be a ref", () => {
  for (
    const refs of [
      task({ n: 1, names: ["a"], of: { seed: 1 }, label: "b" }, "label"),
      task({ n: sum, names: [words, "a"], of: { seed: sum }, label: words }),
      task({ ...all, n: 2 }),
      task(all),
    ]
  ) assert.ok(isRef(refs.sum) && isRef(refs.words));
});

Deno.test("a task refuses an argument of a wrong type", () => {
  // @ts-expect-error: a number is asked for
  notRun(() => task({ n: "1", names: [], of: { seed: 1 } }));
  // @ts-expect-error: a number is asked for, deeper
  notRun(() => task({ n: 1, names: [], of: { seed: "1" } }));
  // @ts-expect-error: words are asked for
  notRun(() => task({ n: 1, names: [1], of: { seed: 1 } }));
  // @ts-expect-error: what may be left out may not be undefined
  notRun(() => task({ ...all, label: undefined }));
  // @ts-expect-error: a label is a word
  notRun(() => task(all, 1));
});

Deno.test("a task refuses to go without an argument", () => {
  // @ts-expect-error: "names" is missing
  notRun(() => task({ n: 1, of: { seed: 1 } }));
  // @ts-expect-error: "seed" is missing
  notRun(() => task({ n: 1, names: [], of: {} }));
  const { n: _, ...without } = all;
  // @ts-expect-error: "n" is missing in a variable
  notRun(() => task(without));
  // @ts-expect-error: all are missing
  notRun(() => task());
});

Deno.test("a task refuses an argument that it does not have", () => {
  // @ts-expect-error: "lable" is none
  notRun(() => task({ n: 1, names: [], of: { seed: 1 }, lable: "a" }));
  // @ts-expect-error: "lable" is none, after a spread
  notRun(() => task({ ...all, lable: "a" }));
  // @ts-expect-error: "lable" is none, in a spread
  notRun(() => task({ ...all, lable: "a" }));
  const others = { ...all, lable: "a" };
  // @ts-expect-error: "lable" is none, in a variable
  notRun(() => task(others));
  const maybe: { readonly lable?: string } = {};
  // @ts-expect-error: "lable" is none, where it may be left out
  notRun(() => task({ ...all, ...maybe }));
});

Deno.test("a task refuses a ref of another type", () => {
  // @ts-expect-error: a ref of words
  notRun(() => task({ ...all, n: words }));
  // @ts-expect-error: a ref of a number
  notRun(() => task({ ...all, names: [sum] }));
});

Deno.test("a task of several kinds of arguments takes those of each", () => {
  const either = defineTask({
    module: import.meta.url,
    name: "either",
    result: json(z.number()),
    run: (args: { readonly a: number } | { readonly b: number }) =>
      "a" in args ? args.a : args.b,
  });
  assert.ok(isRef(either({ a: 1 })) && isRef(either({ b: sum })));
  // @ts-expect-error: neither has a "c"
  notRun(() => either({ a: 1, c: 1 }));
});

Deno.test("defineTask() wants from run() what the codecs write", () => {
  const shared = {
    module: import.meta.url,
    name: "t",
  } as const;
  const result = json(z.number());
  const one: Ref<number> = defineTask({ ...shared, result, run: () => 1 })({});
  assert.ok(isRef(one));
  // @ts-expect-error: the codec writes numbers
  notRun(() => defineTask({ ...shared, result, run: () => "1" }));
  const literal = { name: "n", encode: result.encode, decode: result.decode };
  // @ts-expect-error: the codec does not say which module it is from
  notRun(() => defineTask({ ...shared, result: literal, run: () => 1 }));
  const record = { a: result };
  // @ts-expect-error: the field "a" is missing
  notRun(() => defineTask({ ...shared, result: record, run: () => ({}) }));
});
