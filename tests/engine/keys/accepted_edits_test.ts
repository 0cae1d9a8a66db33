import assert from "node:assert/strict";
import { join } from "node:path";
import {
  ACCEPTED_EDITS,
  type AcceptedEdit,
  acceptedEdits,
  editBetween,
  readAcceptedEdits,
  textOfAccepted,
} from "../../../engine/keys/accepted_edits.ts";
import type { Key } from "../../../engine/keys/key.ts";

const KEY: Key = {
  format: 1,
  task: "train.ts#train",
  result: { value: "json" },
  code: { "a.ts": "a1", "b.ts": "b1" },
  packages: { zod: "1" },
  params: { epochs: 2 },
  inputs: { images: "i1" },
  environment: { deno: "2", device: "wasm" },
};

/** An edit that is accepted of the task of {@linkcode KEY}. */
function edit(
  code: AcceptedEdit["code"],
  more: Partial<AcceptedEdit> = {},
): AcceptedEdit {
  return {
    code,
    packages: {},
    environment: KEY.environment,
    tried: [{ task: KEY.task, definitions: [], stages: ["train/1"] }],
    accepted: "2026-01-01T00:00:00.000Z",
    ...more,
  };
}

/** The code of all keys that a key had before. */
function codesBefore(edits: readonly AcceptedEdit[], key: Partial<Key> = {}) {
  return [...acceptedEdits(edits).earlier({ ...KEY, ...key })]
    .map(({ code }) => code);
}

Deno.test("acceptedEdits() leads from a key to those before its edits, one edit after the other", () => {
  const [first, second] = [
    edit({ "a.ts": ["a0", "a1"] }),
    edit({ "a.ts": ["a-1", "a0"], "b.ts": ["b0", "b1"] }),
  ];
  assert.deepEqual(codesBefore([second, first]), [
    { "a.ts": "a0", "b.ts": "b1" },
    { "a.ts": "a-1", "b.ts": "b0" },
  ]);
  assert.deepEqual(codesBefore([second]), []);
});

Deno.test("acceptedEdits() takes files for added or removed, and packages for other versions", () => {
  const moved = edit({ "b.ts": [null, "b1"], "old.ts": ["o1", null] });
  assert.deepEqual(codesBefore([moved]), [{ "a.ts": "a1", "old.ts": "o1" }]);
  assert.deepEqual(
    codesBefore([moved], { code: { ...KEY.code, "old.ts": "o1" } }),
    [],
  );
  const [key] = acceptedEdits([edit({}, { packages: { zod: ["0", "1"] } })])
    .earlier(KEY);
  assert.deepEqual(key, { ...KEY, packages: { zod: "0" } });
});

Deno.test("acceptedEdits() tells nothing of another definition, task, machine or code", () => {
  const change = { "a.ts": ["a0", "a1"] } as const;
  assert.equal(codesBefore([edit(change)]).length, 1);
  const params = { model: { definition: "models.ts#small" }, epochs: 2 };
  assert.deepEqual(codesBefore([edit(change)], { params }), []);
  const definitions = ["models.ts#small"];
  const tried = [{ task: KEY.task, definitions, stages: [] }];
  for (
    const same of [params, { teacher: params.model, student: params.model }]
  ) {
    const codes = codesBefore([edit(change, { tried })], { params: same });
    assert.equal(codes.length, 1);
  }
  assert.deepEqual(
    codesBefore([edit(change)], { task: "evaluate.ts#evaluate" }),
    [],
  );
  assert.deepEqual(
    codesBefore([edit(change, { environment: { deno: "2" } })]),
    [],
  );
  assert.deepEqual(codesBefore([edit({ "a.ts": ["a0", "a2"] })]), []);
});

Deno.test("acceptedEdits() comes to an end where edits lead back", () => {
  const back = [
    edit({ "a.ts": ["a0", "a1"] }),
    edit({ "a.ts": ["a1", "a0"] }),
  ];
  assert.deepEqual(codesBefore(back), [{ "a.ts": "a0", "b.ts": "b1" }]);
});

Deno.test("acceptedEdits() undoes many edits that do not touch each other from the newest on, and does not try all of their subsets", () => {
  const names = Array.from({ length: 40 }, (_, i) => `${i}.ts`);
  const codeAt = (moment: number) =>
    Object.fromEntries(names.map((name, i) => [name, i < moment ? "1" : "0"]));
  const edits = names.map((name) => edit({ [name]: ["0", "1"] }));
  const codes = codesBefore(edits, { code: codeAt(40) });
  assert.deepEqual(
    codes.slice(0, 40),
    names.map((_, i) => codeAt(39 - i)),
  );
  assert.equal(codes.length < 1000, true);
});

Deno.test("editBetween() finds what code differs in, where nothing else does", () => {
  const now: Key = {
    ...KEY,
    code: { "a.ts": "a2", "c.ts": "c1" },
    packages: { zod: "2" },
  };
  assert.deepEqual(editBetween(KEY, now), {
    code: {
      "a.ts": ["a1", "a2"],
      "b.ts": ["b1", null],
      "c.ts": [null, "c1"],
    },
    packages: { zod: ["1", "2"] },
    environment: KEY.environment,
  });
  assert.equal(editBetween(KEY, KEY), undefined);
  for (
    const other of [
      { params: { epochs: 3 } },
      { inputs: { images: "i2" } },
      { environment: { deno: "3" } },
      { task: "other.ts#train" },
      { result: { value: "bytes" } },
      { format: 2 },
    ]
  ) assert.equal(editBetween(KEY, { ...now, ...other }), undefined);
});

Deno.test("readAcceptedEdits() reads what was written, nothing where nothing is, and refuses anything else", async () => {
  const root = await Deno.makeTempDir({ prefix: "accepted-" });
  try {
    assert.deepEqual(readAcceptedEdits(root).list, []);
    const edits = [edit({ "a.ts": ["a0", null] })];
    const path = join(root, ACCEPTED_EDITS);
    await Deno.writeTextFile(path, textOfAccepted(edits));
    assert.deepEqual(readAcceptedEdits(root).list, edits);
    const half = JSON.stringify({
      edits: [edit({}, { environment: { device: "\ud800" } })],
    });
    for (
      const text of [half, "", "{}", '{"edits":[{"code":{"a.ts":["x"]}}]}']
    ) {
      await Deno.writeTextFile(path, text);
      assert.throws(() => readAcceptedEdits(root), {
        message:
          "Cannot read accepted_edits.json: it is not as deno task accept writes it; take it from the last commit, or remove it",
      });
    }
    await Deno.remove(path);
    await Deno.mkdir(path);
    assert.throws(() => readAcceptedEdits(root), {
      message:
        /^Cannot read accepted_edits\.json: .*; take it from the last commit, or remove it$/,
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
