import assert from "node:assert/strict";
import { answerJson, readAnswer } from "../../../reports/site/answer_file.ts";
import { composeAsk } from "../../../reports/site/ask_page.ts";
import { textOf } from "../text_of.ts";
import { ASKED, findingsOf } from "./asked_page.ts";

Deno.test("answerJson() gives programs the findings at full precision, and what was asked and how", () => {
  const findings = findingsOf();
  const text = answerJson(findings, ASKED);
  const { asked, ...found } = JSON.parse(text);
  assert.deepEqual(found, JSON.parse(JSON.stringify(findings)));
  const { pictures: _, examples: __, done, ...options } = ASKED;
  assert.deepEqual(asked, { ...options, done: done.map(({ text }) => text) });
  assert.deepEqual(readAnswer(text), findings);
  assert.equal(textOf(composeAsk(findings, ASKED), "answer.json"), text);
});

Deno.test("answerJson() tells no share where two ways to look contradict each other, and the page is the same when it is read again", () => {
  const { outOfSupport, ...findings } = findingsOf();
  assert.ok(outOfSupport !== null);
  const unsure = { ...outOfSupport, agreement: 0.3 };
  const all = { ...findings, outOfSupport: unsure, trainedSupport: unsure };
  const text = answerJson(all, ASKED);
  const told = JSON.parse(text);
  for (
    const { share, low, high, agreement, ...rest } of [
      told.outOfSupport,
      told.trainedSupport,
    ]
  ) {
    assert.deepEqual([share, low, high, agreement], [null, null, null, 0.3]);
    assert.deepEqual(rest.sweep, []);
    assert.equal("others" in rest, false);
  }
  assert.equal(
    textOf(composeAsk(readAnswer(text), ASKED), "index.html"),
    textOf(composeAsk(all, ASKED), "index.html"),
  );
  assert.deepEqual(JSON.parse(answerJson(readAnswer(text), ASKED)), told);
});

Deno.test("readAnswer() refuses what is no answer", () => {
  for (const text of ["[]", "null", "{}", "no"]) {
    assert.throws(() => readAnswer(text), text);
  }
});
