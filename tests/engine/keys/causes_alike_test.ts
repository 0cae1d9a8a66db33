import assert from "node:assert/strict";
import type { Cause } from "../../../engine/keys/cause.ts";
import { causesAlike, sentencesOf } from "../../../engine/keys/causes_alike.ts";

function changed(name: string, from: string): Cause {
  return { kind: "input", name, from, change: "changed" };
}

const EPOCHS: Cause = { kind: "param", name: "epochs", before: 1, after: 2 };

Deno.test("sentencesOf() says once what one stage made that changed alike", () => {
  assert.deepEqual(
    sentencesOf([
      EPOCHS,
      changed("a.weights", "train/a"),
      changed("b.weights", "train/b"),
      changed("a.steps", "train/a"),
      { kind: "input", name: "c", from: "train/a", change: "added" },
    ]),
    [
      "epochs 1 → 2",
      "inputs a.weights and a.steps changed, made by train/a",
      "input b.weights changed, made by train/b",
      "input c added, made by train/a",
    ],
  );
});

Deno.test("sentencesOf() counts the inputs when there are many", () => {
  const waits = Array.from({ length: 9 }, (_, i): Cause => ({
    kind: "waits",
    name: `networks.${i}`,
    from: "train",
  }));
  assert.deepEqual(sentencesOf(waits), [
    "inputs networks.0, networks.1, networks.2 and 6 more may change, because train runs",
  ]);
});

Deno.test("causesAlike() keeps every cause, in order of the first of its group", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) =>
    changed(name, name === "b" ? "y" : "x")
  ) as [Cause, Cause, Cause];
  assert.deepEqual(causesAlike([a, b, EPOCHS, c, EPOCHS]), [
    [a, c],
    [b],
    [EPOCHS],
    [EPOCHS],
  ]);
});
