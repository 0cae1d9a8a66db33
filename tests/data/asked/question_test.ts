import assert from "node:assert/strict";
import {
  formatQuestion,
  parseQuestion,
  type Question,
  withPlaces,
} from "../../../data/asked/question.ts";

function problems(json: unknown): readonly string[] {
  const parsed = parseQuestion(JSON.stringify(json), { name: "a.json" });
  assert.equal(parsed.kind, "refused");
  return parsed.kind === "refused"
    ? parsed.problems.map((line) => line.replace("Cannot read question ", ""))
    : [];
}

const IMAGES = { kind: "images", reference: "train", shifted: "field" };

Deno.test("parseQuestion() reads a file that begins with a mark of its encoding", () => {
  const text = `\ufeff${JSON.stringify(IMAGES)}`;
  assert.equal(parseQuestion(text, { name: "q" }).kind, "question");
});

Deno.test("parseQuestion() fills in what a question about images leaves out", () => {
  assert.deepEqual(parseQuestion(JSON.stringify(IMAGES), { name: "a.json" }), {
    kind: "question",
    question: { ...IMAGES, classes: "same", side: 64, most: 5000 },
  });
});

Deno.test("parseQuestion() names each wrong field, what is there and what may be", () => {
  assert.deepEqual(
    problems({ ...IMAGES, shifted: 3, side: 4, classes: "all", sidee: 1 }),
    [
      'a.json: "shifted" is 3; it must be a path, relative to this file',
      'a.json: "classes" is "all"; it must be "same", if all sets must have the same classes, "common", to use those that all have, or "reference", to use those of the reference set',
      'a.json: "side" is 4; it must be a whole number from 8 to 256: side of the small images in pixels',
      'a.json: there is no field "sidee"; there may be kind, reference, test, shifted, weights, columns, classes, side, most, allowUnreadable',
    ],
  );
  assert.deepEqual(
    problems({
      kind: "table",
      predictions: 1,
      features: { x: { reference: "a.npy" } },
      columns: { Label: "y" },
    }),
    [
      'a.json: "predictions" is 1; it must be a path of a table with a column of sets, or two: {"reference": …, "shifted": …}',
      'a.json: "features.x.shifted" is missing; it must be a path, relative to this file',
      'a.json: there is no field "columns.Label"; there may be example, set, label, model, prediction, class, probability, group, property',
    ],
  );
});

Deno.test("parseQuestion() takes a number of unreadable files, or all", () => {
  for (const allowUnreadable of [0, 12, "all"]) {
    const parsed = parseQuestion(
      JSON.stringify({ ...IMAGES, allowUnreadable }),
      {
        name: "a.json",
      },
    );
    assert(parsed.kind === "question" && parsed.question.kind === "images");
    assert.equal(parsed.question.allowUnreadable, allowUnreadable);
  }
  for (const allowUnreadable of [-1, "some"]) {
    assert.deepEqual(problems({ ...IMAGES, allowUnreadable }), [
      `a.json: "allowUnreadable" is ${
        JSON.stringify(allowUnreadable)
      }; it must be "all", or a whole number from 0 to 1000000: files of a set that may be unreadable, 1% if it is left out`,
    ]);
  }
});

Deno.test("parseQuestion() takes one column of properties, or several, each once", () => {
  for (const kind of [IMAGES, { kind: "table", predictions: "p.csv" }]) {
    for (const property of ["camera", ["camera", "site"]]) {
      const parsed = parseQuestion(
        JSON.stringify({ ...kind, columns: { property } }),
        { name: "a.json" },
      );
      assert(parsed.kind === "question");
      assert.deepEqual(parsed.question.columns, { property });
    }
    for (const property of [3, [], ["camera", "camera"]]) {
      assert.deepEqual(problems({ ...kind, columns: { property } }), [
        `a.json: "columns.property" is ${
          JSON.stringify(property)
        }; it must be the name of a column, or a list of such names, each of them once`,
      ]);
    }
  }
});

Deno.test("parseQuestion() refuses other columns of images, and properties that all images have", () => {
  assert.deepEqual(problems({ ...IMAGES, columns: { label: "class" } }), [
    'a.json: there is no field "columns.label"; there may be property',
  ]);
  for (const property of ["hue", ["camera", "file type"]]) {
    assert.deepEqual(problems({ ...IMAGES, columns: { property } }), [
      `a.json: "columns.property" is ${
        JSON.stringify(property)
      }; it must be columns with other names than what is looked at without them: brightness, contrast, saturation, hue, border, sharpness, width, height, bytes, file type`,
    ]);
  }
});

Deno.test("parseQuestion() takes up to four files of weights, and none with a table", () => {
  const five = ["a", "b", "c", "d", "e"];
  const weights = five.slice(1);
  const parsed = parseQuestion(
    JSON.stringify({ ...IMAGES, weights }),
    { name: "a.json" },
  );
  assert(parsed.kind === "question" && parsed.question.kind === "images");
  assert.deepEqual(parsed.question.weights, weights);
  for (const wrong of [five, "a.safetensors"]) {
    assert.deepEqual(problems({ ...IMAGES, weights: wrong }), [
      `a.json: "weights" is ${
        JSON.stringify(wrong)
      }; it must be a list of at most 4 safetensors files, by their paths relative to this file`,
    ]);
  }
  assert.deepEqual(problems({ ...IMAGES, weights: ["a", 3] }), [
    'a.json: "weights.1" is 3; it must be a path, relative to this file',
  ]);
  assert.deepEqual(problems({ kind: "table", predictions: "a", weights }), [
    'a.json: there is no field "weights"; there may be kind, predictions, features, columns',
  ]);
});

Deno.test("parseQuestion() refuses features under the name of all features together", () => {
  const both = { reference: "a.npy", shifted: "b.npy" };
  const table = { kind: "table", predictions: "p.csv" };
  assert.deepEqual(
    problems({ ...table, features: { clip: both, all: both } }),
    [
      'a.json: "features.all" is {"reference":"a.npy","shifted":"b.npy"}; it must be under another name: "all" is what all features together are called',
    ],
  );
  const parsed = parseQuestion(
    JSON.stringify({ ...table, features: { clip: both, overall: both } }),
    { name: "a.json" },
  );
  assert.equal(parsed.kind, "question");
});

Deno.test("parseQuestion() says what a question is where there is none", () => {
  assert.deepEqual(problems({ kind: "image" }), [
    'a.json: "kind" is "image"; it must be "images" or "table"',
  ]);
  assert.deepEqual(problems({}), [
    'a.json: "kind" is missing; it must be "images" or "table"',
  ]);
  for (const other of [null, [], 3]) {
    assert.deepEqual(problems(other), [
      `a.json: all of it is ${
        JSON.stringify(other)
      }; it must be a record with "kind": "images" or "table"`,
    ]);
  }
  const cut = parseQuestion("{", { name: "a.json" });
  assert(cut.kind === "refused");
  assert.match(
    cut.problems.join(),
    /^Cannot read question a\.json: it is not JSON: /,
  );
});

Deno.test("formatQuestion() writes a question with fields in one order, and parseQuestion() reads it back", () => {
  const question: Question = {
    features: { "n/w": { shifted: "b.npy", reference: "a.npy" } },
    columns: { model: "network" },
    predictions: "p.csv",
    kind: "table",
  };
  const text = formatQuestion(question);
  assert.equal(
    text,
    `{
  "kind": "table",
  "predictions": "p.csv",
  "features": {
    "n/w": {
      "reference": "a.npy",
      "shifted": "b.npy"
    }
  },
  "columns": {
    "model": "network"
  }
}
`,
  );
  assert.deepEqual(parseQuestion(text, { name: "a.json" }), {
    kind: "question",
    question,
  });
});

Deno.test("withPlaces() changes every path of a question, and nothing else", () => {
  const images: Question = {
    ...IMAGES,
    kind: "images",
    test: "held out",
    weights: ["a", "b"],
    classes: "common",
    side: 32,
    most: 10,
  };
  assert.deepEqual(withPlaces(images, (path) => `/${path}`), {
    ...images,
    reference: "/train",
    test: "/held out",
    weights: ["/a", "/b"],
    shifted: "/field",
  });
  const table: Question = {
    kind: "table",
    predictions: { reference: "p", shifted: "q" },
    features: { f: { reference: "a", shifted: "b" } },
    columns: { set: "s" },
  };
  assert.deepEqual(withPlaces(table, (path) => `/${path}`), {
    ...table,
    predictions: { reference: "/p", shifted: "/q" },
    features: { f: { reference: "/a", shifted: "/b" } },
  });
});
