/**
 * The page that says how the results of a report were made.
 *
 * @module
 */
import { environment, pageOf, rebuild } from "./compose_run.ts";
import type { Block, Inline, ListItem } from "../document/document.ts";
import {
  code,
  folded,
  heading,
  line,
  link,
  numbers,
  table,
} from "../document/pieces.ts";
import { LINEAGE } from "../document/figure_sources.ts";
import { placeFigures } from "./compose_figure.ts";
import {
  drawStageGraph,
  durationOf,
  stateOf,
} from "../figures/stage_graph/stage_graph.ts";
import {
  stageGraph,
  stagesBehind,
} from "../figures/stage_graph/stage_groups.ts";
import type { Provenance, StageProvenance } from "../runs/stage_provenance.ts";
import { formatCount } from "../value/quantity.ts";
import { byteSize, counted } from "../value/wording.ts";
import type { Report } from "../value/report.ts";
import type { PageOptions, SitePage } from "./site_page.ts";

/** The page: the graph of stages, what is behind each figure, every stage. */
export function composeLineage(
  report: Report,
  options: PageOptions & { readonly provenance: Provenance },
): SitePage {
  const { provenance, run } = options;
  const { stages } = provenance;
  const drawing = drawStageGraph(provenance, {
    id: `${report.id}-stages`,
    title: `Stages of ${report.title}`,
    description: aboutGraph(provenance),
  });
  const page = pageOf(options, {
    folder: `${report.id}/${LINEAGE}/`,
    title: "Lineage",
    lead: `How the results of “${report.title}” were made, stage by stage.`,
    blocks: [
      line(aboutGraph(provenance)),
      {
        kind: "drawing",
        label: `Stages of ${report.title}`,
        html: drawing.page,
        legend: drawing.legend,
        description: aboutGraph(provenance),
        src: "./stages.svg",
      },
      line([
        "As data: ",
        link("JSON", "./lineage.json"),
        ". In a terminal: ",
        code(`deno task lineage ${report.id}/FIGURE`),
        ".",
      ]),
      heading("figures", "Figures"),
      { kind: "list", items: figureItems(report, provenance) },
      heading("stages", "Stages"),
      ...stagesTable(provenance),
      ...sourceBlocks(stages),
      ...environment(run, { pipeline: report.id }),
      ...rebuild(run, { pipeline: report.id }),
    ],
  });
  return {
    page,
    files: new Map([
      ["stages.svg", drawing.file],
      ["lineage.json", JSON.stringify(provenance, null, 1) + "\n"],
    ]),
  };
}

const WORDS = {
  ran: "ran",
  reused: "reused from the store",
  failed: "failed",
  blocked: "could not run",
} as const;

/** `40 stages: 3 ran, 37 reused from the store; 5 min 3 s of computing time in total.` */
export function aboutStages({ stages }: Provenance): string {
  const states = stateOf(stages, (state) => WORDS[state]);
  return `${counted(stages.length, "stage")}: ${states}; ${
    durationOf(stages)
  } of computing time in total.`;
}

/** What the graph of stages shows, in words. */
function aboutGraph(provenance: Provenance): string {
  const { grouped, nodes } = stageGraph(provenance);
  return `${aboutStages(provenance)} ${
    grouped
      ? `Each of the ${
        formatCount(nodes.length)
      } boxes stands for a task and all its calls`
      : "Each box stands for a stage"
  }; its inputs are above it, along the lines.${
    grouped
      ? " Where two tasks use each other’s results, the one called first is above."
      : ""
  }`;
}

function figureItems(
  report: Report,
  provenance: Provenance,
): readonly ListItem[] {
  return placeFigures(report).map(({ figure, number, place, main }) => {
    const direct = provenance.figures[figure.id] ?? [];
    const behind = stagesBehind(direct, provenance).size;
    return {
      id: `figure-${figure.id}`,
      text: [
        link(
          `Figure ${number}. ${figure.title}`,
          main || place === undefined
            ? `../index.html#figure-${figure.id}`
            : `../${figure.id}/index.html`,
        ),
        direct.length === 0
          ? ": shows no stage’s results."
          : ": shows the results of ",
        ...namesOf(direct, provenance).flatMap((name, i): readonly Inline[] => [
          ...i === 0 ? [] : [", "],
          code(name),
        ]),
        ...direct.length === 0 ? [] : [
          `; ${formatCount(behind)} of ${
            formatCount(provenance.stages.length)
          } stages contribute to it.`,
        ],
      ],
    };
  });
}

/** How many stages a line names; of more it names the tasks, with how often each was called. */
const MOST_NAMES = 4;

/** Names of stages, or of their tasks where there are many. */
function namesOf(
  names: readonly string[],
  { stages }: Provenance,
): readonly string[] {
  if (names.length <= MOST_NAMES) return names;
  const named = new Set(names);
  const some = stages.filter(({ name }) => named.has(name));
  return [...Map.groupBy(some, ({ task }) => task)].map(([task, of]) =>
    of.length === 1 ? of[0]?.name ?? task : `${task} × ${of.length}`
  );
}

function sourceBlocks(stages: readonly StageProvenance[]): readonly Block[] {
  const sources = stages.flatMap((stage) => stage.sources);
  if (sources.length === 0) return [];
  return [
    heading("sources", "Published files"),
    {
      kind: "list",
      items: sources.map(({ url }) => ({
        text: URL.canParse(url) ? link(url, url) : url,
      })),
    },
    folded("Their exact bytes: each file is checked before it is read", [{
      kind: "list",
      items: sources.map(({ url, sha256, gitBlob = "" }) => ({
        text: [
          `${url}: ${sha256 === undefined ? "git blob" : "SHA-256"} `,
          code(sha256 ?? gitBlob),
        ],
      })),
    }], { onScreen: true }),
  ];
}

/** Rows that a table has room for: of more stages it has one for each task. */
const MOST_ROWS = 200;

/** The module of stages of one task, and the calls that are part of any of them. */
function codeOf(stages: readonly StageProvenance[]): readonly Inline[] {
  const calls = new Set(stages.flatMap(({ calls }) => calls));
  return [
    code(stages[0]?.module ?? ""),
    ...calls.size === 0 ? [] : [` with ${[...calls].join(", ")}`],
  ];
}

function stagesTable(provenance: Provenance): readonly Block[] {
  const { stages } = provenance;
  const isLong = stages.length > MOST_ROWS;
  const rows = isLong
    ? stageGraph(provenance).nodes
    : stages.map((stage) => ({ title: stage.name, stages: [stage] }));
  const every = table(
    isLong ? "Every task, with all its calls" : "Every stage",
    [isLong ? "task" : "stage", "code", "state", numbers("time"), "results"],
    rows.map(({ title, stages }) => {
      const outputs = stages.flatMap((stage) => stage.outputs);
      const fields = new Set(outputs.map(({ field }) => field));
      const bytes = outputs.reduce((sum, { bytes }) => sum + bytes, 0);
      return [
        code(title),
        codeOf(stages),
        stateOf(stages),
        durationOf(stages),
        outputs.length === 0
          ? "–"
          : `${[...fields].join(", ")} (${byteSize(bytes)})`,
      ];
    }),
  );
  if (!isLong) return [every];
  return [
    line([
      "One row for each task; each of its stages is in the ",
      link("JSON", "./lineage.json"),
      ".",
    ]),
    every,
  ];
}
