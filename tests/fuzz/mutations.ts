/** Things that may happen to valid JSON, text and bytes. */
import fc from "fast-check";
import { codePoint } from "../code_point.ts";

/** What stands for text of JSON that no value gives, until all is written. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ...["1e999", "-1e999", "-0", "1e-400", "9007199254740993"]
    .map((number) => [`\0${number}`, number] as const),
  // Deeper than a recursion goes.
  ["\0deep", "[".repeat(20_000) + "]".repeat(20_000)],
]);

/** What no field of a file expects. */
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 2 ** 53, 1e308, ...WRITTEN.keys()],
  ...["", " ", "a", "\0", "\n", "\x1b[31mX", "\x9b2J", "\u202e", "\u2028"],
  ...["\ud800", "é", "x".repeat(70_000), "NaN", "-1", "2000-01-01"],
  ...["2000-02-30T00:00:00.000Z", "+275760-09-13T00:00:00.000Z"],
  ...["-000001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"],
  ...["__proto__", "constructor", "toString", "../../outside", "/etc/passwd"],
  ...["<img src=x onerror=alert(1)>", "0".repeat(64), "F".repeat(64)],
  ...[[], {}, [null], [[]], { "": 0 }, { ["__proto__"]: {} }],
];

/** Names of fields, some of which every object has. */
const NAMES = ["__proto__", "constructor", "toString", "", "a", "\n", "\ud800"];

/** One change of a value inside JSON. */
type Edit =
  | { readonly how: "replace"; readonly at: number; readonly by: unknown }
  | { readonly how: "remove" | "repeat" | "wrap"; readonly at: number }
  | {
    readonly how: "rename" | "add";
    readonly at: number;
    readonly to: string;
  };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      how: fc.constant("replace" as const),
      at: fc.nat(),
      by: fc.oneof(fc.constantFrom(...ODD), fc.jsonValue(), fc.double()),
    }),
  },
  fc.record({
    how: fc.constantFrom("remove", "repeat", "wrap"),
    at: fc.nat(),
  }),
  fc.record({
    how: fc.constantFrom("rename", "add"),
    at: fc.nat(),
    to: fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: codePoint })),
  }),
);

/** One to three changes of a JSON value that is not known yet. */
export type Edits = readonly Edit[];

export const jsonEdits: fc.Arbitrary<Edits> = fc.array(edit, {
  minLength: 1,
  maxLength: 3,
});

/** The text of a JSON value after some changes. */
export function editedJson(value: unknown, edits: Edits): string {
  let text = JSON.stringify(edits.reduce(edited, value)) ?? "";
  for (const [mark, written] of WRITTEN) {
    text = text.replaceAll(JSON.stringify(mark), written);
  }
  return text;
}

/** A value after a change of one of the values in it; itself is the first. */
function edited(value: unknown, edit: Edit): unknown {
  let left = edit.at % sizeOf(value);
  const walk = (name: string, value: unknown): readonly Field[] => {
    if (left-- === 0) return changed([name, value], edit);
    if (Array.isArray(value)) {
      const inner = value.flatMap((one) => walk("", one));
      return [[name, inner.map(([, one]) => one)]];
    }
    if (!isObject(value)) return [[name, value]];
    const fields = Object.entries(value).flatMap(([name, one]) =>
      walk(name, one)
    );
    return [[name, Object.fromEntries(fields)]];
  };
  const [whole] = walk("", value);
  return whole === undefined ? value : whole[1];
}

type Field = readonly [name: string, value: unknown];

/** What stands in the place of a field after a change. */
function changed([name, value]: Field, edit: Edit): readonly Field[] {
  switch (edit.how) {
    case "replace":
      return [[name, edit.by]];
    case "remove":
      return [];
    case "repeat":
      return [[name, value], [`${name} again`, value]];
    case "wrap":
      return [[name, [value]]];
    case "rename":
      return [[edit.to, value]];
    case "add": {
      const fields = isObject(value) ? Object.entries(value) : [];
      return [[name, Object.fromEntries([...fields, [edit.to, value]])]];
    }
  }
}

/** How many values there are in one, itself included. */
function sizeOf(value: unknown): number {
  if (!isObject(value) && !Array.isArray(value)) return 1;
  return Object.values(value).reduce((sum, one) => sum + sizeOf(one), 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One change of bytes; places are taken modulo their number. */
type Cut =
  | { readonly how: "flip"; readonly at: number; readonly bit: number }
  | {
    readonly how: "remove" | "repeat" | "keep";
    readonly at: number;
    readonly length: number;
  }
  | {
    readonly how: "insert" | "overwrite";
    readonly at: number;
    readonly bytes: Uint8Array;
  };

/** Bytes that mean something somewhere. */
const TOKENS = ["\0", "\n", '"', "{", "}", ",", "../", "ÿ", "1e999", "\x1b[2J"]
  .map((text) => new TextEncoder().encode(text));

const cut: fc.Arbitrary<Cut> = fc.oneof(
  fc.record({
    how: fc.constant("flip" as const),
    at: fc.nat(),
    bit: fc.nat({ max: 7 }),
  }),
  fc.record({
    how: fc.constantFrom("remove", "repeat", "keep"),
    at: fc.nat(),
    length: fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 2000 })),
  }),
  fc.record({
    how: fc.constantFrom("insert", "overwrite"),
    at: fc.nat(),
    bytes: fc.oneof(
      fc.constantFrom(...TOKENS),
      fc.uint8Array({ maxLength: 16 }),
    ),
  }),
);

/** One to three changes of bytes that are not known yet. */
export type Cuts = readonly Cut[];

export const cuts: fc.Arbitrary<Cuts> = fc.array(cut, {
  minLength: 1,
  maxLength: 3,
});

/** Bytes after some changes. */
export function cutBytes(
  bytes: Uint8Array,
  cuts: Cuts,
): Uint8Array<ArrayBuffer> {
  let now = [...bytes];
  for (const cut of cuts) {
    const at = cut.at % (now.length + 1);
    const [before, after] = [now.slice(0, at), now.slice(at)];
    switch (cut.how) {
      case "flip":
        if (after[0] !== undefined) after[0] ^= 1 << cut.bit;
        now = before.concat(after);
        break;
      case "remove":
        now = before.concat(after.slice(cut.length));
        break;
      case "repeat":
        now = before.concat(after.slice(0, cut.length), after);
        break;
      case "keep":
        now = before;
        break;
      case "insert":
        now = before.concat([...cut.bytes], after);
        break;
      case "overwrite":
        now = before.concat([...cut.bytes], after.slice(cut.bytes.length));
    }
  }
  return Uint8Array.from(now);
}

/** A change of a file: of the JSON in it, of its bytes, or other bytes. */
export type Change =
  | { readonly edits: Edits }
  | { readonly cuts: Cuts }
  | { readonly bytes: Uint8Array };

export const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ edits: jsonEdits }) },
  { weight: 2, arbitrary: fc.record({ cuts }) },
  {
    weight: 1,
    arbitrary: fc.record({
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 64 }),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
    }),
  },
);

/** The bytes of a file after a change. */
export function changedBytes(
  bytes: Uint8Array,
  change: Change,
): Uint8Array<ArrayBuffer> {
  if ("bytes" in change) return Uint8Array.from(change.bytes);
  if ("cuts" in change) return cutBytes(bytes, change.cuts);
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return new TextEncoder().encode(editedJson(value, change.edits));
  } catch {
    return Uint8Array.from(bytes); // no JSON: nothing to change so
  }
}
