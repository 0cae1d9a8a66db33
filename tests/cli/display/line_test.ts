import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import fc from "../../property.ts";
import {
  aligned,
  fit,
  guarded,
  type Line,
  paint,
  painted,
  printableJson,
  tableLines,
  widest,
  widthOf,
  wrapLine,
  writeLines,
  writeTexts,
} from "../../../cli/display/line.ts";
import { recorded } from "../rig.ts";
import { codePoint } from "../../code_point.ts";

/** What a terminal would act on, or would not show. */
const ACTED_ON = /[\p{Cc}\p{Cf}]/gu;

const part = fc.record({
  text: fc.string({
    unit: fc.constantFrom(
      "a",
      " ",
      "\x1b",
      "[31m",
      "\n",
      "\r",
      "\x9b",
      "\u202e",
    ),
  }),
  style: fc.option(fc.constantFrom("bold", "red"), { nil: undefined }),
});

Deno.test("paint() leaves nothing of any part that a terminal would act on", () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const line = parts as Line;
      const said = parts.map(({ text }) => text).join("");
      assert.equal(
        paint(line, { colour: false }),
        said.replaceAll(ACTED_ON, "\u{fffd}"),
      );
      // In colours there are those of the styles, and nothing else.
      assert.equal(
        stripVTControlCharacters(paint(line, { colour: true })),
        said.replaceAll(ACTED_ON, "\u{fffd}"),
      );
    }),
    { seed: 1 },
  );
});

Deno.test("guarded() keeps text from acting on a terminal, and leaves bytes as they are", () => {
  const output = recorded({ columns: 12 });
  const guard = guarded(output);
  guard.write("a\x1b[2J\x9b31m\r\u202eb\n\nc\n");
  assert.equal(output.text(), "a\ufffd[2J\ufffd31m\ufffd\ufffdb\n\nc\n");
  guard.write(painted("\x1b[?25h"));
  assert.ok(output.text().endsWith("c\n\x1b[?25h"));
  assert.deepEqual(guard.size(), output.size());
});

Deno.test("writeLines() writes each line on one of its own, in colours where there are any", () => {
  const lines: readonly Line[] = [
    [{ text: "a\nb" }, { text: "c", style: "red" }],
    [],
  ];
  const [plain, coloured] = [recorded(), recorded({ colour: true })];
  writeLines(lines, plain);
  writeLines(lines, coloured);
  assert.equal(plain.text(), "a\u{fffd}bc\n\n");
  assert.equal(coloured.text(), "a\u{fffd}b\x1b[31mc\x1b[39m\n\n");
});

Deno.test("printableJson() says the same, with nothing that a terminal acts on", () => {
  const text = fc.string({ unit: codePoint });
  fc.assert(fc.property(fc.dictionary(text, text), (value) => {
    const json = printableJson(JSON.stringify(value, null, 2));
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
    assert.doesNotMatch(json, /(?!\n)[\p{Cc}\p{Cf}]/u);
  }));
  assert.equal(
    printableJson('"\x9b31m\u{e0001}"'),
    '"\\u009b31m\\udb40\\udc01"',
  );
});

Deno.test("widest() is 0 of no column", () => {
  assert.equal(widest([]), 0);
  assert.equal(widest([1, 3, 2]), 3);
});

Deno.test("aligned() makes the cells of a column as wide as the widest, however characters are encoded", () => {
  assert.deepEqual(aligned([["a", "1", "x"], ["😀b", "10"]], { right: [1] }), [
    ["a  ", " 1", "x"],
    ["😀b", "10"],
  ]);
  assert.deepEqual(aligned([]), []);
});

Deno.test("widthOf() and fit() count cells of a terminal: two of a wide sign, none of an accent on one", () => {
  assert.equal(widthOf([{ text: "猫e\u0301 x" }]), 5);
  const cut = fit([{ text: "猫猫猫" }], 4);
  assert.deepEqual(cut.map(({ text }) => text), ["猫", "…"]);
});

Deno.test("tableLines() leaves no space at the end of a line", () => {
  assert.deepEqual(tableLines([["a", "bb"], ["ccc", ""]]), ["a    bb", "ccc"]);
});

Deno.test("wrapLine() breaks a line between words, under its beginning, and keeps the style of each part", () => {
  const line: Line = [
    { text: "  ✓ ", style: "green" },
    { text: "one two three" },
    { text: " four five", style: "dim" },
  ];
  const lines = wrapLine(line, { columns: 18, hang: 4 });
  assert.deepEqual(lines, [
    [{ text: "  ✓ ", style: "green" }, { text: "one two three" }],
    [{ text: "    " }, { text: "four five", style: "dim" }],
  ]);
  assert.deepEqual(wrapLine(line, { columns: 40 }), [line]);
  const [, second] = wrapLine(line, { columns: 18 });
  assert.deepEqual(second?.[0], { text: "  " }); // below its spaces
});

Deno.test("wrapLine() loses and adds nothing but spaces, and is as wide as it may be, whatever is written", () => {
  const word = fc.string({
    unit: fc.constantFrom("a", "猫", " "),
    maxLength: 6,
  });
  const parts = fc.array(fc.record({ text: word }), { maxLength: 20 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 8, max: 40 }), (line, columns) => {
      const lines = wrapLine(line, { columns });
      const said = (some: readonly Line[]) =>
        some.flatMap((one) => one.map(({ text }) => text)).join("").replaceAll(
          " ",
          "",
        );
      assert.equal(said(lines), said([line]));
      for (const one of lines) {
        const text = one.map(({ text }) => text).join("").trim();
        assert(widthOf(one) <= columns || !text.includes(" "), text);
      }
    }),
  );
});

Deno.test("wrapLine() leaves a command in one line, so that it can be copied", () => {
  const texts = (text: string) =>
    wrapLine([{ text }], { columns: 20 }).map((line) =>
      line.map(({ text }) => text).join("")
    );
  assert.deepEqual(
    texts("Ask it again: deno task ask --reference a --shifted b"),
    [
      "Ask it again:",
      "deno task ask --reference a --shifted b",
    ],
  );
  assert.deepEqual(
    texts("Missing; run `deno task reproduce toy-line` before it"),
    [
      "Missing; run",
      "`deno task reproduce toy-line`",
      "before it",
    ],
  );
});

Deno.test("writeTexts() breaks sentences between words on a terminal, and nowhere else", () => {
  const terminal = recorded({ isTerminal: true, columns: 10, colour: true });
  const pipe = recorded({ columns: 10 });
  for (const output of [terminal, pipe]) {
    writeTexts(["one two three", "  four five six"], output);
  }
  assert.equal(terminal.text(), "one two\nthree\n  four\n  five six\n");
  assert.equal(pipe.text(), "one two three\n  four five six\n");
});
