/**
 * The remote store that the command line names.
 *
 * @module
 */
import type { RemoteOptions } from "../../engine/store/remote_store.ts";
import { UsageError } from "./usage_error.ts";

/**
 * The remote, if one is named and Deno may connect to it.
 *
 * @throws {UsageError} if it is no address, or its host is not in the permissions
 */
export async function remoteOf(
  { remote, push }: {
    readonly remote: string | undefined;
    readonly push: boolean;
  },
): Promise<RemoteOptions | undefined> {
  if (remote === undefined) {
    if (!push) return undefined;
    throw new UsageError(
      'Cannot use option "--push": it needs --remote, which says where to',
    );
  }
  const url = URL.parse(remote);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      `Cannot use remote "${remote}": it is not an address that begins with http:// or https://`,
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new UsageError(
      `Cannot use remote "${remote}": it is the address of a folder, without "?" and "#"`,
    );
  }
  const { state } = await Deno.permissions.query({
    name: "net",
    host: url.host,
  });
  if (state !== "granted") {
    throw new UsageError(
      `Cannot use remote "${remote}": Deno may not connect to it; add "${url.host}" to permissions.default.net in deno.json`,
    );
  }
  return { url: remote, push };
}
