/**
 * What the answer of `ask` is worth, where the truth is planted: how often each
 * answer is given, how often it is false, and how often intervals hold.
 *
 *     deno task bench:ask [--repeats N] [--seed N] [--sizes 200,500] [--only WORDS] [--fresh] [--json FILE]
 *
 * Features of all images are made once, into `--folder`: about a minute for
 * each of some twenty pools of `--size` images. Then an answer takes a second or two.
 * Rules and bounds were made with seed 1 and the shifts that are not marked
 * as fresh; other seeds are fresh draws from the same pools.
 *
 * @module
 */
import process from "node:process";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { askQuickly } from "../ask_quickly.ts";
import { readPool } from "./ask/pools.ts";
import { tally, type Tried } from "./ask/tally.ts";
import { draw, poolsOf, WORLDS } from "./ask/worlds.ts";
import { benchOptions } from "./bench_options.ts";

const { values } = benchOptions({
  repeats: { type: "string", default: "30" },
  seed: { type: "string", default: "2" },
  size: { type: "string", default: "4000" },
  sizes: { type: "string", default: "100,200,500,1000" },
  only: { type: "string" },
  fresh: { type: "boolean", default: false },
  labels: { type: "boolean", default: true },
  folder: { type: "string", default: ".store/bench-ask" },
  json: { type: "string" },
}, { numbers: ["repeats", "seed", "size"] });

const size = Number(values.size);
const sizes = values.sizes.split(",").map(Number);
const pools = new Map<string, Promise<AskedSet>>();
const tried: Tried[] = [];
for (const world of WORLDS) {
  if (values.only !== undefined && !world.name.includes(values.only)) continue;
  if (values.only === undefined && (world.fresh ?? false) !== values.fresh) {
    continue;
  }
  const own: Record<string, AskedSet> = {};
  for (const [name, pool] of Object.entries(poolsOf(world))) {
    const key = JSON.stringify(pool);
    const set = pools.get(key) ??
      readPool(pool, { folder: values.folder, size });
    pools.set(key, set);
    own[name] = await set;
  }
  for (const n of world.sizes ?? sizes) {
    const cell: Tried[] = [];
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      const seed = 1_000_000 * Number(values.seed) + repeat;
      const sets = draw(world, { pools: own, n, seed });
      const bare = (set: AskedSet) =>
        values.labels ? set : { ...set, labels: null };
      const before = process.cpuUsage();
      const findings = askQuickly({ ...sets, shifted: bare(sets.shifted) }, {
        seed,
      });
      const after = process.cpuUsage();
      cell.push({
        world,
        n,
        seed,
        findings,
        seconds: (after.user + after.system - before.user - before.system) /
          1e6,
      });
    }
    tried.push(...cell);
    print(tally(cell));
  }
}
print("\nall cells");
print(tally(tried));
if (values.json !== undefined) {
  await Deno.writeTextFile(
    values.json,
    tried.map(({ world, ...rest }) =>
      JSON.stringify({ world: world.name, truth: world.truth, ...rest })
    ).join("\n"),
  );
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
