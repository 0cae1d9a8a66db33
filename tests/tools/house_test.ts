import assert from "node:assert/strict";
import { isDoor, roomOf, ROOMS } from "../../tools/lint/layers.ts";
import {
  circlesIn,
  importsOf,
  modules,
  roomsIn,
  sourcesOfAll,
  unusedExports,
} from "./house.ts";

const all = modules();

Deno.test("circlesIn() finds a circle of two, a longer one, and none in a chain", () => {
  const graph = (edges: Record<string, readonly string[]>) =>
    new Map(Object.entries(edges).map(([a, b]) => [a, new Set(b)]));
  assert.deepEqual(circlesIn(graph({ a: ["b"], b: ["c"], c: [] })), []);
  assert.deepEqual(circlesIn(graph({ a: ["b"], b: ["a"] })), [["a", "b"]]);
  assert.deepEqual(
    circlesIn(graph({ a: ["b"], b: ["c", "d"], c: ["a"], d: ["b"], e: ["a"] })),
    [["a", "b", "c", "d"]],
  );
});

Deno.test("importsOf() sees types, calls, what is loaded later and what a constant names", () => {
  assert.deepEqual(
    [...importsOf(
      "a/b/c.ts",
      `import type { A } from "./type.ts";
       export * from "../export.ts";
       await import("./call.ts");
       later(import.meta.resolve("../../later.ts"));
       new Worker(new URL("./worker.ts", import.meta.url));
       const MODULE = "./constant.ts";
       import { z } from "zod";`,
    )].sort(),
    [
      "a/b/call.ts",
      "a/b/constant.ts",
      "a/b/type.ts",
      "a/b/worker.ts",
      "a/export.ts",
      "later.ts",
    ],
  );
});

Deno.test("unusedExports() names what no other module does, and leaves types and what is loaded by name", () => {
  const source = `import { used } from "./a.ts";`;
  assert.deepEqual(
    unusedExports(
      new Map([
        [
          "x/a.ts",
          `export const used = 1;
export const [ONE, TWO] = [used, 2];
export async function alone() { return ONE; }
export interface Alone {}`,
        ],
        ["x/b.ts", `${source}\nused(TWO);`],
        ["x/mod.ts", `export const entry = 1;`],
        ["tests/c.ts", `import { tested } from "../x/d.ts";`],
        ["x/d.ts", `export class tested {}`],
      ]),
    ),
    ["x/a.ts: ONE", "x/a.ts: alone"],
  );
});

Deno.test("nothing is exported that its own module alone uses", () => {
  assert.deepEqual(unusedExports(sourcesOfAll()), []);
});

Deno.test("no module leads back to itself", () => {
  assert.deepEqual(circlesIn(all), []);
});

Deno.test("no room leads back to itself", () => {
  assert.deepEqual(circlesIn(roomsIn(all)), []);
});

Deno.test("every folder with modules is a room, and every room has modules", () => {
  assert.deepEqual(
    [...roomsIn(all).keys()].sort(),
    Object.keys(ROOMS).sort(),
  );
});

Deno.test("a room imports only rooms above it in the table", () => {
  const order = Object.keys(ROOMS);
  const upwards = Object.entries(ROOMS).flatMap(([room, { imports }]) =>
    imports.filter((folder) =>
      !order.slice(0, order.indexOf(room)).some((lower) =>
        lower === folder || lower.startsWith(`${folder}/`)
      )
    ).map((folder) => `${room} imports ${folder}`)
  );
  assert.deepEqual(upwards, []);
});

Deno.test("every import that the table allows is used, and every door", () => {
  const rooms = roomsIn(all);
  const unused = Object.entries(ROOMS).flatMap(([room, { imports, doors }]) => [
    ...imports.filter((folder) =>
      ![...rooms.get(room) ?? []].some((to) =>
        to === folder || to.startsWith(`${folder}/`)
      )
    ).map((folder) => `${room} does not import ${folder}`),
    ...doors === "every"
      ? []
      : doors.filter((door) =>
        ![...all].some(([path, imports]) =>
          roomOf(path) !== room && imports.has(`${room}/${door}`)
        )
      ).map((door) => `nobody enters ${room}/${door}`),
  ]);
  assert.deepEqual(unused, []);
});

Deno.test("nobody enters a room but by its doors", () => {
  const breaches = [...all].flatMap(([path, imports]) =>
    [...imports].filter((target) =>
      roomOf(target) !== undefined && roomOf(target) !== roomOf(path) &&
      !isDoor(target)
    ).map((target) => `${path} imports ${target}`)
  );
  assert.deepEqual(breaches, []);
});

Deno.test("ARCHITECTURE.md says of every room what the table says", () => {
  const text = Deno.readTextFileSync(
    new URL("../../ARCHITECTURE.md", import.meta.url),
  ).replace(/\s+/g, " ");
  const missing = Object.entries(ROOMS)
    .filter(([room, { holds }]) =>
      !text.includes(`\`${room}/\``) || !text.includes(holds)
    )
    .map(([room]) => room);
  assert.deepEqual(missing, []);
});
