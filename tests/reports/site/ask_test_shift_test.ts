import assert from "node:assert/strict";
import {
  askFindingsSchema,
  type FoundTestShift,
} from "../../../stats/asked/ask_findings_schemas.ts";
import { askedPage, findingsOf } from "./asked_page.ts";

const testShift = {
  auroc: 0.7,
  low: 0.66,
  high: 0.74,
  placebo: 0.54,
  p: 0.01,
  labelChance: 0.4,
  lost: [] as readonly string[],
};

Deno.test("composeAsk() says where it asks for a shift how well a given test set is told from the reference set, and nothing of one that was held out", () => {
  const sentence = (found?: FoundTestShift | null) => {
    const findings = {
      ...findingsOf(),
      ...found === undefined ? {} : { testShift: found },
    };
    assert.deepEqual(askFindingsSchema.parse(findings), findings);
    const page = String(askedPage(findings).get("index.md"));
    return page.split(/^## /m)
      .find((part) => part.startsWith("Is there a shift?"))
      ?.match(/[^\n]*test images[^\n]*/)?.[0];
  };
  assert.equal(
    sentence(testShift),
    "The test images that were given beside the reference images, told apart within classes in the same way: AUROC 0.700 (0.660 to 0.740), which 1.0% of random splits reach; 95% stay below 0.540. Class frequencies differ as much by chance in 40.0% of cases, and no property tells less of the label, or more, for sure.",
  );
  assert.match(
    sentence({ ...testShift, lost: ["hue", "border"] }) ?? "",
    /, and hue, border tell less of the label\.$/,
  );
  assert.match(
    sentence({ ...testShift, gained: ["hue"] }) ?? "",
    /, and hue goes with the label newly, or more closely\.$/,
  );
  assert.match(sentence(null) ?? "", /cannot be told: they are too few\.$/);
  assert.equal(sentence(), undefined);
});
