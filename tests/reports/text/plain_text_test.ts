import assert from "node:assert/strict";
import { escapeMarkdown, visible } from "../../../reports/text/escape.ts";
import { plainText } from "../../../reports/text/plain_text.ts";
import { hostileText } from "../hostile_text.ts";
import fc from "../../property.ts";

Deno.test("plainText() takes marks away, and only these", () => {
  for (
    const [markdown, text] of [
      ["*photo* and **narrow**, _a_ and __b__", "photo and narrow, a and b"],
      ["of my_model and a__b", "of my_model and a__b"],
      ["`resnet18.fb_*` stands", "resnet18.fb_* stands"],
      ["see [the *log* of a\\]b](docs/log.md)", "see the log of a]b"],
      ["pre\\_trained \\[v2\\] 2 \\* 3", "pre_trained [v2] 2 * 3"],
      ["\\[no\\](link)", "[no](link)"],
    ] as const
  ) assert.equal(plainText(markdown), text);
});

Deno.test("plainText() gives back what was escaped", () => {
  fc.assert(fc.property(hostileText, (text) => {
    assert.equal(
      plainText(escapeMarkdown(text)),
      visible(text.replaceAll(/\s+/g, " ")),
    );
  }));
});
