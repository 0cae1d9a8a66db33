/**
 * What the answer of `ask` is worth, where the truth is planted: how often each
 * answer is given, how often it is false, and how often intervals hold.
 *
 *     deno task bench:ask [--repeats N] [--seed N] [--sizes 200,500] [--only PATTERN] [--fresh] [--slight] [--no-labels] [--no-coverage] [--drawn-shares] [--trained] [--json FILE]
 *     deno task bench:ask --tally FILE,FILE [--again]
 *
 * Features of all images are made once, into `--folder`: half a minute for
 * each of 14 pools of `--size` images. Then an answer takes half a second to
 * three, as sets have 200 to 1,000 examples. All worlds are asked once before any
 * is asked twice, and `--json` keeps each ask as soon as it is answered, so that a run may be stopped and tallied.
 * `--again` judges what is kept by the rule as it is now, and says which answers it changes: so a change of the rule is
 * tried on thousands of asks in seconds, before fresh ones tell what it is worth.
 * `--no-coverage` leaves out the model whose drop is known, and its time.
 * `--drawn-shares` draws each example of a mixture by itself, so that its shares vary.
 * With `--trained` two networks are fine-tuned for the share, as the trial does,
 * which takes a minute or more an ask; the one that a trial pre-trains is made once, in minutes.
 * Rules and bounds were made with seed 1 and the shifts that are not marked
 * as fresh; other seeds are fresh draws from the same pools. `--slight` asks about
 * shifts of a twentieth of the examples or less, and of a sixth.
 *
 * @module
 */
import process from "node:process";
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { listed } from "../../engine/define/listed.ts";
import { QUICK } from "../../pipelines/asked/findings.ts";
import { judge } from "../../stats/asked/judge.ts";
import { askQuickly } from "../ask_quickly.ts";
import { readPool } from "./ask/pools.ts";
import { tally, type Tried } from "./ask/tally.ts";
import { named, trainedShare } from "./ask/trained.ts";
import { dropOf, truthsOf, withModel, withoutModel } from "./ask/truths.ts";
import { draw } from "./ask/draw.ts";
import { poolsOf, WORLDS } from "./ask/worlds.ts";
import { benchOptions, refuse } from "./bench_options.ts";

const { values } = benchOptions({
  repeats: { type: "string", default: "30" },
  from: { type: "string", default: "0" },
  seed: { type: "string", default: "2" },
  size: { type: "string", default: "8000" },
  sizes: { type: "string", default: "100,200,500,1000" },
  only: { type: "string" },
  fresh: { type: "boolean", default: false },
  slight: { type: "boolean", default: false },
  labels: { type: "boolean", default: true },
  coverage: { type: "boolean", default: true },
  "drawn-shares": { type: "boolean", default: false },
  trained: { type: "boolean", default: false },
  folder: { type: "string", default: ".bench/ask" },
  json: { type: "string" },
  tally: { type: "string" },
  again: { type: "boolean", default: false },
}, { numbers: ["repeats", "from", "seed", "size"] });

const size = Number(values.size);
const sizes = values.sizes.split(",").map(Number);
const canAsk = WORLDS.filter(({ grouped }) =>
  !(values.trained && grouped !== undefined)
);
const worlds = canAsk.filter(({ name, fresh = false, slight = false }) =>
  values.only === undefined
    ? fresh === values.fresh && slight === values.slight
    : new RegExp(values.only, "u").test(name)
);
if (worlds.length === 0) {
  const asked = values.only === undefined
    ? "shifts that are both fresh and slight"
    : `"${values.only}"`;
  refuse(
    `Cannot ask about ${asked}: the shifts are ${
      listed(canAsk.map(({ name }) => `"${name}"`))
    }`,
  );
}
if (!sizes.every((n) => Number.isInteger(n) && n > 0)) {
  refuse(
    `Cannot read --sizes "${values.sizes}": name numbers, such as 100,200`,
  );
}

if (values.tally === undefined) {
  const pools = new Map<string, Promise<AskedSet>>();
  const ofWorlds = [];
  for (const world of worlds) {
    const own: Record<string, AskedSet> = {};
    for (const [name, pool] of Object.entries(poolsOf(world))) {
      const key = JSON.stringify(pool);
      const set = pools.get(key) ??
        readPool(pool, { folder: values.folder, size })
          .then((set) => values.trained ? named(set, pool) : set);
      pools.set(key, set);
      own[name] = await set;
    }
    ofWorlds.push({
      world,
      pools: values.coverage ? withModel(own) : own,
    });
  }
  const tried: Tried[] = [];
  const first = Number(values.from);
  for (let k = first; k < first + Number(values.repeats); k++) {
    for (const { world, pools } of ofWorlds) {
      for (const n of world.sizes ?? sizes) {
        const one = await tryOne(world, { pools, n, seed: k });
        if (one === undefined) continue;
        tried.push(one);
        if (values.json === undefined) continue;
        const { world: { name }, ...rest } = one;
        Deno.writeTextFileSync(
          values.json,
          `${JSON.stringify({ world: name, ...rest })}\n`,
          { append: true },
        );
      }
    }
  }
  print(tally(tried));
} else {
  const kept = values.tally.split(",").flatMap(readTried);
  const tried = values.again ? kept.map(judgedAgain) : kept;
  if (values.again) print(`${changesOf(kept, tried)}\n`);
  print(tally(tried));
}

/** The same ask by the rule as it is now. */
function judgedAgain({ findings, ...one }: Tried): Tried {
  const judged = judge(findings, {
    canTrain: findings.outOfSupport?.trained !== true,
  });
  return { ...one, findings: { ...findings, ...judged } };
}

/** How many answers the rule changes, by shift, from what and to what. */
function changesOf(before: readonly Tried[], after: readonly Tried[]): string {
  const changes = before.flatMap(({ world, findings: { answer } }, i) => {
    const now = after[i]?.findings.answer;
    return now === answer ? [] : [`${world.name}: ${answer} → ${now}`];
  });
  return [
    `${changes.length} of ${before.length} answers are others by the rule as it is now`,
    ...[...Map.groupBy(changes, (change) => change)]
      .map(([change, alike]) => `${alike.length} × ${change}`).sort(),
  ].join("\n");
}

function drawn(
  world: Tried["world"],
  options: Parameters<typeof draw>[1],
): ReturnType<typeof draw> | undefined {
  try {
    return draw(world, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    print(`${world.name}, n = ${options.n}, left out: ${error.message}`);
    return undefined;
  }
}

/** Asks about one draw; nothing, and says so, where the pools have too few examples for it. */
async function tryOne(
  world: Tried["world"],
  { pools, n, seed: repeat }: {
    readonly pools: Readonly<Record<string, AskedSet>>;
    readonly n: number;
    readonly seed: number;
  },
): Promise<Tried | undefined> {
  const seed = 1_000_000 * Number(values.seed) + repeat;
  const drawnShares = values["drawn-shares"];
  const sets = drawn(world, { pools, n, seed, drawnShares });
  if (sets === undefined) return undefined;
  const bare = withoutModel(sets);
  const before = process.cpuUsage();
  const findings = askQuickly(
    values.labels
      ? bare
      : { ...bare, shifted: { ...bare.shifted, labels: null } },
    { seed },
  );
  const after = process.cpuUsage();
  const outOfSupport = values.trained
    ? await trainedShare(bare, { seed, size, folder: values.folder })
    : findings.outOfSupport;
  const evidence = { ...findings, outOfSupport };
  return {
    world,
    n,
    seed,
    findings: {
      ...evidence,
      ...judge(evidence, { canTrain: !values.trained }),
    },
    drop: values.coverage
      ? dropOf(sets, { seed, resamples: QUICK.resamples })
      : null,
    truths: values.coverage ? truthsOf(world, { pools, seed }) : null,
    seconds: (after.user + after.system - before.user - before.system) / 1e6,
  };
}

/** Asks that a run has kept; a last line that was cut off counts for nothing. */
function readTried(path: string): readonly Tried[] {
  try {
    return Deno.readTextFileSync(path).split("\n").slice(0, -1).map((line) => {
      const kept = JSON.parse(line) as Omit<Tried, "world"> & { world: string };
      const world = WORLDS.find(({ name }) => name === kept.world);
      if (world !== undefined) return { ...kept, world };
      return refuse(
        `Cannot tally "${path}": there is no world "${kept.world}"`,
      );
    });
  } catch (error) {
    return refuse(
      `Cannot tally "${path}": ${error}`,
    );
  }
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
