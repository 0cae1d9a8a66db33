/** A stage in a worker has no clock, and its dates are in UTC. */
import assert from "node:assert/strict";
import { assertRefused, reach } from "./reach.ts";

Deno.test("a task in a worker has no clock", async () => {
  await assertRefused({
    "Date.now()": "Date.now",
    "new Date()": "new Date()",
    "new (class extends Date {})()": "new Date()",
    "Date()": "Date()",
    "new Date(0).constructor.now()": "Date.now",
    "performance.now()": "performance.now",
    "performance.timeOrigin": "performance.timeOrigin",
    'performance.mark("a").startTime': "performance.mark",
    'new PerformanceMark("a").startTime': "PerformanceMark",
    "Temporal.Now.instant().epochMilliseconds": "Temporal.Now.instant",
    'new Intl.DateTimeFormat("en").format()': "the time, to format it",
    'new Intl.DateTimeFormat("en").formatToParts()': "the time, to format it",
    'new File([], "a").lastModified': "File.lastModified",
    "process.hrtime()": "process.hrtime",
    "process.uptime()": "process.uptime",
    "beside.hrtime()": "process.hrtime",
    "beside.performance.now()": "performance.now",
    "beside.eventLoopUtilization()": "node:perf_hooks.eventLoopUtilization",
    "(await beside.open(new URL(import.meta.url))).stat()":
      "node:fs/promises.open",
  }, {
    files: {
      "beside.ts": `
export { open } from "node:fs/promises";
export { eventLoopUtilization, performance } from "node:perf_hooks";
import process from "node:process";
export const { hrtime } = process;
`,
    },
  });
});

Deno.test("what happens to a task in a worker has no time", async () => {
  const found = await reach([
    "setTimeout(() => {})._idleStart",
    "setInterval(() => {}, 1e9).refresh()._idleStart",
    "beside.setTimeout(() => {})._idleStart",
    'new Event("a").timeStamp',
    "await new Promise((end) => setTimeout(() => end(7)))",
    "(await Array.fromAsync(beside.ticks()))[0]",
  ], {
    files: {
      "beside.ts": `
import { setInterval } from "node:timers/promises";
export { setTimeout } from "node:timers";
export async function* ticks() {
  for await (const tick of setInterval(1, 8)) {
    yield tick;
    return;
  }
}
`,
    },
  });
  assert.deepEqual(found, [null, null, null, 0, 7, 8]);
});

Deno.test("a task in a worker hears that the time can be an argument", async () => {
  const [said] = await reach(["Date.now()"]);
  assert.match(`${said}`, /; take the time as an argument$/);
});

Deno.test("dates in a worker are in UTC, whatever the zone of the machine", async () => {
  assert.deepEqual(
    await reach([
      "new Date(2020, 0, 31, 23, 59).toISOString()",
      "new Date(1e12).getHours()",
      "new Date(1e12).getTimezoneOffset()",
      "`${new Date(1e12)}`",
      "new Date(new Date(1e12).setHours(0)).toISOString()",
      'new Date("2020-01-31").getTime()',
      'Date.parse("2020-01-31T00:00+01:00")',
      "new Date(new Date(7)).getTime()",
      "new Date(null).getTime()",
      "new Date(1e12).toLocaleString()",
      "Intl.DateTimeFormat().resolvedOptions().timeZone",
      'new Date("2020-01-31T00:00").getTime()',
    ], { within: ["env", "TZ=Asia/Tokyo"] }),
    [
      "2020-01-31T23:59:00.000Z",
      1,
      0,
      "Sun, 09 Sep 2001 01:46:40 GMT",
      "2001-09-09T00:46:40.000Z",
      Date.UTC(2020, 0, 31),
      Date.UTC(2020, 0, 30, 23),
      7,
      0,
      "9/9/2001, 1:46:40 AM",
      "UTC",
      'it reached for the time zone of this machine, but a stage in a worker may use only its arguments and its code; let "2020-01-31T00:00" end with "Z"',
    ],
  );
});
