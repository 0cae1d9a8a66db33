/**
 * Uploads: one file with one PUT.
 *
 * @module
 */
import { messageOf } from "../define/message_of.ts";
import { type Patience, SLOWEST } from "./download.ts";

/**
 * Puts bytes at an address.
 *
 * @returns what went wrong, e.g. `the server answers 403`, or `undefined`
 * @throws the reason of the signal, if it ends the upload
 */
export async function upload(
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  { signal, patience }: {
    readonly signal: AbortSignal;
    readonly patience: Patience;
  },
): Promise<string | undefined> {
  const deadline = AbortSignal.timeout(
    patience.answer + Math.ceil(bytes.length / SLOWEST),
  );
  try {
    const response = await fetch(url, {
      method: "PUT",
      body: bytes,
      redirect: "manual",
      signal: AbortSignal.any([signal, deadline]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `the server answers ${response.status}`;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (deadline.aborted) return "no answer in time";
    return messageOf(error);
  }
}
