import assert from "node:assert/strict";
import { slots } from "../../../engine/store/slots.ts";

/** Lets everything that can go on go on. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("take() gives slots by priority, then in order of asking", async () => {
  const slot = slots(1);
  const first = await slot.take(0);
  const order: string[] = [];
  const waiting = [["low", 1], ["high", 3], ["low too", 1], [
    "high too",
    3,
  ]] as const;
  const done = waiting.map(async ([name, priority]) => {
    using _taken = await slot.take(priority);
    order.push(name);
  });
  first[Symbol.dispose]();
  await Promise.all(done);
  assert.deepEqual(order, ["high", "high too", "low", "low too"]);
});

Deno.test("take() gives as many slots as there are, also when one is freed twice", async () => {
  const slot = slots(2);
  let running = 0;
  const take = async () => {
    const taken = await slot.take(0);
    running++;
    return taken;
  };
  const first = await take();
  for (let i = 0; i < 3; i++) void take();
  await settle();
  assert.equal(running, 2);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await settle();
  assert.equal(running, 3);
});

Deno.test("take() serves first what could not ask before the slot was free", async () => {
  const slot = slots(1);
  const first = await slot.take(0);
  const order: string[] = [];
  const take = async (name: string, priority: number) => {
    using _taken = await slot.take(priority);
    order.push(name);
  };
  const waiting = take("asked before", 1);
  first[Symbol.dispose]();
  await Promise.resolve();
  await Promise.all([waiting, take("asked after", 2)]);
  assert.deepEqual(order, ["asked after", "asked before"]);
});

Deno.test("take() loses no slot when more are freed than are waited for", async () => {
  const slot = slots(2);
  const both = [await slot.take(0), await slot.take(0)];
  const waiting = slot.take(0);
  for (const taken of both) taken[Symbol.dispose]();
  await waiting;
  await settle();
  const second = await slot.take(0);
  second[Symbol.dispose]();
});
