/** What tests of listings have in common. */
import assert from "node:assert/strict";
import type { Listing, Refused } from "../../../../data/asked/sets/listing.ts";

/** A list of images; fails where there is none. */
export async function listed(
  list: Promise<Listing | Refused>,
): Promise<Listing> {
  const listing = await list;
  assert(listing.kind === "listed", JSON.stringify(listing));
  return listing;
}

/** Why there is no list, without the folder that the test made. */
export async function problemsOf(
  list: Promise<{ readonly kind: string } | Refused>,
  folder: string,
): Promise<readonly string[]> {
  const listing = await list;
  assert(listing.kind === "refused" && "problems" in listing);
  return listing.problems.map((line) => line.replaceAll(folder, "~"));
}

/** What reading all images of a list gives: bytes, or why there are none. */
export async function readAll(
  { images, read }: Listing,
): Promise<readonly (Uint8Array | string)[]> {
  const all: (Uint8Array | string)[] = [];
  for await (const { position, bytes } of read(images.map((_, i) => i))) {
    all[position] = bytes;
  }
  return all;
}

/** Text as bytes. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text);
