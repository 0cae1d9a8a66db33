import assert from "node:assert/strict";
import { join } from "node:path";
import {
  digestOfKey,
  type Key,
  STORE_FORMAT,
} from "../../../../engine/keys/key.ts";
import {
  checkoutOf,
  type Job,
  type JobName,
  queueFiles,
} from "../../../../engine/run/queue/queue_files.ts";
import fc from "../../../property.ts";
import { withFolder } from "../../store/other_machine.ts";

const KEY: Key = {
  format: STORE_FORMAT,
  task: "a.ts#a",
  result: { value: "json" },
  code: { "a.ts": "0".repeat(64) },
  packages: {},
  params: { n: 1 },
  inputs: {},
  environment: {},
};

const NAME: JobName = {
  height: 3,
  seconds: 12,
  device: "any",
  group: "0",
  checkout: checkoutOf("/home/me/shiftline"),
  key: digestOfKey(KEY),
};

const JOB: Job = {
  stage: "a",
  key: KEY,
  request: {
    stage: "a",
    task: { module: "a.ts", name: "a" },
    args: { n: 1 },
    inputs: {},
    definitions: {},
    environment: {},
  },
  code: "1".repeat(64),
  most: 1,
  replace: false,
};

Deno.test("queueFiles() gives jobs back as they were put, the longest chain first", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const queue = queueFiles(folder);
    assert.deepEqual(queue.jobs(), []);
    await queue.putJob(NAME, JOB);
    await queue.putJob(NAME, JOB); // that it is there already is no error
    assert.deepEqual(queue.job(NAME), JOB);
    const other = { ...NAME, height: 20, key: "ab".repeat(32) };
    await queue.putJob(other, JOB);
    assert.deepEqual(queue.jobs(), [other, NAME]);
    assert.equal(queue.job(other), "it is damaged", "it is of another key");
    await queue.removeJob(NAME);
    assert.equal(queue.job(NAME), undefined);
  }));

Deno.test("queueFiles() says how jobs ended", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const queue = queueFiles(folder);
    const end = { by: { node: "host-b", job: "7" } };
    await queue.putEnd(NAME.key, end);
    assert.deepEqual(queue.ended(), [NAME.key]);
    assert.deepEqual(queue.end(NAME.key), end);
    await queue.removeEnd(NAME.key);
    assert.equal(queue.end(NAME.key), undefined);
  }));

Deno.test("putCode() writes over code that a power cut has damaged, of the same size too", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const bytes = Uint8Array.of(1, 2, 3);
    const digest = await queueFiles(folder).putCode(bytes);
    const path = queueFiles(folder).pathOfCode(digest);
    for (const damaged of [new Uint8Array(), new Uint8Array(3)]) {
      await Deno.writeFile(path, damaged);
      const queue = queueFiles(folder);
      assert.equal(queue.hasCode(digest), false);
      await queue.putCode(bytes);
      assert.equal(queue.hasCode(digest), true);
      assert.deepEqual(await Deno.readFile(path), bytes);
    }
    await Deno.remove(path);
    assert.equal(queueFiles(folder).hasCode(digest), false);
  }));

Deno.test("job() says that a job is damaged, whatever bytes it has, and never takes it for another", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const queue = queueFiles(folder);
    await queue.putJob(NAME, JOB);
    const [entry] = await Array.fromAsync(
      Deno.readDir(join(folder, "queue/jobs")),
    );
    const path = join(folder, "queue/jobs", entry?.name ?? "");
    const bytes = await Deno.readFile(path);
    const changes = fc.array(
      fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(fc.property(changes, (changed) => {
      const other = bytes.slice();
      for (const [place, byte] of changed) other[place] = byte;
      Deno.writeFileSync(path, other);
      const isSame = bytes.every((byte, i) => byte === other[i]);
      assert.deepEqual(queue.job(NAME), isSame ? JOB : "it is damaged");
    }));
  }));
