import assert from "node:assert/strict";
import { errorComponent } from "../../../stats/intervals/error_component.ts";
import {
  errorShares,
  errorSharesSchema,
} from "../../../stats/lines/error_share.ts";

Deno.test("errorShares() adds the errors of several lines in squares, and leaves out what is not known", () => {
  const error = (standardError: number) =>
    errorComponent({ standardError, degreesOfFreedom: 2 }, { level: 0.95 });
  const shares = errorShares({
    networks: [error(0.002), null],
    runs: [error(0.003), error(0.004)],
    images: [error(0.001)],
  }, {
    networks: { n: 1 },
    runs: { n: 8 },
    images: { n: 60, name: "families" },
  });
  assert.deepEqual(errorSharesSchema.parse(shares), [
    { source: "runs", n: 8, standardError: 0.005 },
    { source: "images", name: "families", n: 60, standardError: 0.001 },
  ]);
});
