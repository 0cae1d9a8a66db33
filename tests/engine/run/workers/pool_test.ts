import assert from "node:assert/strict";
import { z } from "zod";
import { json } from "../../../../engine/define/codec.ts";
import {
  groupOf,
  newPool,
  type Pool,
  type Seat,
} from "../../../../engine/run/workers/pool.ts";
import {
  type Ref,
  type Stage,
  targetOf,
} from "../../../../engine/define/ref.ts";
import { defineTask } from "../../../../engine/define/task.ts";

type Place = Parameters<Pool["take"]>[0];

/** Takes a seat for each of these places while another has the only slot; the order in which they get it. */
async function served(
  places: Readonly<Record<string, Place>>,
): Promise<readonly string[]> {
  const pool = newPool(1);
  const first = await pool.take({ order: 0, height: 1 });
  const order: string[] = [];
  const all = Object.entries(places).map(async ([name, place]) => {
    using _ = await pool.take(place);
    order.push(name);
  });
  first[Symbol.dispose]();
  await Promise.all(all);
  return order;
}

Deno.test("take() serves the first graph first, and in it the longest chain", async () => {
  assert.deepEqual(
    await served({
      "long chain of the second": { order: 1, height: 1000 },
      "end of the first": { order: 0, height: 1 },
      "middle of the first": { order: 0, height: 2 },
      "second to ask for the same": { order: 0, height: 1 },
    }),
    [
      "middle of the first",
      "end of the first",
      "second to ask for the same",
      "long chain of the second",
    ],
  );
});

Deno.test("take() seats those of a group that wait beside the first of it, as many as may", async () => {
  const pool = newPool(1);
  const group = { name: "a", most: 2 };
  const seated: Seat[] = [];
  const all = [1, 2, 3].map((height) =>
    pool.take({ order: 0, height, group }).then((seat) => seated.push(seat))
  );
  await Promise.all(all.slice(0, 2));
  const [one, two] = seated;
  assert.equal(one?.crew, two?.crew);
  // The slot is free when both have left it, however often one says so.
  one?.[Symbol.dispose]();
  one?.[Symbol.dispose]();
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(seated.length, 2);
  two?.[Symbol.dispose]();
  await Promise.all(all);
  assert.notEqual(seated[2]?.crew, one?.crew);
  seated[2]?.[Symbol.dispose]();
});

Deno.test("take() seats stages of two groups apart", async () => {
  const pool = newPool(2);
  const seats = await Promise.all(
    ["a", "b"].map((name) =>
      pool.take({ order: 0, height: 1, group: { name, most: 9 } })
    ),
  );
  assert.notEqual(seats[0]?.crew, seats[1]?.crew);
  for (const seat of seats) seat[Symbol.dispose]();
});

Deno.test("newPool() refuses a number of jobs that is not positive", () => {
  assert.throws(() => newPool(0), {
    name: "RangeError",
    message: "Cannot run 0 stages at once: jobs must be a positive integer",
  });
});

interface Args {
  readonly images: number;
  readonly kind: string;
}

/** What `group` was given. */
const given: unknown[] = [];

const train = defineTask({
  module: "file:///train.ts",
  name: "train",
  result: json(z.number()),
  run: (_: Args) => 0,
  together: {
    most: ({ device }) => device === "gpu" ? 4 : 1,
    group(args) {
      given.push(args);
      return args["kind"] ?? null;
    },
    run: (stages) =>
      Promise.resolve(
        stages.map(() => ({ status: "fulfilled", value: 0 } as const)),
      ),
  },
});

const stageOf = (ref: Ref<unknown>): Stage => targetOf(ref).stage;

Deno.test("groupOf() names alike what may run together, and sees no artifacts", () => {
  const gpu = { environment: { device: "gpu" } };
  const made = (images: number) => train({ images, kind: "x" }, `${images}`);
  const [a, b, c] = [
    train({ images: made(1), kind: "r8" }, "a"),
    train({ images: made(2), kind: "r8" }, "b"),
    train({ images: made(1), kind: "vit" }, "c"),
  ].map((ref) => groupOf(stageOf(ref), gpu));
  assert.deepEqual(given, [
    { images: null, kind: "r8" },
    { images: null, kind: "r8" },
    { images: null, kind: "vit" },
  ]);
  assert.equal(a?.most, 4);
  assert.deepEqual(a, b);
  assert.notEqual(a?.name, c?.name);
  const other = groupOf(stageOf(train({ images: 0, kind: "r8" })), {
    environment: { device: "gpu", driver: "other" },
  });
  assert.notEqual(a?.name, other?.name);
});

Deno.test("groupOf() leaves alone what runs one at a time", () => {
  const stage = stageOf(train({ images: 1, kind: "r8" }));
  assert.equal(groupOf(stage, { environment: { device: "wasm" } }), undefined);
});
