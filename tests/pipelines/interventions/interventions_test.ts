/** What the page on interventions says, of networks as they are planted: long, since all of it is read off reports that are made once. */
import assert from "node:assert/strict";
import { type Ref, targetOf } from "../../../engine/define/ref.ts";
import { INTERVENTION_SCALES } from "../../../pipelines/interventions/scale.ts";
import { SEED } from "../../../pipelines/shared/synthetic/scale.ts";
import {
  estimatesOf,
  formatSensitivity,
  judge,
} from "../../../reports/value/claim.ts";
import { site } from "../../../reports/site/site.ts";
import { proseMarkdown } from "../../../reports/value/prose.ts";
import type {
  CellInterval,
  Report,
  Table,
} from "../../../reports/value/report.ts";
import { run } from "../../reports/example.ts";
import {
  argumentsOf,
  built,
  builtOf,
  pipelineOf,
  stagesOf,
} from "../shared/synthetic/experiments.ts";
import {
  type Planted,
  type PlantedNetwork,
  plantedReport,
} from "../shared/synthetic/planted.ts";

function reference({ name, seed, epoch }: PlantedNetwork): number {
  const wobble = 0.002 * Math.sin(seed + name.length);
  if (epoch !== undefined) return 0.5 + 0.02 * epoch + wobble;
  const [, images] = /^scratch on (\d+) images$/.exec(name) ?? [];
  const [, few] = /, (\d+) examples$/.exec(name) ?? [];
  return images !== undefined
    ? 0.05 + 0.16 * Math.log10(Number(images)) + wobble
    : few === undefined
    ? 0.7 + wobble
    : 0.09 * Math.log2(Number(few)) + wobble - (isScratch(name) ? 0.25 : 0);
}

function isScratch(name: string): boolean {
  return name.startsWith("scratch");
}

/** What is balanced is robust under every bias, whatever it starts from; few examples are as good as they are many. */
const helpful: Planted = {
  reference,
  gain: ({ name }, set) =>
    set === "own" || /^(scratch on|photo, FT|.* examples)/.test(name)
      ? 0
      : /weighted|published|random tints|balanced$/.test(name) &&
          !name.includes("unbalanced") && set === "random"
      ? 0.05
      : 0,
};

const report = await plantedReport({
  name: "interventions",
  profile: "default",
  planted: helpful,
});

Deno.test("interventions judges what was planted: balancing helps against the bias, nothing else does", () => {
  const verdicts = Object.fromEntries(
    report.claims.map((claim) => [claim.id, judge(claim)]),
  );
  assert.equal(verdicts["refit"], "supported");
  assert.equal(verdicts["refit-unbalanced"], "supported");
  assert.equal(verdicts["refit-out-of-support"], "supported");
  assert.equal(verdicts["few-from-scratch"], "supported");
  assert.equal(verdicts["refit-spurious-typeface"], "supported");
  assert.equal(verdicts["refit-unbalanced-spurious-typeface"], "supported");
  assert.equal(verdicts["pretraining-spurious-typeface"], "supported");
  // 64 examples: 54 % where the whole set has 70.
  assert.equal(verdicts["few-with-pretraining"], "contradicted");
  // Nothing was planted upside down, where both together are no better.
  assert.notEqual(verdicts["both-most-accurate"], "supported");
});

Deno.test("interventions claims for the paper nothing that the paper does not test", () => {
  for (const { id, whose, paper } of report.claims) {
    if (whose === "paper") assert.doesNotMatch(paper, /^not in the paper/, id);
    if (id === "few-narrow-or-diverse") assert.equal(whose, "ours");
  }
});

Deno.test("interventions tells with how many examples the whole biased set is reached", () => {
  const figure = report.figures.find(({ kind }) => kind === "accuracy-by-size");
  assert.ok(figure?.kind === "accuracy-by-size");
  const crossings = figure.panels.flatMap(({ crossings = [] }) => crossings);
  const pretrained = crossings.filter(({ series, reference }) =>
    series === "pre-trained, curated" && reference.endsWith("pre-trained")
  );
  assert.ok(pretrained.length > 0);
  // 0.09 a doubling reaches 0.7 at 219.
  for (const { at } of pretrained) {
    assert.ok(at !== null && at > 190 && at < 250, `${at}`);
  }
  const scratch = crossings.filter(({ series }) =>
    series === "from scratch, curated"
  );
  assert.ok(scratch.length > 0);
  assert.ok(scratch.every(({ at }) => at === null));
});

Deno.test("interventions shows what its claims on curated examples hold them against in the figure that these name", () => {
  const named = ["few-unbiased-over-biased", "few-narrow-or-diverse"].map((
    id,
  ) => report.claims.find((claim) => claim.id === id)?.figure);
  assert.deepEqual(named, ["curated", "curated"]);
  const figure = report.figures.find(({ id }) => id === "curated");
  assert.ok(figure?.kind === "accuracy-by-size");
  for (const { series } of figure.panels) {
    assert.deepEqual(
      series.slice(2).map(({ name, points }) => [name, points.length]),
      [
        ["pre-trained, biased", 4],
        ["pre-trained, diverse", 1],
        ["pre-trained, one colour", 2],
        ["from scratch, one colour", 2],
      ],
    );
  }
  // Biased examples against the whole biased set, too.
  assert.deepEqual(
    figure.panels.map(({ crossings }) => {
      const { series, reference } = crossings?.at(-1) ?? {};
      return [series, reference];
    }),
    Array(2).fill(["pre-trained, biased", "all 20,000 biased, from scratch"]),
  );
});

Deno.test("interventions says of how many networks each number is, and of how many images in a worst group", () => {
  assert.ok(report.claims.length > 0);
  let worst = 0;
  for (const claim of report.claims) {
    const estimates = estimatesOf(claim);
    assert.ok(estimates.length > 0, claim.id);
    for (const { title = "" } of estimates) {
      assert.match(title, /, n\u00a0=\u00a0[34]([ ,]|$)/, claim.id);
      if (title.startsWith("worst-group accuracy")) {
        assert.match(title, /, groups of [\d to]+ images$/, claim.id);
        worst++;
      }
    }
  }
  assert.equal(worst, 4);
});

Deno.test("interventions calls networks from scratch so where it says what would decide a claim", () => {
  for (const id of ["refit", "refit-unbalanced", "refit-out-of-support"]) {
    const claim = report.claims.find((claim) => claim.id === id);
    assert.ok(claim !== undefined && estimatesOf(claim).length > 0);
    for (const { shares = [] } of estimatesOf(claim)) {
      const own = shares.find(({ source }) => source === "networks");
      assert.equal(own?.name, "networks from scratch");
    }
  }
});

Deno.test("interventions has a row an intervention and a column a shift, empty where it is not applied", () => {
  const table = report.tables?.find(({ id }) => id === "what-helps");
  assert.ok(table !== undefined);
  assert.deepEqual(table.groups?.slice(2), [
    "in support",
    "in support",
    "in support",
    "out of support",
    "out of support",
    "out of support",
    "both at once",
  ]);
  assert.ok(table.rows.every((row) => row.length === table.columns.length));
  const named = (title: string, networks: string) =>
    table.rows.find(([a, b]) => a === title && `${b}`.startsWith(networks)) ??
      [];
  const [, n, tint, typeface, label] = named(
    "trained with random tints",
    "from scratch",
  );
  assert.deepEqual([typeface, label], [null, null]);
  assert.equal(n, "from scratch, n\u00a0=\u00a03");
  // Half of the reference images are of the shifted kind, which moves the line's prediction too.
  const { value, low } = tint as CellInterval;
  assert.ok(low > 0 && Math.abs(value - 0.023) < 0.005, `${value}`);
  const titles = table.rows.map(([title]) => title);
  assert.equal(titles.length, 21);
  const control = named("no intervention", "narrow (control)");
  assert.equal(control[1], "narrow (control), n\u00a0=\u00a04");
  assert.ok(control.slice(2).every((cell) => cell !== null));
  // The control, beside what it is held against, and curating among them.
  assert.equal(new Set(titles).size, 10);
  const balancing = report.sections?.find(({ id }) => id === "balancing");
  assert.match(
    proseMarkdown(balancing?.text ?? ""),
    /Of photographs, groups are balanced so at `full` alone\./,
  );
});

Deno.test("interventions tells what curating brings beside all else, under the tint and upside down", () => {
  const table = report.tables?.find(({ id }) => id === "what-helps");
  const rows =
    table?.rows.filter(([title]) =>
      /^\d+ curated examples$/.test(`${title}`)
    ) ?? [];
  assert.deepEqual(
    rows.map(([title, networks]) => [title, networks]),
    ["64 curated examples", "1024 curated examples"].flatMap((title) => [
      [title, "from scratch, n\u00a0=\u00a03"],
      [title, "pre-trained, n\u00a0=\u00a04"],
    ]),
  );
  for (const [, , tint, typeface, label, kept, unseen, flip, both] of rows) {
    assert.deepEqual([typeface, label, unseen, flip], [null, null, null, null]);
    const [own, ...turned] = [tint, kept, both].map((cell) => {
      const { after } = cell as CellInterval;
      assert.equal(after?.unit, "percent");
      return after.value;
    });
    assert.ok(own !== undefined && turned.every((value) => value < own));
    assert.notEqual(turned[0], turned[1]);
  }
  // 0.9 on the reference distribution, and nothing planted above the line.
  const { value, low, high } = rows[3]?.[2] as CellInterval;
  assert.ok(low < 0.01 && high > -0.01 && Math.abs(value) < 0.02, `${value}`);
});

Deno.test("interventions has on the front page five shifts and what was done, without LP-FT, of the same numbers", () => {
  const table = report.tables?.find(({ id }) => id === "what-helps");
  const { brief } = table ?? {};
  assert.ok(table !== undefined && brief !== undefined);
  assert.deepEqual(brief.columns.slice(2), [
    "spurious tint",
    "label shift",
    "vertical flip, tints kept",
    "unseen tint",
    "vertical flip",
  ]);
  assert.ok(brief.rows.length > 6 && brief.rows.length < table.rows.length);
  for (const [title, networks, ...cells] of brief.rows) {
    assert.doesNotMatch(`${networks}`, /LP-FT/);
    const whole: Table["rows"][number] | undefined = table.rows.find(
      ([a, b]) => a === title && b === networks,
    );
    for (const [i, cell] of cells.entries()) {
      const at = table.columns.indexOf(`${brief.columns[i + 2]}`);
      assert.deepEqual(cell, whole?.[at]);
    }
  }
});

Deno.test("interventions begins its answer, and what helps on the front page, with the most accurate of all", () => {
  const table = report.tables?.find(({ id }) => id === "what-helps");
  const finding = proseMarkdown(table?.finding ?? "");
  assert.ok(proseMarkdown(report.answer ?? "").startsWith(finding));
  const told = [...finding.matchAll(
    /from ([\d.]+)% \(n\u00a0=\u00a04\) to (?:\*\*)?([\d.]+)%(?:\*\*)? (?:with pre-training|without) \(([^;]+); ([^)]+)\)/g,
  )].map(([, ...parts]) => parts);
  const percents = (column: number, networks: RegExp) =>
    (table?.rows ?? []).filter((row) => networks.test(`${row[1]}`))
      .flatMap((row) => {
        const cell = row[column] as CellInterval | null;
        if (cell === null) return [];
        const { value } = cell.after ?? cell;
        return [{ title: row[0], of: row[1], text: (100 * value).toFixed(1) }];
      });
  assert.equal(table?.columns[2], "spurious tint");
  assert.deepEqual(
    told.map(([, , , networks]) => /^pre/.test(`${networks}`)),
    [true, false],
  );
  for (const [without, most, title, networks] of told) {
    const rows = percents(2, /^pre/.test(`${networks}`) ? /^pre/ : /^from/);
    const texts = rows.map(({ text }) => text);
    assert.equal(Math.max(...texts.map(Number)), Number(most));
    assert.ok(
      rows.some(({ title: row, of, text }) =>
        row === title && of === networks && text === most
      ),
      finding,
    );
    assert.equal(texts[0], without);
  }
});

Deno.test("interventions says of each row of few examples how far beyond all baselines it lies", () => {
  const table = report.tables?.find(({ id }) => id === "what-helps");
  assert.match(
    proseMarkdown(table?.caption ?? ""),
    /: by [1-9][\d.]* points of reference accuracy \(64 curated examples, from scratch\), [\d.]+ \(64 curated examples, pre-trained\), [\d.]+ \(1024 curated examples, from scratch\), [\d.]+ \(1024 curated examples, pre-trained\), [\d.]+ \(64 examples of one colour, from scratch\) and [\d.]+ \(64 examples of one colour, pre-trained\); where that is not 0, /,
  );
});

Deno.test("interventions has a page below 150 kB", () => {
  const page = site({ reports: [report], run }).get("interventions/index.html");
  const { length } = new TextEncoder().encode(`${page}`);
  assert.ok(length > 50_000 && length < 150_000, `${length}`);
});

Deno.test("interventions tells shifted accuracy before effective robustness, and of networks from scratch alone", () => {
  const table = report.tables?.find(({ id }) => id === "what-helps");
  const [, , ...scratch] = table?.rows[0] ?? [];
  assert.equal(table?.rows[0]?.[0], "no intervention");
  assert.ok(scratch.length > 0);
  for (const cell of scratch) {
    assert.ok(typeof cell === "object" && cell !== null && !("low" in cell));
    assert.equal(cell.unit, "percent");
  }
  const cells =
    table?.rows.slice(1).flat().filter((cell) =>
      typeof cell === "object" && cell !== null
    ) ?? [];
  assert.ok(cells.length > 20);
  for (const cell of cells as CellInterval[]) {
    assert.equal(cell.after?.unit, "percent");
    assert.ok(cell.after !== undefined && cell.after.value > 0.05);
  }
});

Deno.test("interventions shows what the control corrects beside what an intervention does", () => {
  const different = report.claims.find(({ id }) => id === "different-examples");
  assert.match(
    proseMarkdown(different?.remark ?? ""),
    /^The control (meets|does not meet) the rule.*: with .* nothing balanced, the difference is [+−]?\d+\.\d points \([+−]?\d+\.\d to [+−]?\d+\.\d\)/,
  );
  const most = report.claims.find(({ id }) => id === "both-correct-most");
  assert.match(
    proseMarkdown(most?.remark ?? ""),
    /^The control (meets|does not meet) the rule.*: pre-training and refitting with nothing balanced correct together [\d.]+% and [\d.]+% /,
  );
  const figure = report.figures.find(({ kind }) => kind === "venn");
  assert.ok(figure?.kind === "venn");
  const titles = figure.panels.map(({ title }) => title);
  assert.equal(titles.length, 3);
  assert.ok(titles.some((title) => title.startsWith("Control: ")));
});

Deno.test("interventions shows how far its claims on corrected examples move with what counts as often wrong", () => {
  for (const id of ["different-examples", "both-correct-most"]) {
    const claim = report.claims.find((claim) => claim.id === id);
    assert.ok(claim !== undefined && !("notReproduced" in claim), id);
    const { sensitivity, remark = "" } = claim;
    const [{ value } = { value: NaN }] = estimatesOf(claim);
    assert.ok(sensitivity !== undefined, id);
    assert.ok(sensitivity.low <= value && value <= sensitivity.high, id);
    assert.ok(sensitivity.low < sensitivity.high, id);
    assert.equal(
      formatSensitivity(claim)?.replace(/^.*?(?=over)/, ""),
      "over how many of the 10 judges must be wrong (5 to 10)",
    );
    // With 6 to 10 judges.
    const text = proseMarkdown(remark);
    assert.match(text, /Added on 2026-11-29, when the numbers were known/);
    assert.equal(text.match(/\) with (6|7|8|9|10)[,:]/g)?.length, 5, text);
    assert.match(text, /interval lies (below|above|around) /);
  }
});

Deno.test("interventions tells of pre-training alone what accuracies are, and its null", () => {
  for (
    const { id, remark = "" } of report.claims.filter(({ id }) =>
      id.startsWith("pretraining-")
    )
  ) {
    assert.match(
      proseMarkdown(remark),
      /shifted accuracy is [\d.]+% with pre-training \(n.=.\d\) and [\d.]+% from scratch \(n.=.\d\), and worst-group accuracy .* differs .* by [+−\d.]+ points \(95% .*The null: narrow networks, .* have [+−\d.]+ points \(95% .*, n.=.4\.$/,
      id,
    );
  }
});

Deno.test("interventions has the null of either measure beside its claims on few examples", () => {
  for (const id of ["few-with-pretraining", "few-from-scratch"]) {
    const { remark = "" } = report.claims.find((claim) => claim.id === id) ??
      {};
    assert.match(
      proseMarkdown(remark),
      /control: .*shifted accuracy [^ ]+ points \(95% [^)]+\), worst-group accuracy [^ ]+ points .*, n\u00a0=\u00a0[34]\./,
      id,
    );
  }
});

Deno.test("interventions has the null of refitting beside each claim on it", () => {
  const claims = report.claims.filter(({ id }) =>
    /^refit(-spurious-\w+)?$/.test(id)
  );
  assert.equal(claims.length, 2);
  for (const { id, remark = "" } of claims) {
    assert.match(
      proseMarkdown(remark),
      /^The null: with nothing balanced it is .* points \(95% interval .*n\u00a0=\u00a04\.$/,
      id,
    );
  }
});

Deno.test("interventions trains on examples of one colour as the reference set has it", () => {
  for (const one of builtOf("interventions")) {
    const trained = stagesOf(one, "train")
      .filter(({ stage }) => stage.name.includes("-one-colour-"));
    assert.ok(trained.length > 0, one.profile);
    const numbers = new Set<number>();
    const { oneColour } =
      INTERVENTION_SCALES[one.profile].interventions.curated;
    for (const { stage } of trained) {
      const { images } = stage.args as {
        readonly images: Ref<unknown>;
      };
      const { n, images: tinted, looks } = targetOf(images).stage.args as {
        readonly n: number;
        readonly images: Ref<unknown>;
        readonly looks: Ref<unknown>;
      };
      assert.ok(n <= oneColour);
      numbers.add(n);
      for (const ref of [tinted, looks]) {
        const taken = targetOf(ref).stage;
        assert.equal(taken.task.name, "takeOneTint");
        const { draw, least } = taken.args as Record<string, unknown>;
        assert.deepEqual(draw, { p: 0.5, seed: SEED, subset: "refit" });
        assert.equal(least, Math.ceil(oneColour / 10));
      }
    }
    assert.ok(numbers.has(oneColour));
  }
});

Deno.test("interventions has examples of its own for each network on few, the same for more of them", () => {
  const one = built.find(({ name, profile }) =>
    name === "interventions" && profile === "default"
  );
  assert.ok(one !== undefined);
  const seedOf = (name: string) => {
    const found = stagesOf(one, "train").find(({ stage }) =>
      stage.name.startsWith(`train/${name}`)
    );
    assert.ok(found !== undefined, name);
    const { images } = JSON.parse(argumentsOf(found));
    return images.from.seed;
  };
  const tint = "tint-0.5-photo-on-";
  const seeds = stagesOf(one, "train").flatMap(({ stage }) =>
    new RegExp(`^train/${tint}64-narrowed-unbiased-(\\d+)$`).exec(stage.name)
      ?.[1] ??
      []
  );
  assert.equal(seeds.length, 4);
  const draws = seeds.map((seed) =>
    seedOf(`${tint}64-narrowed-unbiased-${seed}`)
  );
  assert.equal(new Set(draws).size, 4);
  assert.deepEqual(
    draws,
    seeds.map((seed) => seedOf(`${tint}256-narrowed-unbiased-${seed}`)),
  );
});

Deno.test("interventions answers with one number in bold, and in detail with a list and a table of each bias beside its control", () => {
  assert.equal(
    proseMarkdown(report.answer ?? "").match(/\*\*/g)?.length,
    2,
  );
  const text = proseMarkdown(report.answerInDetail ?? "");
  assert.equal(text.match(/^- .*\(n\u00a0=\u00a0[34][,)].*: /gm)?.length, 3);
  assert.equal(
    text.match(/^- .*\(n\u00a0=\u00a0\d, groups of [\d to]+ images\): /gm)
      ?.length,
    2,
  );
  // Four shifted accuracies, each with its n.
  assert.equal(
    text.match(/\d% (from|with) [\w -]+ \(n\u00a0=\u00a04\)/g)?.length,
    4,
  );
  const rows = text.match(/^\| spurious .*, n\u00a0=\u00a04 \|/gm) ?? [];
  assert.equal(rows.length, 8);
  assert.match(
    text,
    /refitting changes effective robustness by [^ ]+ points \(95% interval [^)]+\), n\u00a0=\u00a04\./,
  );
  for (const bias of ["tint", "typeface"]) {
    assert.ok(
      rows.some((row) =>
        row.startsWith(
          `| spurious ${bias}: control: refitting, nothing balanced`,
        )
      ),
    );
  }
});

Deno.test("interventions tells worst group, balanced mean and mean as in training under each bias, of networks on few examples under the tint and upside down", () => {
  for (const id of ["worst-group", "balanced-mean", "mean-as-in-training"]) {
    const table = report.tables?.find((table) => table.id === id);
    assert.ok(table !== undefined, id);
    assert.deepEqual(table.columns.slice(2), [
      "spurious tint",
      "spurious tint and vertical flip",
      "spurious typeface",
      "label shift",
    ]);
    const [[title, networks, ...measured] = []] = table.rows;
    assert.deepEqual(
      [title, networks],
      ["no intervention", "from scratch, n\u00a0=\u00a04"],
    );
    assert.ok(measured.length === 4 && measured.every((cell) => cell !== null));
    const few = table.rows.filter(([title]) => /examples/.test(`${title}`));
    assert.deepEqual(
      few.map(([title, start]) => [title, start]),
      [
        "16 curated examples",
        "64 curated examples",
        "256 curated examples",
        "1024 curated examples",
        "64 examples of one colour",
      ].flatMap((title) => [
        [title, "from scratch, n\u00a0=\u00a03"],
        [title, "pre-trained, n\u00a0=\u00a04"],
      ]),
    );
    for (const [title, , tint, turned, ...others] of few) {
      assert.ok(tint !== null);
      assert.equal(turned === null, /^(16|256) /.test(`${title}`));
      assert.deepEqual(others, [null, null]);
    }
  }
  const [{ caption } = { caption: "" }] =
    report.tables?.filter(({ id }) => id === "worst-group") ?? [];
  assert.match(
    proseMarkdown(caption),
    /spurious tint \(groups of [\d to]+ images\): group \d+ \(\d+ images; in \d+ rows?\).*; label shift \(groups of [\d to]+ images\): class \d \(\d+ images; in \d+ rows?\)/,
  );
});

Deno.test("interventions compares with networks without one that were trained on as many images", () => {
  for (const one of builtOf("interventions")) {
    const tables = stagesOf(one, "tabulateGroups");
    assert.ok(tables.length > 0, one.profile);
    for (const { stage } of tables) {
      const { rows } = stage.args as unknown as {
        readonly rows: readonly {
          readonly evaluations: readonly (readonly unknown[])[];
        }[];
      };
      const names = rows[0]?.evaluations.flat().map((evaluation) => {
        const { stage } = targetOf(evaluation as Ref<unknown>);
        // Tested on one set by a stage of its own.
        const { first } = stage.args as { readonly first?: Ref<unknown> };
        return first === undefined ? stage.name : targetOf(first).stage.name;
      }) ?? [];
      const where = `${one.profile}, ${stage.name}: ${names}`;
      assert.ok(names.length > 0, where);
      assert.ok(names.every((name) => name.startsWith("evaluate/")), where);
      assert.ok(
        names.every((name) => !name.includes("-on-")),
        where,
      );
    }
  }
});

Deno.test("interventions trains on typefaces without an augmentation, which would mirror digits", () => {
  const one = built.find(({ name, profile }) =>
    name === "interventions" && profile === "default"
  );
  assert.ok(one !== undefined);
  const onTypefaces = stagesOf(one, "train")
    .filter(({ stage }) => stage.name.startsWith("train/typeface-"));
  assert.ok(onTypefaces.some(({ stage }) => stage.name.includes("-photo-")));
  assert.ok(onTypefaces.some(({ stage }) => stage.name.includes("-on-350-")));
  for (const node of onTypefaces) {
    const { augmentation } = JSON.parse(argumentsOf(node));
    assert.match(augmentation, /none\.ts none$/, node.stage.name);
  }
});

Deno.test("interventions at full says of each cell of how many networks it is", () => {
  const { tables = [] } = pipelineOf("interventions")
    .build("full") as unknown as Report;
  const full = builtOf("interventions").filter(({ profile }) =>
    profile === "full"
  );
  const groups = full.flatMap((one) => stagesOf(one, "tabulateGroups"))
    .flatMap(({ stage }) =>
      (stage.args as { readonly rows: readonly { cells: string[] }[] }).rows
    );
  const helps = tables.find(({ id }) => id === "what-helps")?.rows ?? [];
  for (const rows of [helps, groups.map(({ cells }) => cells)]) {
    const networks = rows.map(([, networks]) => networks);
    assert.ok(
      networks.includes("from scratch, n\u00a0=\u00a06 (marks:\u00a04)"),
    );
    for (const n of networks) assert.doesNotMatch(`${n}`, / or /);
  }
});

Deno.test("interventions at full has marks as biases, and networks whose head was trained alone first", () => {
  const { tables = [], claims } = pipelineOf("interventions")
    .build("full") as unknown as Report;
  const table = tables.find(({ id }) => id === "what-helps");
  assert.ok(table !== undefined);
  const { columns, rows, caption } = table;
  // There nothing is left out that could be applied.
  const text = [caption].flat().filter((piece) => typeof piece === "string");
  assert.doesNotMatch(text.join(""), /`full`/);
  assert.deepEqual(columns.slice(2, 7), [
    "spurious tint",
    "spurious corner mark",
    "spurious frame mark",
    "spurious typeface",
    "label shift",
  ]);
  const probed = rows.filter(([, networks]) =>
    networks === "pre-trained, LP-FT, n\u00a0=\u00a04"
  );
  assert.equal(probed.length, 7);
  for (const [intervention, , , ...biases] of probed) {
    if (intervention === "trained with random tints") continue;
    assert.ok(biases.slice(0, 3).every((cell) => cell !== null));
  }
  const ids = claims.map(({ id }) => id);
  for (const bias of ["corner", "frame", "typeface"]) {
    for (const claim of ["refit", "refit-unbalanced", "pretraining"]) {
      assert.ok(ids.includes(`${claim}-spurious-${bias}`), `${claim} ${bias}`);
    }
  }
});
