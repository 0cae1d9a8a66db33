import assert from "node:assert/strict";
import { inUtf8, isUtf8 } from "../../../data/tables/encoding.ts";
import { test } from "../../full.ts";

const TEXT = "modèle;a\r\n1,5;2\r\n";

function wide(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  [...text].forEach((letter, i) =>
    view.setUint16(2 * i, letter.charCodeAt(0), isLittle)
  );
  return bytes;
}

for (
  const [what, bytes, encoding] of [
    ["UTF-8", new TextEncoder().encode(TEXT), "UTF-8"],
    [
      "Latin-1",
      Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0)),
      "Windows-1252",
    ],
    ["UTF-16 with a mark", wide(`\ufeff${TEXT}`, true), "UTF-16"],
    ["big-endian UTF-16 with a mark", wide(`\ufeff${TEXT}`, false), "UTF-16"],
    ["UTF-16 without a mark", wide(TEXT, true), "UTF-16"],
    ["big-endian UTF-16 without a mark", wide(TEXT, false), "UTF-16"],
  ] as const
) {
  Deno.test(`inUtf8() reads ${what}`, () => {
    const read = inUtf8(bytes, { name: "t.csv" });
    assert.equal(new TextDecoder().decode(read.bytes), TEXT);
    assert.equal(read.encoding, encoding);
  });
}

Deno.test("inUtf8() reads the signs that Windows-1252 has and Latin-1 has not", () => {
  const { bytes } = inUtf8(Uint8Array.of(0x80, 0x96, 0x41), {
    name: "t.csv",
  });
  assert.equal(new TextDecoder().decode(bytes), "€–A");
});

Deno.test("inUtf8() refuses workbooks and what is no text", () => {
  for (const start of [[0x50, 0x4b, 3, 4], [0xd0, 0xcf, 0x11, 0xe0]]) {
    assert.throws(
      () => inUtf8(Uint8Array.from([...start, 0, 0]), { name: "t.csv" }),
      {
        message: 'Cannot read table "t.csv": it is a workbook; save it as CSV',
      },
    );
  }
  assert.throws(
    () =>
      inUtf8(Uint8Array.of(97, 98, 99, 0, 97, 98, 99, 97, 97), {
        name: "t.csv",
      }),
    {
      message:
        'Cannot read table "t.csv": it contains zero bytes, so it is not text',
    },
  );
});

Deno.test("isUtf8() knows a character that lies across two pieces, and half of one at the end", () => {
  const bytes = new Uint8Array(2 ** 24 + 1).fill(97);
  bytes.set(new TextEncoder().encode("é"), 2 ** 24 - 1);
  assert.equal(isUtf8(bytes), true);
  assert.equal(isUtf8(bytes.subarray(0, 2 ** 24)), false);
});

test.inFull("inUtf8() takes UTF-8 of more than a string holds for that, and refuses as much of another encoding", () => {
  const bytes = new Uint8Array(2 ** 29).fill(97);
  assert.equal(inUtf8(bytes, { name: "t.csv" }).encoding, "UTF-8");
  const refused = (bytes: Uint8Array<ArrayBuffer>, encoding: string) =>
    assert.throws(() => inUtf8(bytes, { name: "t.csv" }), {
      message:
        `Cannot read table "t.csv": it is ${encoding}, and too large for that; save it as UTF-8`,
    });
  bytes[0] = 0xe9;
  refused(bytes, "Windows-1252");
  const wide = new Uint8Array(2 ** 30);
  wide.set([0xff, 0xfe]);
  refused(wide, "UTF-16");
});
