import { digestOf } from "../../engine/define/hash.ts";
import type { HashedSource } from "../../engine/define/source.ts";

/** A table. */
export const TABLE: Uint8Array<ArrayBuffer> = new TextEncoder().encode("a,b");

/** A table at an address that tests may reach, where nobody listens. */
export function gone(file: string): HashedSource {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const url = `http://127.0.0.1:${port}/${file}`;
  return { url, sha256: digestOf(TABLE), title: `Table ${file}` };
}
