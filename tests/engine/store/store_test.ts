import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { canonicalJson, digestOf } from "../../../engine/define/hash.ts";
import {
  digestOfKey,
  type Key,
  STORE_FORMAT,
} from "../../../engine/keys/key.ts";
import { recordPath } from "../../../engine/store/store_layout.ts";
import { openStore, type Store } from "../../../engine/store/store.ts";
import { useStore } from "../../../engine/store/use_store.ts";
import { STRANGERS } from "../../strangers.ts";

const KEY: Key = {
  format: STORE_FORMAT,
  task: "tasks/training/train.ts#train",
  result: { value: "json" },
  code: { "tasks/training/train.ts": "0".repeat(64) },
  packages: {},
  params: { epochs: 12, "a.b": null },
  inputs: {},
  environment: {},
};

async function withStore(
  test: (store: Store) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(await openStore(folder));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("object() gives back what putObject() kept", () =>
  withStore(async (store) => {
    const bytes = Uint8Array.of(1, 2, 3);
    const digest = await store.putObject(bytes);
    assert.equal(digest, digestOf(bytes));
    assert.deepEqual(await store.object(digest), bytes);
    assert.equal(store.sizeOf(digest), 3);
    await Deno.remove(
      join(store.folder, "objects", digest.slice(0, 2), digest),
    );
    assert.equal(store.sizeOf(digest), undefined);
    await assert.rejects(store.object(digest), {
      name: "DamagedObjectError",
      message: "Cannot read artifact 039058c6f2c0: it is missing",
      digest,
    });
  }));

Deno.test("dropDamaged() removes what is not as it was written, and nothing else", () =>
  withStore(async (store) => {
    const digest = await store.putObject(Uint8Array.of(1, 2, 3));
    assert.equal(store.dropDamaged(digest), true);
    assert.equal(store.sizeOf(digest), 3);
    const path = join(store.folder, "objects", digest.slice(0, 2), digest);
    await Deno.writeFile(path, Uint8Array.of(1, 2, 4));
    assert.equal(store.dropDamaged(digest), false);
    assert.equal(store.sizeOf(digest), undefined);
    assert.equal(store.dropDamaged(digest), false);
  }));

/** Does something as soon as a file was read. */
function afterReading(act: () => void): Disposable {
  const { readFileSync } = Deno;
  Deno.readFileSync = (place) => {
    Deno.readFileSync = readFileSync;
    const bytes = readFileSync(place);
    act();
    return bytes;
  };
  return { [Symbol.dispose]: () => void (Deno.readFileSync = readFileSync) };
}

Deno.test("dropDamaged() leaves what another process has mended since it was read", () =>
  withStore(async (store) => {
    const bytes = Uint8Array.of(1, 2, 3);
    const digest = await store.putObject(bytes);
    const path = join(store.folder, "objects", digest.slice(0, 2), digest);
    const mended = `${path}.mended`;
    await Deno.writeFile(mended, bytes);
    await Deno.writeFile(path, Uint8Array.of(1, 2, 4));
    using _other = afterReading(() => Deno.renameSync(mended, path));
    assert.equal(store.dropDamaged(digest), true);
    assert.deepEqual(await store.object(digest), bytes);
  }));

Deno.test("putObject() writes over a damaged object of the same size", () =>
  withStore(async (store) => {
    const bytes = Uint8Array.of(1, 2, 3);
    const digest = await store.putObject(bytes);
    const path = join(store.folder, "objects", digest.slice(0, 2), digest);
    await Deno.writeFile(path, Uint8Array.of(1, 2, 4));
    await assert.rejects(store.object(digest), {
      message:
        "Cannot read artifact 039058c6f2c0: its bytes are not what was written",
    });
    await store.putObject(bytes);
    assert.deepEqual(await store.object(digest), bytes);
  }));

Deno.test("record() gives back what putRecord() kept, secondsOf() how long that took", () =>
  withStore(async (store) => {
    const record = {
      key: KEY,
      stage: "train",
      outputs: { value: { digest: "1".repeat(64), bytes: 3 } },
      finishedAt: "2020-01-01T00:00:00.000Z",
      seconds: 1.5,
    };
    await store.putRecord(record);
    const digest = digestOfKey(KEY);
    const path = join(store.folder, recordPath(digest));
    assert.deepEqual(store.record(digest), record);
    assert.equal(store.secondsOf(digest), 1.5);
    assert.equal(store.recordOf(KEY)?.seconds, 1.5, "noted in the index");
    await store.putRecord({ ...record, seconds: 2 }, { replace: true });
    assert.equal(store.secondsOf(digest), 2, "replaced");
    await Deno.writeTextFile(path, "{}");
    assert.equal(store.record(digest), undefined, "damaged");
    assert.equal(store.secondsOf(digest), undefined, "damaged");
    assert.equal(store.record("0".repeat(64)), undefined, "missing");
    assert.equal(store.secondsOf("0".repeat(64)), undefined, "missing");
  }));

Deno.test("putRecord() replaces a record so that there is one at any moment", () =>
  withStore(async (store) => {
    const old = {
      key: KEY,
      stage: "train/broad",
      outputs: { value: { digest: "1".repeat(64), bytes: 12 } },
      finishedAt: "2026-07-27T10:00:00.000Z",
      seconds: 1.5,
    };
    const other = { ...old, seconds: 2 };
    const key = digestOfKey(KEY);
    await store.putRecord(old);
    assert.deepEqual(await store.putRecord(other), old);
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const { remove } = Deno;
    // As slow as where much else is done.
    Deno.remove = (...place) => remove(...place).then(turn).then(() => {});
    try {
      let isPut = false;
      const putting = store.putRecord(other, { replace: true })
        .finally(() => isPut = true);
      while (!isPut) {
        assert.ok(store.record(key) !== undefined);
        await turn();
      }
      assert.deepEqual(await putting, other);
    } finally {
      Deno.remove = remove;
    }
    assert.deepEqual(store.record(key), other);
  }));

Deno.test("recordOf() gives back what putRecord() kept, however its file is written, and nothing else", () =>
  withStore(async (store) => {
    const record = {
      key: KEY,
      stage: "train",
      outputs: { value: { digest: "1".repeat(64), bytes: 3 } },
      finishedAt: "2020-01-01T00:00:00.000Z",
      seconds: 1.5,
    };
    await store.putRecord(record);
    const digest = digestOfKey(KEY);
    const path = join(
      store.folder,
      `records/${digest.slice(0, 2)}/${digest}.json`,
    );
    assert.deepEqual(store.recordOf(KEY), record);
    await Deno.writeTextFile(path, JSON.stringify(record, null, 2));
    assert.deepEqual(store.recordOf(KEY), record);
    const other = { ...KEY, params: { epochs: 13 } };
    assert.equal(store.recordOf(other), undefined);
    for (
      const damaged of [
        { ...record, key: other },
        { ...record, outputs: { value: { digest: "1", bytes: 3 } } },
        { ...record, seconds: "1.5" },
      ]
    ) {
      await Deno.writeTextFile(path, canonicalJson(damaged as never));
      assert.equal(store.recordOf(KEY), undefined);
      assert.equal(store.record(digest), undefined);
    }
  }));

Deno.test("scratch() keeps unfinished work until dropScratch()", () =>
  withStore(async (store) => {
    const scratch = store.scratch("0".repeat(64));
    assert.equal(await scratch.load(), undefined);
    await scratch.save(Uint8Array.of(1));
    await scratch.save(Uint8Array.of(2));
    assert.deepEqual(await scratch.load(), Uint8Array.of(2));
    await store.dropScratch("0".repeat(64));
    assert.equal(await scratch.load(), undefined);
  }));

const DAMAGE: Readonly<Record<string, (file: Uint8Array) => Uint8Array>> = {
  "has a flipped bit": (file) => file.with(file.length - 1, 1),
  "was cut": (file) => file.subarray(0, file.length - 2),
  "is empty": () => new Uint8Array(),
  "is of a version that wrote no digest": () => Uint8Array.of(1, 2, 3, 4),
};

for (const [what, damage] of Object.entries(DAMAGE)) {
  Deno.test(`scratch() gives no unfinished work that ${what}, and keeps what is saved next`, () =>
    withStore(async (store) => {
      const scratch = store.scratch("0".repeat(64));
      await scratch.save(Uint8Array.of(1, 2, 3, 4));
      const path = join(store.folder, "scratch", "0".repeat(64));
      await Deno.writeFile(path, damage(await Deno.readFile(path)));
      assert.equal(await scratch.load(), undefined);
      await assert.rejects(Deno.lstat(path), Deno.errors.NotFound);
      await scratch.save(Uint8Array.of(5));
      assert.deepEqual(await scratch.load(), Uint8Array.of(5));
    }));
}

Deno.test("lastKeys() gives back what putLastKeys() kept, and nothing of a garbled file", () =>
  withStore(async (store) => {
    assert.deepEqual(store.lastKeys("a.smoke"), {});
    const path = join(store.folder, "stages", "a.smoke.json");
    const [one, two] = ["1".repeat(64), "2".repeat(64)];
    await store.putLastKeys("a.smoke", new Map([["train", one], ["10", two]]));
    assert.deepEqual(store.lastKeys("a.smoke"), { train: one, 10: two });
    assert.equal(
      await Deno.readTextFile(path),
      `{"10":"${two}","train":"${one}"}\n`,
    );
    for (const text of ["{", '{"train":"../../a"}', '{"train":"\\u0000"}']) {
      await Deno.writeTextFile(path, text);
      assert.deepEqual(store.lastKeys("a.smoke"), {}, text);
    }
  }));

Deno.test("openStore() refuses a store of a newer format", () =>
  withStore(async ({ folder }) => {
    await Deno.writeTextFile(join(folder, "format.json"), '{"format":99}');
    await assert.rejects(openStore(folder), {
      name: "StoreError",
      message:
        `Cannot use store "${folder}": it has format 99 and this version reads up to ${STORE_FORMAT}; update shiftline, or name another folder with --store`,
    });
  }));

for (
  const mark of ["?", "{}", '{"format":-5}', '{"format":0}', '{"format":1.5}']
) {
  Deno.test(`openStore() refuses a store with the format ${mark}`, () =>
    withStore(async ({ folder }) => {
      await Deno.writeTextFile(join(folder, "format.json"), mark);
      await assert.rejects(openStore(folder), {
        name: "StoreError",
        message:
          `Cannot use store "${folder}": its format.json is not readable; name another folder with --store, or remove this one`,
      });
    }));
}

for (const kind of ["folder", "named pipe"] as const) {
  Deno.test(`openStore() refuses a store in which format.json is a ${kind}`, () =>
    withStore(async ({ folder }) => {
      STRANGERS[kind](join(folder, "format.json"));
      await assert.rejects(openStore(folder), {
        name: "StoreError",
        message:
          `Cannot use store "${folder}": "format.json" in it is not a file; remove it`,
      });
    }));
}

Deno.test("openStore() may be called by many at once on a new folder", async () => {
  const folder = await Deno.makeTempDir();
  const stores = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const store = await openStore(folder);
      (await useStore(folder))[Symbol.dispose]();
      return store;
    }),
  );
  assert.equal(stores.length, 20);
  await Deno.remove(folder, { recursive: true });
});

for (
  const place of [
    "tmp",
    "stages",
    "objects",
    "objects/ab",
    "runs/keys",
    "queue/ended",
  ]
) {
  Deno.test(`openStore() refuses a store in which "${place}" is a link, and touches nothing there`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "linked-store-" });
    try {
      const [store, precious] = [`${folder}/store`, `${folder}/precious`];
      await openStore(store);
      await Deno.mkdir(`${precious}/deep`, { recursive: true });
      await Deno.writeTextFile(`${precious}/deep/file`, "kept");
      await Deno.mkdir(dirname(`${store}/${place}`), { recursive: true });
      await Deno.remove(`${store}/${place}`, { recursive: true })
        .catch(() => {});
      await Deno.symlink(precious, `${store}/${place}`);
      await assert.rejects(() => openStore(store), {
        name: "StoreError",
        message:
          `Cannot use store "${store}": "${place}" in it is a link to elsewhere; remove it, or link the whole store`,
      });
      assert.equal(
        await Deno.readTextFile(`${precious}/deep/file`),
        "kept",
      );
      await Deno.remove(`${store}/${place}`);
      await Deno.mkdir(`${store}/tmp`, { recursive: true });
      await Deno.symlink(store, `${folder}/linked`); // that is another disk, say
      await openStore(`${folder}/linked`);
      using _use = await useStore(`${folder}/linked`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
