import assert from "node:assert/strict";
import { join } from "node:path";
import { cacheFile } from "../../../engine/keys/cache_file.ts";
import { checkStore, type Damage } from "../../../engine/store/check_store.ts";
import type { Digest } from "../../../engine/define/hash.ts";
import { digestOfKey } from "../../../engine/keys/key.ts";
import { recordIndex } from "../../../engine/store/record_index.ts";
import { PIECE_STAGES } from "../../../engine/store/run_file.ts";
import { runHistory } from "../../../engine/store/run_history.ts";
import { openStore, type StageRecord } from "../../../engine/store/store.ts";
import { storeFiles } from "../../../engine/store/store_files.ts";
import { objectPath, recordPath } from "../../../engine/store/store_layout.ts";
import {
  fileOfWork,
  LINE_BYTES,
} from "../../../engine/store/unfinished_work.ts";
import { STRANGERS } from "../../strangers.ts";
import { CHAIN } from "../chain.ts";
import { newRigHere, type Rig } from "../rig.ts";
import { fewOf, test } from "../../full.ts";

const signal = new AbortController().signal;
const check = async (folder: string) =>
  await checkStore(await openStore(folder), { signal });

const about = { commit: null, device: "toy" };
const ID = "a1b2c3d4e5f6";

/** A store after a run, and one more run in its history, so long that its keys lie in a piece. */
async function filled() {
  const rig = await newRigHere(CHAIN);
  const { result } = await rig.reproduce({ about });
  const load = result.records.get("load");
  assert.ok(load);
  const key = digestOfKey(load.key);
  const names = Array.from({ length: PIECE_STAGES + 1 }, (_, i) => `s${i}`);
  await runHistory(rig.store).put({
    id: ID,
    profile: "smoke",
    started: "2026-01-02T00:00:00.000Z",
    seconds: 1,
    state: "finished",
    ...about,
    pipelines: {
      long: {
        stages: Object.fromEntries(
          names.map((name) => [name, { key, state: "reused" }]),
        ),
      },
    },
  });
  return { rig, load, key, artifact: load.outputs["value"]?.digest ?? "" };
}

interface Filled {
  readonly rig: Rig;
  readonly load: StageRecord;
  readonly key: Digest;
  readonly artifact: Digest;
}

function edit(path: string, change: (text: string) => string): void {
  Deno.writeTextFileSync(path, change(Deno.readTextFileSync(path)));
}

const flip = (text: string) => text.replace(/\d/, (digit) => `${9 - +digit}`);

const AGAIN = "remove it; a run that needs it makes it again";
const NEXT_RUN = "remove it; the next run writes it again";

/** What is done to a store: which file is damaged then, what is wrong, and the way out. */
const CASES: Readonly<
  Record<string, (filled: Filled) => Damage>
> = {
  "an artifact with a flipped digit"({ rig, artifact }) {
    const path = objectPath(artifact);
    edit(join(rig.store, path), flip);
    const wrong = "its bytes do not match its name";
    return { path, wrong, wayOut: AGAIN };
  },
  "an artifact that was cut"({ rig, artifact }) {
    const path = objectPath(artifact);
    edit(join(rig.store, path), (text) => text.slice(1));
    const wrong = "its bytes do not match its name";
    return { path, wrong, wayOut: AGAIN };
  },
  "an artifact that is gone"({ rig, key, artifact }) {
    Deno.removeSync(join(rig.store, objectPath(artifact)));
    const wrong = `artifact ${
      artifact.slice(0, 12)
    }, which it names, is missing`;
    return { path: recordPath(key), wrong, wayOut: AGAIN };
  },
  "a record of another key"({ rig, key }) {
    const path = recordPath(key);
    edit(
      join(rig.store, path),
      (text) => text.replace('"size":3', '"size":4'),
    );
    const wrong = "what it says is not what a run would write";
    return { path, wrong, wayOut: AGAIN };
  },
  "a record of a time that is none"({ rig, key }) {
    const path = recordPath(key);
    edit(join(rig.store, path), (text) => text.replace(/Z"/, 'X"'));
    const wrong = "what it says is not what a run would write";
    return { path, wrong, wayOut: AGAIN };
  },
  "a record of another size than its artifact has"({ rig, key, artifact }) {
    const path = recordPath(key);
    edit(join(rig.store, path), (text) => text.replace('"bytes":', "$&1"));
    const wrong = `artifact ${
      artifact.slice(0, 12)
    }, which it names, has a different size than it says`;
    return { path, wrong, wayOut: AGAIN };
  },
  "an index that says of a record what it does not say"({ rig, load, key }) {
    const wrong = `it says of record ${
      key.slice(0, 12)
    } what the record does not`;
    const files = storeFiles(rig.store);
    const clock = () => Date.now() + 60_000; // the folder counts as settled
    const index = recordIndex(rig.store, { files, clock });
    index.note(key, { ...load, seconds: 1000 });
    index.save();
    return { path: "records.json", wrong, wayOut: NEXT_RUN };
  },
  "an index that is cut"({ rig }) {
    Deno.writeTextFileSync(join(rig.store, "records.json"), "0\n{");
    return { path: "records.json", wrong: "it is not whole", wayOut: NEXT_RUN };
  },
  "last keys that are cut"({ rig }) {
    const [name = ""] = storeFiles(rig.store).list("stages");
    const path = `stages/${name}`;
    edit(join(rig.store, path), (text) => text.slice(0, -9));
    return { path, wrong: "it is not whole", wayOut: NEXT_RUN };
  },
  "a run that is cut"({ rig }) {
    const path = `runs/${ID}.json`;
    edit(join(rig.store, path), (text) => text.slice(0, -9));
    const wrong = "it is incomplete, or keys that it leads to are";
    const wayOut = "remove it; nothing else holds what it said";
    return { path, wrong, wayOut };
  },
  "unfinished work with a flipped bit"({ rig, key }) {
    const path = `scratch/${key}`;
    const work = new Uint8Array(200_000); // more than is held at once
    Deno.mkdirSync(join(rig.store, "scratch"), { recursive: true });
    const file = fileOfWork(work);
    Deno.writeFileSync(join(rig.store, path), file.with(150_000, 1));
    const wrong = "it does not begin with the digest of its bytes";
    return { path, wrong, wayOut: "remove it; its stage begins anew" };
  },
  "a folder of artifacts that is a file"({ rig }) {
    const path = "objects/00"; // where no artifact of this test lies
    Deno.writeTextFileSync(join(rig.store, path), "");
    const wrong = "it is a file and should be a folder";
    return { path, wrong, wayOut: AGAIN };
  },
};

/** Those that are tried each time. */
const FEW = [
  "an artifact that is gone",
  "an index that is cut",
  "unfinished work with a flipped bit",
];

for (
  const [what, damage] of fewOf(
    Object.entries(CASES),
    ([what]) => FEW.includes(what),
  )
) {
  Deno.test(`checkStore() finds ${what}, and the way out that it says is one`, async () => {
    const made = await filled();
    await using rig = made.rig;
    assert.deepEqual((await check(rig.store)).damaged, []);
    const expected = damage(made);
    const { damaged, records, artifacts, runs } = await check(rig.store);
    assert.deepEqual(damaged, [expected]);
    assert.deepEqual(
      [records, artifacts, runs],
      [3, what === "an artifact that is gone" ? 2 : 3, 2],
    );
    await Deno.remove(join(rig.store, expected.path));
    const { value } = await rig.reproduce();
    assert.equal(value, "accuracy of 12 epochs on 3 images");
    assert.deepEqual((await check(rig.store)).damaged, []);
  });
}

for (
  const [kind, put] of fewOf(
    Object.entries(STRANGERS),
    ([kind]) => kind === "folder",
  )
) {
  Deno.test(`checkStore() names every file that is a ${kind}, and opens none`, async () => {
    const { rig: made, key, artifact } = await filled();
    await using rig = made;
    const { list } = storeFiles(rig.store);
    const paths = [
      objectPath(artifact),
      recordPath(key),
      "records.json",
      `runs/${ID}.json`,
      `runs/keys/${list("runs/keys")[0]}`,
      `scratch/${key}`,
      `stages/${list("stages")[0]}`,
      "code.json",
    ];
    const store = await openStore(rig.store);
    for (const path of paths) put(join(rig.store, path));
    const { damaged } = await checkStore(store, { signal });
    assert.deepEqual(
      damaged.map(({ path, wrong }) => `${path}: ${wrong}`).sort(),
      paths.map((path) => `${path}: it is a ${kind}`).sort(),
    );
  });
}

Deno.test("checkStore() finds damaged keys of runs, and the runs that they belong to", async () => {
  const { rig: made } = await filled();
  await using rig = made;
  const [name] = storeFiles(rig.store).list("runs/keys");
  const path = `runs/keys/${name}`;
  edit(join(rig.store, path), (text) => text.replace('"s', '"t'));
  const { damaged } = await check(rig.store);
  assert.deepEqual(
    damaged.map(({ path }) => path),
    [`runs/${ID}.json`, path]
      .sort(),
  );
});

Deno.test("checkStore() counts what is left over, and calls it not damaged", async () => {
  const { rig: made, key } = await filled();
  await using rig = made;
  const store = await openStore(rig.store);
  await store.putObject(Uint8Array.of(1, 2, 3));
  await store.scratch(key).save(Uint8Array.of(1));
  await store.scratch("0".repeat(64)).save(Uint8Array.of(1));
  await Deno.writeTextFile(join(rig.store, "tmp/half"), "ha");
  await Deno.writeTextFile(join(rig.store, "notes.txt"), "mine");
  const files = storeFiles(rig.store);
  const isContent = (value: unknown): value is unknown => value !== null;
  // What --strict leaves there is of the store.
  await cacheFile("packages.json", { files, isContent }).write({});
  await Deno.mkdir(join(rig.store, "objects/mine"));
  await Deno.remove(join(rig.store, `runs/${ID}.json`));
  const found = await check(rig.store);
  assert.deepEqual(found.damaged, []);
  const { unnamed, pieces, finishedWork, halfWritten, strangers } = found;
  assert.deepEqual(
    [unnamed, finishedWork, halfWritten].map((files) =>
      files.map(({ bytes }) => bytes)
    ),
    [[3], [LINE_BYTES + 1], [2]],
  );
  assert.equal(pieces.length, 2);
  assert.deepEqual(strangers.map(({ path }) => path), [
    "notes.txt",
    "objects/mine",
  ]);
});

test.inFull("checkStore() reads a store of terabytes that are not there without holding them", async () => {
  const { rig: made, key } = await filled();
  await using rig = made;
  for (const path of [recordPath(key), `runs/${ID}.json`, "records.json"]) {
    await Deno.writeTextFile(join(rig.store, path), "{}");
    await Deno.truncate(join(rig.store, path), 2 ** 40);
  }
  const { damaged } = await check(rig.store);
  assert.deepEqual(
    new Set(damaged.map(({ wrong }) => wrong)),
    new Set(["it is larger than anything a run would write"]),
  );
  assert.equal(damaged.length, 3);
});

test.inFull("checkStore() calls nothing damaged while a run goes on", async () => {
  await using rig = await newRigHere(CHAIN);
  let checks = 0;
  for (const epochs of [12, 13, 14]) {
    rig.edit("pipeline.ts", ["epochs: 12", `epochs: ${epochs}`]);
    const child = rig.spawn();
    let isRunning = true;
    const end = child.end().finally(() => isRunning = false);
    while (isRunning) {
      assert.deepEqual((await check(rig.store)).damaged, []);
      checks++;
    }
    assert.equal((await end).code, 0);
    rig.edit("pipeline.ts", [`epochs: ${epochs}`, "epochs: 12"]);
  }
  assert.ok(checks > 10, `${checks}`);
});

test.inFull("checkStore() calls nothing damaged that is whole a moment later", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const store = await openStore(rig.store);
  const seen = new Set<Digest>();
  const { damaged } = await checkStore({
    ...store,
    record(key) {
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst ? undefined : store.record(key);
    },
  }, { signal });
  assert.deepEqual(damaged, []);
  assert.equal(seen.size, 3);
});

Deno.test("checkStore() ends when the signal is raised", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const reason = new Error("enough");
  await assert.rejects(
    checkStore(await openStore(rig.store), {
      signal: AbortSignal.abort(reason),
    }),
    reason,
  );
});
