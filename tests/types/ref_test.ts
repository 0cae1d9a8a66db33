import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { isRef, type Lazy, type Ref } from "../../engine/define/ref.ts";
import { defineTask } from "../../engine/define/task.ts";
import { notRun } from "./not_run.ts";

const count = defineTask({
  module: import.meta.url,
  name: "count",
  result: json(z.object({ n: z.number() })),
  run: () => ({ n: 1 }),
});
const name = defineTask({
  module: import.meta.url,
  name: "name",
  result: { first: json(z.string()), age: json(z.number()) },
  run: () => ({ first: "Ada", age: 36 }),
});

Deno.test("a call gives a ref to its result, or one for each field", () => {
  const counted: Ref<{ readonly n: number }> = count({});
  const { first, age }: { first: Ref<string>; age: Ref<number> } = name({});
  assert.ok([counted, first, age].every(isRef));
  // @ts-expect-error: the result has no such field
  notRun(() => name({}).last);
  // @ts-expect-error: the result is one value; its parts have no refs
  notRun(() => count({}).n);
});

Deno.test("a ref is not the value that it stands for", () => {
  const { first, age } = name({});
  const ages: Lazy<number>[] = [age, 36];
  const names: Lazy<string>[] = [first, "Ada"];
  assert.equal(ages.length, names.length);
  // @ts-expect-error: there is no number to calculate with
  notRun(() => age + 1);
  // @ts-expect-error: there is no word yet
  notRun(() => first.toUpperCase());
  // @ts-expect-error: a number is wanted
  notRun((): number => age);
  // @ts-expect-error: there is nothing to compare yet
  notRun(() => age > 18);
});

Deno.test("a ref of one type is not one of another", () => {
  const { first, age } = name({});
  const wider: Ref<string | number> = age;
  assert.ok(isRef(wider) && isRef(first));
  // @ts-expect-error: the ref is one of words
  notRun((): Ref<number> => first);
  // @ts-expect-error: it may be one of a number
  notRun((): Ref<string> => wider);
  // @ts-expect-error: a value is no ref
  notRun((): Ref<number> => 36);
});
