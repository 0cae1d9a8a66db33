import assert from "node:assert/strict";
import type { StageWork } from "../../../cli/display/pace.ts";
import {
  type PlannedWork,
  sumOf,
  type Time,
  timeText,
  totalText,
} from "../../../cli/lines/planned_time.ts";

const LAST: Time = { seconds: 25 };
const GUESS: Time = { seconds: 90, estimatedAt: ["default"] };
const SMOKE: Time = { seconds: 10, estimatedAt: ["smoke"] };

function planned(
  time: Time | undefined,
  imageSteps?: StageWork["imageSteps"],
): PlannedWork {
  return { work: { task: "train", alike: "train", imageSteps }, time };
}

const total = (...all: readonly PlannedWork[]) => totalText(all, "default");

Deno.test("timeText() marks an estimate, and what holds one", () => {
  assert.equal(timeText(LAST), "25 s");
  assert.equal(timeText(GUESS), "~1 m 30 s");
  assert.deepEqual(sumOf([LAST, undefined, LAST]), { seconds: 50 });
  assert.deepEqual(sumOf([LAST, GUESS, SMOKE]), {
    seconds: 125,
    estimatedAt: ["default", "smoke"],
  });
  assert.equal(sumOf([undefined]), undefined);
});

Deno.test("totalText() says what the sum rests on", () => {
  assert.equal(
    total(planned(LAST)),
    "About 25 s in total if run one after another, judging by earlier runs",
  );
  assert.equal(
    total(planned(LAST), planned(GUESS)),
    "About 1 m 55 s in total if run one after another, judging by earlier runs, of which ~1 m 30 s is estimated from other stages of the same tasks",
  );
  assert.equal(
    total(planned(SMOKE)),
    "About 10 s in total if run one after another, estimated from other stages of the same tasks (at profile smoke)",
  );
  assert.match(
    total(planned(SMOKE), planned(GUESS)) ?? "",
    /\(at profiles smoke and default\)$/,
  );
  assert.equal(total(), undefined);
});

Deno.test("totalText() says once of how many stages nothing is known, and how much they train", () => {
  assert.match(
    total(planned(LAST), planned(undefined), planned(undefined)) ?? "",
    /judging by earlier runs; nothing is known of 2 stages$/,
  );
  assert.match(
    total(planned(LAST), planned(undefined, 64_000)) ?? "",
    /^How long this takes is not known: nothing is known of 1 stage, with trainings of 64 thousand image-steps; the others take about 25 s if run/,
  );
  assert.equal(
    total(planned(undefined, 7_800_000), planned(undefined, NaN)),
    "How long this takes is not known: nothing of the kind has run in this store; it has trainings of 7.8 million image-steps",
  );
  assert.equal(
    total(planned(undefined)),
    "How long this takes is not known: nothing of the kind has run in this store",
  );
});

Deno.test("totalText() says of downloads that they depend on the network", () => {
  const download = { ...planned(undefined), isDownload: true };
  assert.equal(
    total(download, download),
    "2 downloads; how long they take depends on the network",
  );
  assert.equal(
    total(download),
    "1 download; how long it takes depends on the network",
  );
  assert.match(
    total(planned(LAST), planned(undefined), download) ?? "",
    /judging by earlier runs; nothing is known of 1 stage; besides, 1 download, at the speed of the network$/,
  );
  assert.equal(
    total(planned(undefined), download),
    "How long this takes is not known: 1 download depends on the network, and nothing like the other stage has run in this store",
  );
  assert.match(
    total(planned(undefined), planned(undefined), download, download) ?? "",
    /: 2 downloads depend on the network, and nothing like the other 2 stages has run/,
  );
  // One that was fetched before took a time that is known.
  assert.match(
    total({ ...planned(LAST), isDownload: true }) ?? "",
    /^About 25 s in total .*earlier runs$/,
  );
});
