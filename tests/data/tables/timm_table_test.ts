import assert from "node:assert/strict";
import {
  pairRows,
  readTimmTable,
  type TimmRow,
} from "../../../data/tables/timm_table.ts";

function read(text: string): readonly TimmRow[] {
  return readTimmTable({ title: "V2", bytes: new TextEncoder().encode(text) });
}

const OF_2025 = [
  "model,img_size,top1,top1_err,top5,top5_err,param_count,crop_pct,interpolation,top1_diff,top5_diff,rank_diff",
  'large.a_in1k,448,90.010,9.990,99.0,1.0,"1,013.01",1.000,bicubic,-7.1,-2.5,+1',
  "small.a_in1k,224,71.504,28.496,90.0,10.0,11.69,0.950,bicubic,-9.1,-3.5,0",
].join("\n");

Deno.test("readTimmTable() finds model, size and accuracy by the names of their columns", () => {
  const rows = [
    { model: "large.a_in1k", imageSize: 448, printed: "90.010" },
    { model: "small.a_in1k", imageSize: 224, printed: "71.504" },
  ];
  assert.deepEqual(
    read(OF_2025),
    rows.map((row) => ({ ...row, accuracy: Number(row.printed) / 100 })),
  );
  const older = [
    "top1,img_size,model,param_count",
    '90.010,448,large.a_in1k,"1,013.01"',
    "71.504,224,small.a_in1k,11.69",
  ].join("\r\n");
  assert.deepEqual(read(older), read(OF_2025));
});

Deno.test("readTimmTable() keeps an accuracy of 0, which ImageNet-A has", () => {
  assert.deepEqual(read("model,img_size,top1\nresnet50,224,0.000"), [
    { model: "resnet50", imageSize: 224, accuracy: 0, printed: "0.000" },
  ]);
});

for (
  const [text, state] of [
    [
      "model,top1\na,70",
      'it has no column "img_size", only "model", "top1"',
    ],
    [
      "model,img_size,top1\na,224,70\nb,224,n/a",
      'line 3, column "top1" holds "n/a", not a number from 0 to 100',
    ],
    [
      "model,img_size,top1\na,224,",
      'line 2, column "top1" holds "", not a number from 0 to 100',
    ],
    [
      "model,img_size,top1\na,224,101",
      'line 2, column "top1" holds "101", not a number from 0 to 100',
    ],
    [
      "model,img_size,top1\na,0,70",
      'line 2, column "img_size" holds "0", not a number from 1 to 100000',
    ],
    ["model,img_size,top1\n,224,70", 'line 2, column "model" is empty'],
    [
      "model,img_size,top1\na,224,70\nb,224,70\na,224,71",
      'lines 2 and 4 give a at 224 pixels different accuracies in column "top1"',
    ],
    ["", "it is empty"],
    [
      "model,img_size,top1\na,224",
      "the row on line 2 has 2 cells, and line 1 names 3 columns",
    ],
  ] as const
) {
  Deno.test(`readTimmTable() says that ${state}`, () => {
    assert.throws(() => read(text), {
      message: `Cannot read table "V2": ${state}`,
    });
  });
}

Deno.test("readTimmTable() takes a row that is there twice once", () => {
  const row = "a,224,70.0";
  assert.equal(read(["model,img_size,top1", row, row].join("\n")).length, 1);
});

const reference = read(
  "model,img_size,top1\nb,288,75\na,224,70\na,288,72\na,320,73\nonly,224,60",
);
const shifted = read(
  "model,img_size,top1\na,320,63\na,288,62\na,224,60\nb,288,65\nother,224,50",
);

Deno.test("pairRows() pairs the smallest size by the training rule, the largest by the test rule", () => {
  const pairs = (rule: "training" | "test") =>
    pairRows({ reference, shifted, rule }).map((
      { model, imageSize, reference, shifted },
    ) => [model, imageSize, reference, shifted]);
  assert.deepEqual(pairs("training"), [
    ["b", 288, 0.75, 0.65],
    ["a", 224, 0.7, 0.6],
  ]);
  assert.deepEqual(pairs("test"), [
    ["b", 288, 0.75, 0.65],
    ["a", 320, 0.73, 0.63],
  ]);
});

Deno.test("pairRows() never compares two sizes of one network", () => {
  const large = shifted.filter(({ imageSize }) => imageSize !== 224);
  const [, a] = pairRows({ reference, shifted: large, rule: "training" });
  assert.deepEqual(a, {
    model: "a",
    imageSize: 288,
    reference: 0.72,
    shifted: 0.62,
  });
});
