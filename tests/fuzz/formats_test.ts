/** Files of every format that is read here, whole and damaged. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { artifactLines } from "../../cli/lines/artifact_lines.ts";
import { readWeightsFile } from "../../data/asked/weights/weights_file.ts";
import { parseIdx } from "../../data/datasets/idx.ts";
import { images } from "../../data/images/images.ts";
import { digestOf } from "../../engine/define/hash.ts";
import {
  type ArrayFile,
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";
import { isNumber, recordOf } from "../../engine/define/shape.ts";
import { cacheFile } from "../../engine/keys/cache_file.ts";
import { fileRun, runParser } from "../../engine/store/run_file.ts";
import { pathOfPiece } from "../../engine/store/run_history.ts";
import { fuzz } from "./fuzz.ts";
import {
  type Change,
  change,
  changedBytes,
  cutBytes,
  type Cuts,
  cuts,
  editedJson,
  type Edits,
  jsonEdits,
} from "./mutations.ts";
import { checkClear } from "./checks.ts";
import { STORE } from "./small_store.ts";
import { codePoint } from "../code_point.ts";

const shape = fc.array(fc.nat({ max: 3 }), { maxLength: 3 });

const array: fc.Arbitrary<NamedArray> = shape.chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  const size = { minLength: length, maxLength: length };
  return fc.oneof(
    fc.uint8Array(size),
    fc.int32Array(size),
    fc.float32Array(size),
    fc.float64Array(size),
  ).map((data) => ({ shape, data }));
});

const name = fc.oneof(
  fc.constantFrom("a", "", "constructor", "é", "a.b", "\n"),
  fc.string({ unit: "grapheme" }),
).filter((name) => !["__metadata__", "__proto__"].includes(name));

const arrayFile: fc.Arbitrary<ArrayFile> = fc.record({
  arrays: fc.dictionary(name, array, { maxKeys: 3, noNullPrototype: true }),
  metadata: fc.dictionary(name, fc.string(), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
}, { noNullPrototype: true });

fuzz(
  "safetensors gives back what it was given, wherever the bytes lie",
  fc.record({ file: arrayFile, before: fc.nat({ max: 9 }) }),
  ({ file, before }) => {
    const bytes = safetensors.encode(file);
    const buffer = new Uint8Array(before + bytes.length);
    buffer.set(bytes, before);
    assert.deepEqual(safetensors.decode(buffer.subarray(before)), file);
  },
);

/** A change of the header of a safetensors file, or of its bytes. */
type Harm = { readonly header: Edits } | { readonly cuts: Cuts };

const harm: fc.Arbitrary<Harm> = fc.oneof(
  fc.record({ header: jsonEdits }),
  fc.record({ cuts }),
);

function harmed(bytes: Uint8Array, harm: Harm): Uint8Array {
  if ("cuts" in harm) return cutBytes(bytes, harm.cuts);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, end)));
  const text = new TextEncoder().encode(editedJson(header, harm.header));
  const harmed = new Uint8Array(8 + text.length + bytes.length - end);
  new DataView(harmed.buffer).setBigUint64(0, BigInt(text.length), true);
  harmed.set(text, 8);
  harmed.set(bytes.subarray(end), 8 + text.length);
  return harmed;
}

fuzz(
  "safetensors gives of a damaged file what can be written again, or fails in one line",
  fc.record({ file: arrayFile, harm }),
  ({ file, harm }) => {
    const bytes = harmed(safetensors.encode(file), harm);
    let found: ArrayFile;
    try {
      found = safetensors.decode(bytes);
    } catch (error) {
      return checkClear(error, TypeError, "Cannot decode safetensors: ");
    }
    const again = safetensors.encode(found);
    assert.deepEqual(safetensors.encode(safetensors.decode(again)), again);
  },
);

fuzz(
  "readWeightsFile() gives of a damaged file weights that fit, or says what is wrong",
  fc.record({
    file: arrayFile,
    harm: fc.option(harm, { nil: undefined }),
    others: fc.option(
      fc.dictionary(name, shape, { maxKeys: 3, noNullPrototype: true }),
      { nil: undefined },
    ),
  }),
  ({ file, harm, others }) => {
    const whole = safetensors.encode(file);
    const shapes = others ??
      Object.fromEntries(
        Object.entries(file.arrays).map(([name, { shape }]) => [name, shape]),
      );
    const found = readWeightsFile(
      harm === undefined ? whole : harmed(whole, harm),
      { name: "w", layout: { arrays: shapes, head: ["head"] } },
    );
    if (found.kind === "refused") {
      assert.ok(found.problems.length > 0);
      for (const problem of found.problems) {
        assert.match(problem, /^Cannot use weights w: /);
        assert.doesNotMatch(problem, /undefined|\[object /);
      }
      return;
    }
    assert.deepEqual(Object.keys(found.weights), Object.keys(shapes));
    for (const [name, { shape, data }] of Object.entries(found.weights)) {
      assert.deepEqual(shape, shapes[name]);
      assert.equal(data.length, shape.reduce((n, size) => n * size, 1));
      assert.ok(data.every(Number.isFinite));
    }
  },
);

const IMAGES = images.encode({
  images: Uint8Array.from({ length: 24 }, (_, i) => i),
  labels: Uint8Array.of(0, 1),
  shape: [2, 2, 3],
  classes: ["cat", "dog"],
});

fuzz(
  "images gives of a damaged file images of named classes, or fails",
  harm,
  (harm) => {
    let found;
    try {
      found = images.decode(harmed(IMAGES, harm));
    } catch (error) {
      // Names of classes that are no JSON are not said to be so.
      assert.ok(error instanceof TypeError || error instanceof SyntaxError);
      return;
    }
    for (const label of found.labels) {
      assert.equal(typeof found.classes[label], "string");
    }
  },
);

fuzz(
  "parseIdx() gives an array of its shape, or fails in one line",
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    cuts.map((cuts) =>
      cutBytes(
        Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4),
        cuts,
      )
    ),
  ),
  (bytes) => {
    try {
      const { shape, data } = parseIdx(bytes);
      assert.equal(data.length, shape.reduce((a, b) => a * b, 1));
    } catch (error) {
      checkClear(error, TypeError, "Cannot read an IDX file: ");
    }
  },
);

fuzz(
  "cacheFile() gives what was written, and of what is not whole nothing",
  fc.record({
    content: fc.dictionary(fc.string({ unit: codePoint }), fc.nat(), {
      noNullPrototype: true,
    }),
    change,
    isSigned: fc.boolean(),
  }),
  async ({ content, change, isSigned }) => {
    let bytes = new Uint8Array();
    const files = {
      readSmall: () => bytes,
      write(_: string, written: Uint8Array) {
        bytes = written.slice();
        return Promise.resolve();
      },
    };
    const isContent = recordOf(isNumber);
    const file = cacheFile("a.json", { files, isContent });
    await file.write(content);
    const whole = file.read();
    assert.deepEqual(whole, JSON.parse(JSON.stringify(content)));
    const feed = bytes.indexOf(10) + 1;
    const json = changedBytes(bytes.subarray(feed), change);
    const digest = new TextEncoder().encode(`${digestOf(json)}\n`);
    const head = isSigned ? digest : bytes.subarray(0, feed);
    bytes = new Uint8Array(await new Blob([head.slice(), json]).arrayBuffer());
    const found = file.read();
    if (found === undefined) return;
    assert.ok(isContent(found));
    if (!isSigned) assert.deepEqual(found, whole);
  },
);

const RUNS = [...STORE].filter(([path]) => /^runs\/[^/]+\.json$/.test(path))
  .map(([, bytes]) => bytes);

fuzz(
  "runParser() gives of a damaged run one that can be written again, or nothing",
  fc.record({
    run: fc.nat({ max: RUNS.length - 1 }),
    change: change as fc.Arbitrary<Change>,
  }),
  ({ run, change }) => {
    const parser = runParser((piece) => STORE.get(pathOfPiece(piece)));
    const bytes = changedBytes(RUNS[run] ?? new Uint8Array(), change);
    parser.piecesOf(bytes);
    const found = parser.run(bytes);
    if (found === undefined) return;
    const again = fileRun(found);
    const read = runParser((piece) => again.pieces.get(piece)).run(again.bytes);
    assert.equal(JSON.stringify(read), JSON.stringify(found));
  },
);

fuzz(
  "artifactLines() says of any bytes what is in them",
  fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.json().map((text) => new TextEncoder().encode(text)),
    fc.record({ file: arrayFile, harm }).map(({ file, harm }) =>
      harmed(safetensors.encode(file), harm)
    ),
  ),
  (bytes) => {
    const lines = artifactLines(bytes, { columns: 80 });
    assert.doesNotMatch(lines.join("\n"), /undefined|\[object /);
  },
);
