import assert from "node:assert/strict";
import { ownImages } from "../../../data/own/own_images.ts";
import { SETS } from "../../../data/own/packed_images.ts";

Deno.test("ownImages are where `deno task pack` writes, in own/ beside the code", () => {
  const folder = new URL("../../../own/", import.meta.url);
  for (const name of SETS) {
    assert.equal(
      ownImages.files[name].href,
      new URL(`${name}.safetensors`, folder).href,
    );
  }
});
