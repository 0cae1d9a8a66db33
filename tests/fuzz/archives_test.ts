/** Archives that are damaged, or made to do harm. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { packTar, type ParsedTarEntryWithData, unpackTar } from "modern-tar";
import { StoreError } from "../../engine/define/error.ts";
import { digestOf } from "../../engine/define/hash.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { packStore, SUMS } from "../../engine/store/pack_store.ts";
import { isStageRecord, openStore } from "../../engine/store/store.ts";
import { contentsOf } from "../../engine/store/store_contents.ts";
import { unpackInto } from "../../engine/store/unpack_archive.ts";
import { fuzz } from "./fuzz.ts";
import {
  type Change,
  change,
  changedBytes,
  cutBytes,
  cuts,
} from "./mutations.ts";
import { checkClear } from "./checks.ts";
import { type Files, placeOf, readFiles } from "./places.ts";
import { checkWhole, STORE } from "./small_store.ts";
import { codePoint } from "../code_point.ts";

/** Everything in the store, packed. */
const ARCHIVE = await packed(STORE);

async function packed(files: Files): Promise<Uint8Array<ArrayBuffer>> {
  using place = placeOf(files);
  const contents = contentsOf(place.folder);
  const parts = {
    keys: new Set(contents.records.keys()),
    pipelines: [...contents.lastKeys.keys()],
    runs: contents.runs.map(({ run }) => run.id),
  };
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const store = await openStore(place.folder);
  for await (const chunk of packStore(store, contents, parts)) {
    chunks.push(chunk.slice());
  }
  return await new Blob(chunks).bytes();
}

/** Takes what is in an archive into a store, which must stay whole and be all that is touched. */
async function unpack(archive: Uint8Array<ArrayBuffer>, before: string) {
  using place = placeOf(BEFORE[before] ?? new Map());
  using _use = await useStore(place.folder);
  const store = await openStore(place.folder);
  const files = readFiles(place.folder);
  try {
    await unpackInto(store, {
      name: "a.tar",
      // In pieces, as it comes from a disk.
      open: () => Promise.resolve(new Blob([archive]).stream()),
    });
  } catch (error) {
    checkClear(error, StoreError, 'Cannot import "a.tar": ');
    assert.deepEqual(readFiles(place.folder), files, "nothing was taken");
  }
  assert.deepEqual(place.outside(), []);
  checkWhole(place.folder);
  return readFiles(place.folder);
}

/** What the store has before. */
const BEFORE: Readonly<Record<string, Files>> = {
  nothing: new Map(),
  all: STORE,
};

const store = fc.constantFrom(...Object.keys(BEFORE));

fuzz(
  "unpackInto() takes nothing, or what is whole, of arbitrary bytes",
  fc.record({
    archive: fc.uint8Array({ maxLength: 3000 }),
    store,
  }),
  async ({ archive, store }) => {
    await unpack(Uint8Array.from(archive), store);
  },
  { cost: 5 },
);

fuzz(
  "unpackInto() takes nothing, or what is whole, of an archive some bytes of which are others",
  fc.record({ cuts, store }),
  async ({ cuts, store }) => {
    await unpack(cutBytes(ARCHIVE, cuts), store);
  },
  { cost: 10 },
);

const ENTRIES = await unpackTar(ARCHIVE);

const NAMES = [
  ...["../outside", "../../outside", "/tmp/fuzz-outside", "objects/../outside"],
  ...["objects/../../outside", "stages/../../outside.json", "tmp/a", "lock"],
  ...["stages/ab/a.json", "stages/.json", "stages/...json", "stages/a", "runs"],
  ...["runs/ab/0123456789ab.json", "runs/keys/a.json", "format.json", "a\nb"],
  ...[
    `objects/00/${"0".repeat(64)}`,
    `objects/${"0".repeat(64)}`,
    "records.json",
  ],
  ...[`records/ab/cd/${"0".repeat(64)}.json`, `stages/${"a".repeat(300)}.json`],
  ...["stages/__proto__.json", "SHA256SUMS", "stages/a\0.json", "", ".", "/"],
];

type Header = ParsedTarEntryWithData["header"];

/** One change of the entries of an archive, which are taken modulo their number. */
type Edit =
  | { readonly how: "body"; readonly at: number; readonly change: Change }
  | {
    readonly how: "header";
    readonly at: number;
    readonly header: Partial<Header>;
  }
  | {
    readonly how: "remove" | "repeat" | "first" | "last";
    readonly at: number;
  };

const name = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.string({ unit: codePoint }),
);

/** Stands for "size" until the archive is packed, since its packer knows the right one. */
const SIZE = "siz\x01";

const header: fc.Arbitrary<Partial<Header>> = fc.oneof(
  name.map((name) => ({ name })),
  fc.record({
    type: fc.constantFrom<NonNullable<Header["type"]>>(
      ...["link", "symlink", "directory", "fifo", "character-device"] as const,
    ),
    linkname: name,
  }),
  fc.dictionary(
    fc.constantFrom("path", "linkpath", "mtime", "a", SIZE),
    fc.oneof(name, fc.constantFrom("-1", "1e9", "0", "1", "99999999999")),
    { noNullPrototype: true },
  ).map((pax) => ({ pax })),
);

const at = fc.nat();
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ how: fc.constant("body" as const), at, change }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ how: fc.constant("header" as const), at, header }),
  },
  fc.record({ how: fc.constantFrom("remove", "repeat", "first", "last"), at }),
);

type Entry = Pick<ParsedTarEntryWithData, "header" | "data">;

function edited(entries: readonly Entry[], edits: readonly Edit[]): Entry[] {
  const now = [...entries];
  for (const edit of edits) {
    const at = edit.at % Math.max(1, now.length);
    const [entry] = now.splice(at, 1);
    if (entry === undefined) continue;
    const { header, data = new Uint8Array() } = entry;
    switch (edit.how) {
      case "remove":
        break;
      case "repeat":
        now.splice(at, 0, entry, entry);
        break;
      case "first":
        now.unshift(entry);
        break;
      case "last":
        now.push(entry);
        break;
      case "header":
        now.splice(at, 0, { header: { ...header, ...edit.header }, data });
        break;
      case "body":
        now.splice(at, 0, { header, data: changedBytes(data, edit.change) });
    }
  }
  return now;
}

/** Names what is named after its digest anew. */
function renamed({ header, data = new Uint8Array() }: Entry): Entry {
  const name = (): string => {
    if (/^objects\/..\/[0-9a-f]{64}$/.test(header.name)) {
      const digest = digestOf(data);
      return `objects/${digest.slice(0, 2)}/${digest}`;
    }
    if (/^runs\/keys\/[0-9a-f]{64}\.json$/.test(header.name)) {
      return `runs/keys/${digestOf(data)}.json`;
    }
    if (/^records\/..\/[0-9a-f]{64}\.json$/.test(header.name)) {
      try {
        const record = JSON.parse(new TextDecoder().decode(data));
        if (isStageRecord(record)) {
          const key = digestOfKey(record.key);
          return `records/${key.slice(0, 2)}/${key}.json`;
        }
      } catch {
        return header.name;
      }
    }
    return header.name;
  };
  return { header: { ...header, name: name() }, data };
}

async function archiveOf(
  entries: readonly Entry[],
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = entries.map(({ header, data = new Uint8Array() }) => {
    const body = header.type === "file" ? data.slice() : new Uint8Array();
    return { header: { ...header, size: body.length }, body };
  });
  const archive = Uint8Array.from(await packTar(whole));
  for (let at = 0; at < archive.length; at++) {
    const isMark = [...SIZE].every((letter, i) =>
      archive[at + i] === letter.charCodeAt(0)
    );
    if (isMark) archive[at + 3] = "e".charCodeAt(0);
  }
  return archive;
}

function withSums(entries: readonly Entry[]): readonly Entry[] {
  const lines = entries.filter(({ header }) => header.name !== SUMS)
    .map(({ header, data = new Uint8Array() }) =>
      `${digestOf(data)}  ${header.name}\n`
    );
  const data = new TextEncoder().encode(lines.join(""));
  return entries.map((entry) =>
    entry.header.name === SUMS ? { ...entry, data } : entry
  );
}

/** An archive of other files, its names and digests put right or left. */
interface Rewritten {
  readonly edits: readonly Edit[];
  readonly isNamed: boolean;
  readonly isSummed: boolean;
  readonly store: string;
}

/** Archives of which something was taken that is not whole. */
const TAKEN: readonly Edit[] = [
  // Of last keys one that is none, under a name that schemas pass over.
  {
    how: "body",
    at: placeOfEntry("stages/toy.smoke.json"),
    change: { edits: [{ how: "replace", at: 1, by: null }] },
  },
  {
    how: "body",
    at: placeOfEntry("runs/0123456789ab.json"),
    change: { edits: [{ how: "replace", at: 4, by: "soon" }] },
  },
  {
    how: "header",
    at: placeOfEntry("runs/0123456789ab.json"),
    header: { name: "runs/ab/0123456789ab.json" },
  },
  {
    how: "header",
    at: placeOfEntry("stages/toy.smoke.json"),
    header: { name: `stages/${"a".repeat(300)}.json` },
  },
];

function placeOfEntry(name: string): number {
  return ENTRIES.findIndex(({ header }) => header.name === name);
}

fuzz<Rewritten>(
  "unpackInto() takes nothing, or what is whole, of an archive of other files, digests or not as they should be",
  fc.record({
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
    isNamed: fc.boolean(),
    isSummed: fc.boolean(),
    store,
  }),
  async ({ edits, isNamed, isSummed, store }) => {
    const other = edited(ENTRIES, edits);
    const named = isNamed ? other.map(renamed) : other;
    const entries = isSummed ? withSums(named) : named;
    await unpack(await archiveOf(entries), store);
  },
  {
    cost: 10,
    examples: TAKEN.map((edit) => ({
      edits: [edit],
      isNamed: false,
      isSummed: true,
      store: "nothing",
    })),
  },
);

/** Where the fields of a header stand in its block, and how long they are. */
const FIELDS: readonly (readonly [number, number])[] = [
  [0, 100], // name
  [100, 8], // mode
  [124, 12], // size
  [136, 12], // time
  [156, 1], // type
  [157, 100], // name of what a link leads to
  [257, 8], // format
  [345, 155], // start of a long name
];

/** Sizes and types that no entry has. */
const ODD_FIELDS = [
  ...["77777777777\0", "00000000000\0", "99999999999\0", "-0000000001\0"],
  ..."xgLK25SV".split(""),
  "\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff",
];

fuzz(
  "unpackInto() takes nothing, or what is whole, of an archive with a header that lies",
  fc.record({
    header: fc.nat({ max: ENTRIES.length - 1 }),
    field: fc.constantFrom(...FIELDS),
    value: fc.oneof(
      fc.constantFrom(...NAMES, ...ODD_FIELDS),
      fc.string({ unit: "binary-ascii" }),
    ),
    store,
  }),
  async ({ header, field: [start, length], value, store }) => {
    const archive = ARCHIVE.slice();
    const block = headerBlocks(archive)[header] as Uint8Array;
    const write = (text: string, at: number) =>
      block.set(Uint8Array.from(text, (one) => one.charCodeAt(0)), at);
    block.fill(0, start, start + length);
    write(value.slice(0, length), start);
    block.fill(0x20, 148, 156);
    const sum = block.reduce((sum, byte) => sum + byte, 0);
    write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    await unpack(archive, store);
  },
  { cost: 10 },
);

/** The blocks of an archive that are headers, to be written into. */
function headerBlocks(archive: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let start = 0; archive[start] !== 0 && start < archive.length;) {
    const block = archive.subarray(start, start + 512);
    const size = parseInt(
      new TextDecoder().decode(block.subarray(124, 135)),
      8,
    );
    blocks.push(block);
    start += 512 + 512 * Math.ceil(size / 512);
  }
  return blocks;
}

Deno.test("unpackInto() gives an empty store all of what the archives here are made of", async () => {
  const files = await unpack(ARCHIVE, "nothing");
  assert.deepEqual([...files.keys()].sort(), [...STORE.keys()].sort());
  assert.deepEqual(files, STORE);
});
