import assert from "node:assert/strict";
import fc from "../../property.ts";
import { parseCsv, readCsv } from "../../../data/tables/csv.ts";
import { csv } from "../../../reports/text/csv.ts";
import { visible } from "../../../reports/text/escape.ts";
import { codePoint } from "../../code_point.ts";

/** Lines and cells of a text. */
function read(text: string | Uint8Array): readonly unknown[] {
  const { columns, rows } = parseCsv(text);
  return [columns, ...rows.map(({ line, cells }) => [line, ...cells])];
}

const PLAIN = [["a", "b"], [2, "1", "2"], [3, "3", "4"]];

for (
  const [what, text] of [
    ["LF", "a,b\n1,2\n3,4\n"],
    ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR", "a,b\r1,2\r3,4\r"],
    ["no line break at the end", "a,b\n1,2\n3,4"],
    ["mixed line breaks", "a,b\r\n1,2\n3,4"],
    ["a byte order mark", "\ufeffa,b\n1,2\n3,4\n"],
    ["a byte order mark before a quote", '\ufeff"a",b\r\n1,2\r\n3,4\r\n'],
    ["quotes everywhere", '"a","b"\n"1","2"\n"3","4"\n'],
    ["blank lines at the end", "a,b\r\n1,2\r\n3,4\r\n\r\n\r\n"],
  ] as const
) {
  Deno.test(`parseCsv() reads a table with ${what}`, () => {
    assert.deepEqual(read(text), PLAIN);
    assert.deepEqual(read(new TextEncoder().encode(text)), PLAIN);
  });
}

Deno.test("parseCsv() reads commas, doubled quotes and line breaks in quotes", () => {
  assert.deepEqual(
    read('name,parameters\n"say ""hi"", twice","1,013.01"\n"two\nlines",\n'),
    [
      ["name", "parameters"],
      [2, 'say "hi", twice', "1,013.01"],
      [3, "two\nlines", ""],
    ],
  );
});

Deno.test("parseCsv() counts lines across breaks in quotes and blank lines", () => {
  assert.deepEqual(
    read('a,b\r\n"one\r\ntwo\r\nthree",1\r\n\r\nx,2\r\n"p\nq\rr",3\r\nlast,4'),
    [
      ["a", "b"],
      [2, "one\r\ntwo\r\nthree", "1"],
      [6, "x", "2"],
      [7, "p\nq\rr", "3"],
      [10, "last", "4"],
    ],
  );
});

Deno.test("parseCsv() keeps a quoted empty cell as a row of one column", () => {
  assert.deepEqual(read('a\n""\n\nx\n'), [["a"], [2, ""], [4, "x"]]);
});

Deno.test("parseCsv() takes the first line that is not blank for the header", () => {
  assert.deepEqual(read("\ufeff\n\na\nx\n"), [["a"], [4, "x"]]);
});

Deno.test("parseCsv() reads a header without rows", () => {
  assert.deepEqual(read("a,b\n"), [["a", "b"]]);
});

Deno.test("parseCsv() keeps spaces and letters of every alphabet", () => {
  assert.deepEqual(read("naïve ,模型\n é, 𝛼\n"), [
    ["naïve ", "模型"],
    [2, " é", " 𝛼"],
  ]);
});

Deno.test("parseCsv() reads whatever csv() writes", () => {
  // Text that csv() writes as it is: seen, and nothing that a spreadsheet runs.
  const cell = fc.string({ unit: codePoint, maxLength: 6 }).map(visible)
    .filter((text) => !/^[=+\-@\t\r\n＝＋－＠]/.test(text));
  const rows = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.tuple(
      fc.uniqueArray(cell, { minLength: width, maxLength: width }),
      fc.array(fc.array(cell, { minLength: width, maxLength: width })),
    )
  );
  fc.assert(fc.property(rows, ([columns, rows]) => {
    // A lone empty cell is written as a blank line, which is no row.
    fc.pre([columns, ...rows].every((row) => row.join("|") !== ""));
    // The first mark of a file is not part of its first cell.
    fc.pre(!columns[0]?.startsWith("\ufeff"));
    const table = parseCsv(csv({ columns, rows }));
    assert.deepEqual(table.columns, columns);
    assert.deepEqual(table.rows.map(({ cells }) => cells), rows);
  }));
});

for (
  const [what, text, message] of [
    [
      "an empty file",
      "",
      "Cannot read the table: it is empty",
    ],
    [
      "a file of blank lines",
      "\ufeff\r\n\r\n",
      "Cannot read the table: it is empty",
    ],
    [
      "a quote that is never closed",
      'a,b\r\n"x\r\ny",2\r\n3,"4\r\n5,6\r\n',
      "Cannot read the table: a quote in the row on line 4 is never closed",
    ],
    [
      "text after a closing quote",
      'a,b\r\n"x\r\ny",2\r\n"3"x,4\r\n',
      "Cannot read the table: line 4 goes on after a closing quote; a quote inside a quoted cell is written twice",
    ],
    [
      "a quote inside a bare cell",
      'a,b\n1,5" disk\n',
      "Cannot read the table: line 2 has a quote inside a cell that does not start with one",
    ],
    [
      "a row that is too short",
      "a,b\n1,2\n3\n",
      "Cannot read the table: the row on line 3 has 1 cell, and line 1 names 2 columns",
    ],
    [
      "a row that is too long, after a cell of two lines",
      'a,b\n"1\n1",2\n3,4,5\n',
      "Cannot read the table: the row on line 4 has 3 cells, and line 1 names 2 columns",
    ],
    [
      "two columns of one name",
      "\na,b,a\n1,2,3\n",
      'Cannot read the table: line 2 names two columns "a"',
    ],
  ] as const
) {
  Deno.test(`parseCsv() refuses ${what}`, () => {
    assert.throws(() => parseCsv(text), { name: "Error", message });
  });
}

Deno.test("parseCsv() refuses bytes that are not UTF-8 and names their line", () => {
  const latin1 = Uint8Array.from(
    [..."a,b\r\n1,2\r\nna\u00efve,4\r\n"].map((letter) => letter.charCodeAt(0)),
  );
  assert.throws(() => parseCsv(latin1), {
    message:
      "Cannot read the table: line 3 is not UTF-8; save the file as CSV in UTF-8",
  });
});

Deno.test("parseCsv() refuses UTF-16, as spreadsheets write it", () => {
  assert.throws(() => parseCsv(Uint8Array.of(0xff, 0xfe, 97, 0, 10, 0)), {
    message:
      "Cannot read the table: line 1 is not UTF-8; save the file as CSV in UTF-8",
  });
});

Deno.test("parseCsv() names the table in its errors if it is told", () => {
  for (const text of ["", "a,a\n", 'a\n"b\n', "a\n1,2\n"]) {
    assert.throws(
      () => parseCsv(text, { name: "t.csv" }),
      /^Error: Cannot read table "t\.csv": /,
    );
  }
});

Deno.test("readCsv() keeps what is taken of a row, with its line", () => {
  const { columns, rows } = readCsv("a,b\n\n1,2\n3,4\n", {
    take: (names) => ({ line, cells }) => `${line} ${names[1]}=${cells[1]}`,
  });
  assert.deepEqual(columns, ["a", "b"]);
  assert.deepEqual(rows, ["3 b=2", "4 b=4"]);
});

Deno.test("readCsv() says what is wrong with the table before what cannot be taken of it", () => {
  const take = () => {
    throw new Error("Cannot take it");
  };
  assert.throws(() => readCsv("a,b\n1\n", { take }), {
    message:
      "Cannot read the table: the row on line 2 has 1 cell, and line 1 names 2 columns",
  });
  assert.throws(() => readCsv("a,b\n1,2\n", { take }), {
    message: "Cannot take it",
  });
});

Deno.test("readCsv() takes semicolons or tabs for separators if it is told to", () => {
  for (const separator of [";", "\t"] as const) {
    const { columns, rows } = readCsv(
      `a${separator}b\n1,5${separator}"x${separator}y"\n`,
      { separator, take: () => ({ cells }) => cells },
    );
    assert.deepEqual([columns, rows], [["a", "b"], [[
      "1,5",
      `x${separator}y`,
    ]]]);
  }
});

Deno.test("parseCsv() lets several columns be without a name", () => {
  assert.deepEqual(read("a,,\n1,,\n"), [["a", "", ""], [2, "1", "", ""]]);
});
