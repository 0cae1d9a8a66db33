/** Several runs at once on one store. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOfKey } from "../../engine/keys/key.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { CHAIN } from "./chain.ts";
import { filesBelow } from "../files_below.ts";
import { newRig, newRigHere, type Rig, type RigProcess } from "./rig.ts";
import { leased, present } from "./store/other_machine.ts";
import { test } from "../full.ts";

/** A file that a stage in an isolate may see. */
const GO = "1/node_modules/go";

/** A chain whose first stage waits for a file. */
async function waitingRig(): Promise<Rig> {
  const rig = await newRig(CHAIN);
  rig.edit("load.ts", ["run: (", "run: async ("]);
  rig.edit("load.ts", ["number[] => {", "Promise<number[]> => {"]);
  rig.edit("load.ts", [
    'count("load");',
    `count("load");
    const go = ${JSON.stringify(rig.path(GO))};
    while (!await Deno.readTextFile(go).then(() => true, () => false));`,
  ]);
  return rig;
}

/** Many stages side by side, and one that needs them all. */
const WIDE = {
  "tasks.ts": `
import { bytes } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";
export const make = defineTask({
  module: import.meta.url, name: "make", result: bytes,
  run({ n, parts }: { n: number; parts: readonly Uint8Array[] }) {
    count(\`make \${n}\`);
    const sum = parts.reduce((sum, part) => sum + (part[0] ?? 0), n);
    return new Uint8Array(100_000).fill(sum);
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { make } from "./tasks.ts";
export const pipeline = definePipeline({
  module: import.meta.url, name: "wide", title: "",
  profiles: { smoke: {}, default: {}, full: {} },
  build() {
    const parts = Array.from({ length: 40 }, (_, n) => make({ n, parts: [] }, \`\${n}\`));
    return make({ n: 40, parts }, "all");
  },
});
`,
};

Deno.test("two runs at once on one store: the second waits for a stage that the first runs, and uses what it made", async () => {
  await using rig = await waitingRig();
  const first = rig.spawn();
  await first.until("stage-started");
  const second = rig.spawn();
  await second.until("stage-elsewhere");
  await Deno.writeTextFile(rig.path(GO), "");
  const ends = [await first.end(), await second.end()];
  assert.deepEqual(ends.map(({ code }) => code), [0, 0], ends[1]?.error);
  assert.deepEqual(rig.counted(), ["evaluate", "load", "train"]);
  assert.ok(ends[1]?.output.includes("stage-cached load"));
  const [one, two] = ends.map(resultOf);
  assert.deepEqual(one, two);
});

test.inFull("runs at once on one store share many stages, each of which runs once", async () => {
  await using rig = await newRig(WIDE);
  const runs = Array.from({ length: 3 }, () => rig.spawn());
  const ends = await Promise.all(runs.map((run) => run.end()));
  assert.deepEqual(
    ends.map(({ code, error }) => [code, error]),
    ends.map(() => [0, ""]),
  );
  const counted = rig.counted();
  assert.equal(counted.length, 41, "each stage ran once in all");
  assert.equal(new Set(counted).size, 41);
  assert.deepEqual(filesBelow(join(rig.store, "leases")), []);
  assert.deepEqual(filesBelow(join(rig.store, "alive")), []);
  assert.equal(contentsOf(rig.store).runs.length, 0);
  assert.deepEqual((await rig.reproduce()).runs, []);
});

test.inFull("a run that is killed while it runs a stage is followed by the other at once", async () => {
  await using rig = await waitingRig();
  const first = rig.spawn();
  await first.until("counted");
  const second = rig.spawn();
  await second.until("stage-elsewhere");
  await kill(first);
  await second.until("stage-started");
  await Deno.writeTextFile(rig.path(GO), "");
  const { code, error } = await second.end();
  assert.equal(code, 0, error);
  assert.deepEqual(rig.counted(), ["evaluate", "load", "load", "train"]);
  const left = filesBelow(join(rig.store, "leases"));
  assert.deepEqual(left.filter((name) => !name.startsWith("code-")), []);
});

test.inFull("a run takes the stage over of a machine that went silent, and says so where it lost one itself", async () => {
  await using rig = await newRig(CHAIN);
  const [planned] = await rig.planned();
  const name = planned === undefined ? "" : digestOfKey(planned.key);
  await Deno.mkdir(rig.store, { recursive: true });
  present(rig.store, { seconds: 3600, lease: 0.06 });
  leased(rig.store, { name });
  assert.deepEqual((await rig.reproduce()).runs, ["evaluate", "load", "train"]);
});

Deno.test("a run stops a stage that another took over, and uses what that one makes", async () => {
  await using rig = await waitingRig();
  const [load] = await rig.planned();
  const name = load === undefined ? "" : digestOfKey(load.key);
  const kinds: string[] = [];
  const { value, events } = await rig.reproduce({
    lease: 0.06,
    emit(event) {
      if (!("stage" in event) || event.stage !== "load") return;
      kinds.push(event.kind);
      if (event.kind === "stage-started" && kinds.length === 1) {
        present(rig.store);
        leased(rig.store, { name, number: 1 });
      } else if (event.kind === "stage-elsewhere") {
        // The other gives it back without a result, as if its run was stopped.
        giveBack(rig, name);
      }
    },
  });
  assert.equal(value, "accuracy of 12 epochs on 3 images");
  assert.deepEqual(kinds, [
    "stage-started",
    "stage-elsewhere",
    "stage-started",
    "stage-finished",
  ]);
  const [told] = events.flatMap((event) =>
    event.kind === "stage-elsewhere" ? [event.message] : []
  );
  assert.equal(
    told,
    "process 12 on host-b took it over, because this process gave no sign of life for a while",
  );
});

test.inFull("a stage that two runs made alike is the first one's; where they differ, that is said", async () => {
  for (const [digit, differs] of [["0", false], ["7", true]] as const) {
    await using rig = await waitingRig();
    const [load] = await rig.planned();
    const { events } = await rig.reproduce({
      emit(event) {
        if (event.kind !== "stage-started" || event.stage !== "load") return;
        void publish(rig, { load, text: `[${digit},1,2]` })
          .then(() => Deno.writeTextFile(rig.path(GO), ""));
      },
    });
    assert.equal(
      events.some(({ kind }) => kind === "stage-differs"),
      differs,
      digit,
    );
  }
});

Deno.test("a run goes on with what another has made, though that one does not give the lease back yet", async () => {
  await using rig = await newRigHere(CHAIN);
  const [load] = await rig.planned();
  const name = load === undefined ? "" : digestOfKey(load.key);
  present(rig.store);
  leased(rig.store, { name });
  const { value, runs } = await rig.reproduce({
    emit(event) {
      if (event.kind !== "stage-elsewhere") return;
      void publish(rig, { load, text: "[0,1,2]" });
    },
  });
  assert.equal(value, "accuracy of 12 epochs on 3 images");
  assert.deepEqual(runs, ["evaluate", "train"]);
});

/** Gives back a lease that was taken over, and lets its stage end. */
function giveBack(rig: Rig, name: string): void {
  Deno.writeTextFileSync(rig.path(GO), "");
  for (const number of [0, 1]) {
    Deno.removeSync(join(rig.store, "leases", `${name}.${number}`));
  }
}

/** Puts a record into the store, as another run would that was taken for dead. */
async function publish(
  rig: Rig,
  { load, text }: {
    readonly load: PlannedStage | undefined;
    readonly text: string;
  },
): Promise<void> {
  const store = await openStore(rig.store);
  const bytes = new TextEncoder().encode(text);
  await store.putRecord({
    key: load?.key ?? assert.fail(),
    stage: "load",
    outputs: {
      value: { digest: await store.putObject(bytes), bytes: bytes.length },
    },
    finishedAt: "2026-01-02T03:04:05.000Z",
    seconds: 1,
  });
}

test.inFull("gc is refused beside a run, and a run waits for gc", async () => {
  await using rig = await waitingRig();
  const first = rig.spawn();
  await first.until("stage-started");
  await assert.rejects(useStore(rig.store, { alone: true }), {
    message: new RegExp(
      `alone: another run is using it \\(process ${first.process.pid}, `,
    ),
  });
  await Deno.writeTextFile(rig.path(GO), "");
  assert.equal((await first.end()).code, 0);
  const gc = await useStore(rig.store, { alone: true });
  const second = rig.spawn();
  await second.until("waiting-for-store");
  await assert.rejects(rig.reproduce({ ifLocked: "refuse" }), {
    message: /^Cannot use store ".*": another command has it to itself \(/,
  });
  gc[Symbol.dispose]();
  assert.equal((await second.end()).code, 0);
});

/** The last line of a run: what it gave. */
function resultOf({ output }: { readonly output: string }): string | undefined {
  return output.trim().split("\n").at(-1);
}

async function kill(run: RigProcess): Promise<void> {
  run.process.kill("SIGKILL");
  await run.end();
}
