import assert from "node:assert/strict";
import fc from "../../property.ts";
import markdownIt from "markdown-it";
import { withoutTags } from "../../../reports/text/without_tags.ts";
import { hostileText } from "../hostile_text.ts";

Deno.test("withoutTags() leaves no live element, whatever is escaped already", () => {
  const markdown = markdownIt({ html: true });
  for (
    const text of [
      "<img src=x>",
      "\\<img src=x>",
      "\\\\<img src=x>",
      "`` <img src=x> `",
      "\\` <img src=x> `",
      "a `b\n\n<img src=x>\n\nc` d",
      "<!-- <img src=x>",
      "`\r<!-- `<img src=x>",
      "`a\n`<img src=x>`",
      "```\u2028\n<img src=x>\n```",
      "~~~\n~~~\n<img src=x>\n~~~",
      "- a\n   ```\n<img src=x>\n```",
    ]
  ) assert.ok(!/<(img|!)/.test(markdown.render(withoutTags(text))), text);
  const code = "`<img>` and ``a`<b>``\n\n```html\n<p>\n```\n\n1 < 2 & \\*";
  assert.equal(withoutTags(code), code);
  fc.assert(fc.property(hostileText, (text) => {
    assert.doesNotMatch(
      markdown.render(withoutTags(text)).replaceAll(
        /<code[\s\S]*?<\/code>/g,
        "",
      ),
      /<(img|script|!)/,
    );
  }));
});
