/** Archives of a store: packed, looked into by another program, damaged, unpacked. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { packTar } from "modern-tar";
import { digestOf } from "../../engine/define/hash.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { type ArchiveParts, packStore } from "../../engine/store/pack_store.ts";
import { openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { unpackInto } from "../../engine/store/unpack_archive.ts";
import { CHAIN } from "./chain.ts";
import { filesBelow } from "../files_below.ts";
import { newRigHere, type Rig } from "./rig.ts";
import { test } from "../full.ts";

const about = { commit: null, device: "none" };

/** Everything that the last keys of a rig's pipeline lead to. */
function partsOf({ store }: Rig): ArchiveParts {
  const { lastKeys, runs } = contentsOf(store);
  return {
    keys: new Set([...lastKeys.values()].flatMap(Object.values<string>)),
    pipelines: [...lastKeys.keys()],
    runs: runs.map(({ run }) => run.id),
  };
}

async function pack(rig: Rig, parts = partsOf(rig)) {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const packing = packStore(
    await openStore(rig.store),
    contentsOf(rig.store),
    parts,
  );
  for (;;) {
    const { done, value } = await packing.next();
    if (done) {
      return { ...value, archive: await new Blob(chunks).bytes() };
    }
    chunks.push(value.slice());
  }
}

async function unpack(
  { store }: Rig,
  archive: Uint8Array<ArrayBuffer>,
) {
  using _use = await useStore(store);
  return await unpackInto(await openStore(store), {
    name: "a.tar",
    open: () => Promise.resolve(new Blob([archive]).stream()),
  });
}

async function chain(): Promise<Rig> {
  const rig = await newRigHere(CHAIN);
  await rig.reproduce({ about });
  return rig;
}

/** Not so: what a store has for itself alone. */
function isContent(path: string): boolean {
  return !["lock", "code.json", "records.json"].includes(path) &&
    !path.startsWith("code/");
}

Deno.test("unpackInto() gives an empty store what packStore() took from another", async () => {
  await using from = await chain();
  const { archive, ...packed } = await pack(from);
  const bytes = [...contentsOf(from.store).objects.values()]
    .reduce((sum, file) => sum + file.bytes, 0);
  assert.deepEqual(packed, { records: 3, artifacts: 3, bytes });
  assert.deepEqual((await pack(from)).archive, archive);
  const before = filesBelow(from.store).filter(isContent);
  await Deno.remove(from.store, { recursive: true });
  assert.deepEqual(await unpack(from, archive), packed);
  assert.deepEqual(filesBelow(from.store).filter(isContent), before);
  const { runs, value } = await from.reproduce();
  assert.deepEqual([runs, value], [[], "accuracy of 12 epochs on 3 images"]);
});

Deno.test("packStore() makes an archive that tar can read", async () => {
  await using rig = await chain();
  const { archive } = await pack(rig);
  const path = rig.path("a.tar");
  await Deno.writeFile(path, archive);
  const { stdout, success } = await new Deno.Command("tar", {
    args: ["--list", "--file", path],
  }).output();
  assert.ok(success);
  const unpacked = filesBelow(rig.store).filter(isContent);
  const listed = new TextDecoder().decode(stdout).trimEnd().split("\n").sort();
  assert.deepEqual(listed, ["SHA256SUMS", ...unpacked].sort());
  const check = await new Deno.Command("sh", {
    args: ["-c", "tar -xf a.tar && sha256sum --check --quiet SHA256SUMS"],
    cwd: rig.path("."),
  }).output();
  assert.ok(check.success);
});

Deno.test("packStore() takes only the parts that are named", async () => {
  await using from = await chain();
  const parts = partsOf(from);
  const [key = ""] = parts.keys;
  const packed = await pack(from, {
    keys: new Set([key]),
    pipelines: [],
    runs: [],
  });
  assert.deepEqual([packed.records, packed.artifacts], [1, 1]);
  await using to = await newRigHere(CHAIN);
  await unpack(to, packed.archive);
  assert.deepEqual([...contentsOf(to.store).records.keys()], [key]);
});

test.inFull("packStore() does not pack a damaged artifact", async () => {
  await using rig = await chain();
  const [object] = contentsOf(rig.store).objects.values();
  await Deno.writeTextFile(join(rig.store, object?.path ?? ""), "damaged");
  await assert.rejects(pack(rig), {
    message:
      /^Cannot read artifact [0-9a-f]{12}: its bytes are not what was written$/,
  });
});

test.inFull("unpackInto() adds to what a store has, and changes none of it", async () => {
  await using rig = await chain();
  const { archive } = await pack(rig);
  await Deno.remove(rig.store, { recursive: true });
  rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]);
  await rig.reproduce({ about });
  const before = filesBelow(rig.store);
  const { lastKeys } = contentsOf(rig.store);
  const added = await unpack(rig, archive);
  assert.deepEqual([added.records, added.artifacts], [2, 2]);
  const after = filesBelow(rig.store);
  assert.deepEqual(before.filter((path) => !after.includes(path)), []);
  assert.deepEqual(contentsOf(rig.store).lastKeys, lastKeys);
  assert.equal(contentsOf(rig.store).runs.length, 2);
  assert.deepEqual((await rig.reproduce()).runs, []);
  rig.edit("pipeline.ts", ["epochs: 13", "epochs: 12"]);
  assert.deepEqual((await rig.reproduce()).runs, []);
  assert.deepEqual(await unpack(rig, archive), {
    records: 0,
    artifacts: 0,
    bytes: 0,
  });
});

Deno.test("unpackInto() takes nothing from a damaged archive", async () => {
  await using from = await chain();
  const { archive } = await pack(from);
  await using to = await newRigHere(CHAIN);
  await openStore(to.store);
  // A bit in each block: headers, artifacts, records.
  const blocks = archive.length / 512 - 2;
  const states = new Set<string>();
  for (let block = 0; block < blocks; block++) {
    const damaged = archive.slice();
    damaged[block * 512] = (damaged[block * 512] ?? 0) ^ 1;
    await assert.rejects(unpack(to, damaged), (error: Error) => {
      assert.match(
        error.message,
        /^Cannot import "a\.tar": .*; nothing was taken from it$/,
      );
      states.add(error.message.replace(/[0-9a-f]{12,}/g, "…"));
      return true;
    });
    assert.deepEqual(contentsOf(to.store).objects.size, 0);
  }
  assert.ok(states.size >= 3, [...states].join("\n"));
});

test.inFull("unpackInto() takes no record from an archive in whose place another is while it is read", async () => {
  await using from = await chain();
  const whole = partsOf(from);
  const { archive } = await pack(from);
  const [key = ""] = whole.keys;
  const { archive: part } = await pack(from, {
    keys: new Set([key]),
    pipelines: [],
    runs: [],
  });
  for (const [first, second] of [[archive, part], [part, archive]] as const) {
    await using to = await newRigHere(CHAIN);
    using _use = await useStore(to.store);
    const turns = [first, second].values();
    await assert.rejects(
      unpackInto(await openStore(to.store), {
        name: "a.tar",
        open: () =>
          Promise.resolve(new Blob([turns.next().value ?? ""]).stream()),
      }),
      {
        name: "StoreError",
        message:
          'Cannot import "a.tar": it was changed while it was read; nothing was taken from it',
      },
    );
    const { records, lastKeys, runs } = contentsOf(to.store);
    assert.deepEqual([records.size, lastKeys.size, runs.length], [0, 0, 0]);
  }
});

test.inFull("unpackInto() takes nothing from a truncated archive", async () => {
  await using from = await chain();
  const { archive } = await pack(from);
  await using to = await newRigHere(CHAIN);
  for (const length of [0, 100, 512, 1500, archive.length >> 1]) {
    await assert.rejects(unpack(to, archive.slice(0, length)), {
      name: "StoreError",
      message: /^Cannot import "a\.tar": /,
    });
  }
  assert.equal(contentsOf(to.store).objects.size, 0);
});

const encode = (text: string) => new TextEncoder().encode(text);
const FORMAT = { "format.json": '{"format":1}' };

/** An archive of these files, with their digests. */
async function archiveOf(files: Readonly<Record<string, string>>) {
  const sums = Object.entries(files)
    .map(([path, text]) => `${digestOf(encode(text))}  ${path}\n`);
  const all = { SHA256SUMS: sums.join(""), ...files };
  return await packTar(
    Object.entries(all).map(([name, text]) => ({
      header: { name, size: encode(text).length },
      body: encode(text),
    })),
  );
}

for (
  const [what, files, state] of [
    [
      "a path out of the store",
      { ...FORMAT, "../outside.txt": "x" },
      '"../outside.txt" in it is not a file of a store',
    ],
    [
      "a file of somebody else",
      { ...FORMAT, "objects/ab/notes.txt": "x" },
      '"objects/ab/notes.txt" in it is not a file of a store',
    ],
    ["no format", { "lock": "" }, '"lock" in it is not a file of a store'],
    [
      "an object of another name",
      { ...FORMAT, [`objects/00/${"0".repeat(64)}`]: "x" },
      `objects/00/${"0".repeat(64)} does not have its digest as its name`,
    ],
    [
      "a record of another key",
      { ...FORMAT, [`records/00/${"0".repeat(64)}.json`]: "{}" },
      `records/00/${"0".repeat(64)}.json in it is not whole`,
    ],
    [
      "a newer format",
      { "format.json": '{"format":99}' },
      "it has format 99 and this version reads up to 1; update shiftline",
    ],
    [
      "last keys that are none",
      { ...FORMAT, "stages/a.smoke.json": '{"a":"b"}' },
      "stages/a.smoke.json in it is not whole",
    ],
    [
      "a last key that is none, under a name that schemas pass over",
      { ...FORMAT, "stages/a.smoke.json": '{"__proto__":null}' },
      "stages/a.smoke.json in it is not whole",
    ],
    [
      "last keys in a folder that they do not have",
      { ...FORMAT, "stages/ab/a.smoke.json": "{}" },
      '"stages/ab/a.smoke.json" in it is not a file of a store',
    ],
    [
      "a name that is longer than those of files",
      { ...FORMAT, [`stages/${"a".repeat(251)}.json`]: "{}" },
      `"stages/${"a".repeat(251)}.json" in it is not a file of a store`,
    ],
    [
      "a run that is none",
      { ...FORMAT, "runs/0123456789ab.json": '{"id":"0123456789ab"}' },
      "runs/0123456789ab.json in it is not whole",
    ],
  ] as const
) {
  Deno.test(`unpackInto() refuses an archive with ${what}`, async () => {
    await using to = await newRigHere(CHAIN);
    await assert.rejects(unpack(to, await archiveOf(files)), {
      message: `Cannot import "a.tar": ${state}; nothing was taken from it`,
    });
  });
}

test.inFull("unpackInto() refuses an archive in which a record stands under another key", async () => {
  await using from = await chain();
  const [file] = contentsOf(from.store).records.values();
  const path = `records/00/${"0".repeat(64)}.json`;
  const archive = await archiveOf({
    ...FORMAT,
    [path]: await Deno.readTextFile(join(from.store, file?.path ?? "")),
  });
  await using to = await newRigHere(CHAIN);
  await assert.rejects(unpack(to, archive), {
    message:
      `Cannot import "a.tar": ${path} is not the record of its key; nothing was taken from it`,
  });
});

Deno.test("unpackInto() refuses an archive that does not begin with the digests", async () => {
  await using to = await newRigHere(CHAIN);
  const body = encode('{"format":1}');
  const archive = await packTar([{
    header: { name: "format.json", size: body.length },
    body,
  }]);
  await assert.rejects(unpack(to, archive), {
    message:
      'Cannot import "a.tar": it does not start with SHA256SUMS; nothing was taken from it',
  });
});

test.inFull("unpackInto() refuses an archive whose records name artifacts that are nowhere", async () => {
  await using from = await chain();
  const contents = contentsOf(from.store);
  const [key = ""] = contents.records.keys();
  const path = contents.records.get(key)?.path ?? "";
  const archive = await archiveOf({
    ...FORMAT,
    [path]: await Deno.readTextFile(join(from.store, path)),
  });
  await using to = await newRigHere(CHAIN);
  await assert.rejects(unpack(to, archive), {
    message:
      /^Cannot import "a\.tar": artifact [0-9a-f]{12} of stage "\w+" is missing from it; nothing was taken from it$/,
  });
});
