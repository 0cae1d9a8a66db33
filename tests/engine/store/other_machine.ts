/** A process on another machine that uses a store: here that is whoever writes its files. */
import { join } from "node:path";
import type { PresenceNote } from "../../../engine/store/presence.ts";

/** What it says of itself. */
export const OTHER: PresenceNote = {
  id: "other",
  machine: "host-b/0123",
  pid: 12,
  since: "2026-01-02T03:04:05.000Z",
  lease: 30,
};

/** Writes its presence, as if it had been renewed so many seconds ago. */
export function present(
  folder: string,
  { seconds = 0, ...note }: Partial<PresenceNote> & {
    readonly seconds?: number;
  } = {},
): void {
  const all = { ...OTHER, ...note };
  Deno.mkdirSync(join(folder, "alive"), { recursive: true });
  const path = join(folder, "alive", `${all.id}.json`);
  Deno.writeTextFileSync(path, JSON.stringify(all));
  const time = new Date(Date.now() - 1000 * seconds);
  Deno.utimeSync(path, time, time);
}

/** Writes a lease that it holds. */
export function leased(
  folder: string,
  { name, number = 0, id = OTHER.id }: {
    readonly name: string;
    readonly number?: number;
    readonly id?: string;
  },
): void {
  Deno.mkdirSync(join(folder, "leases"), { recursive: true });
  Deno.writeTextFileSync(join(folder, "leases", `${name}.${number}`), id);
}

/** Calls a test with a folder of its own. */
export async function withFolder(
  test: (folder: string) => Promise<void> | void,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "leases-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Waits until a signal is raised; the message of its reason. */
export async function raised(signal: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve());
  if (!signal.aborted) await promise;
  return signal.reason.message;
}
