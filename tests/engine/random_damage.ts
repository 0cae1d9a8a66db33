/** Random damage to the files of a store. */
import { join } from "node:path";
import fc from "../property.ts";
import { filesBelow } from "../files_below.ts";

/** What may happen to a file. */
const WAYS = {
  delete: (path: string) => Deno.removeSync(path),
  empty: (path: string) => Deno.truncateSync(path),
  flip(path: string) {
    const bytes = Deno.readFileSync(path);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    Deno.writeFileSync(path, bytes);
  },
} as const;

/** Something that happens to a file: which of those in a folder, taken modulo their number. */
interface Damage {
  readonly how: keyof typeof WAYS;
  readonly of: "objects" | "records" | "stages";
  readonly which: number;
}

/** What happens to a store, time after time. */
export const damages: fc.Arbitrary<readonly (readonly Damage[])[]> = fc.array(
  fc.array(
    fc.record({
      how: fc.constantFrom(...Object.keys(WAYS) as (keyof typeof WAYS)[]),
      of: fc.constantFrom("objects", "records", "stages"),
      which: fc.nat(),
    }),
    { maxLength: 4 },
  ),
  { minLength: 1, maxLength: 6 },
);

/** Damages files of a store. */
export function damageStore(store: string, damage: readonly Damage[]): void {
  for (const { how, of, which } of damage) {
    const files = filesBelow(join(store, of));
    const path = files[which % files.length];
    if (path !== undefined) WAYS[how](join(store, of, path));
  }
}
