/** A stage in a worker draws from seeds alone. */
import assert from "node:assert/strict";
import { assertRefused, reach } from "./reach.ts";

Deno.test("a task in a worker draws nothing without a seed", async () => {
  await assertRefused({
    "Math.random()": "Math.random",
    "crypto.getRandomValues(new Uint8Array(1))": "crypto.getRandomValues",
    "crypto.randomUUID()": "crypto.randomUUID",
    'crypto.subtle.generateKey("Ed25519", true, ["sign"])':
      "crypto.subtle.generateKey",
    "URL.createObjectURL(new Blob())": "URL.createObjectURL",
    "new FormData()": "FormData",
    'new Response("a=1", beside.FORM).formData()': "Response.formData",
    'new Request("https://a.org", { method: "POST", body: "a=1", ...beside.FORM }).formData()':
      "Request.formData",
    "beside.randomBytes(1)": "node:crypto.randomBytes",
    "beside.whole.randomUUID()": "node:crypto.randomUUID",
    "beside.all.randomInt(2)": "node:crypto.randomInt",
    'beside.require("crypto").randomBytes(1)': "node:crypto.randomBytes",
  }, {
    files: {
      "beside.ts": `
import { createRequire } from "node:module";
import all, { randomBytes } from "node:crypto";
import * as whole from "node:crypto";
export { all, randomBytes, whole };
export const FORM = { headers: { "content-type": "application/x-www-form-urlencoded" } };
export const require = createRequire(import.meta.url);
`,
    },
  });
});

Deno.test("a task in a worker hears that it can draw from a seed", async () => {
  const [said] = await reach(["Math.random()"]);
  assert.match(`${said}`, /; draw from stream\(seed, purpose\)$/);
});

Deno.test("a package that draws while it loads draws the same each time, and nothing afterwards", async () => {
  assert.deepEqual(
    await reach([
      "beside.drawn",
      "beside.draw().catch(({ message }) => message.slice(0, 28))",
    ], {
      files: {
        "beside.ts": `
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
const require = createRequire(import.meta.url);
export const { drawn, draw } = require(fileURLToPath(new URL("./draws.cjs", import.meta.url)));
`,
        "draws.cjs":
          "exports.drawn = [Math.random(), Math.random()];\nexports.draw = async () => Math.random();\n",
      },
    }),
    [[0.5, 0.5], "it reached for Math.random, "],
  );
});
