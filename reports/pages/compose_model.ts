/**
 * The page of a network.
 *
 * @module
 */
import { pageOf, smokeNotice } from "./compose_run.ts";
import { usesBlocks } from "./compose_uses.ts";
import type { Block, Page } from "../document/document.ts";
import { facts, heading, line, prose } from "../document/pieces.ts";
import { FOLDERS } from "../document/address.ts";
import type { Gathered } from "../document/gather.ts";
import type { ModelRecord } from "../value/material.ts";
import { proseMarkdown } from "../value/prose.ts";
import { formatCount } from "../value/quantity.ts";
import type { PageOptions } from "./site_page.ts";

/** The page of a network: what it is made of, what it was pre-trained on, who uses it. */
export function composeModel(
  gathered: Gathered<ModelRecord>,
  options: PageOptions,
): Page {
  const { record } = gathered;
  const folder = `${FOLDERS.models}${record.id}/`;
  return pageOf(options, {
    folder,
    title: record.title,
    lead: "A network: its architecture and what it saw before fine-tuning.",
    description: `${record.title}: architecture and pre-training.`,
    blocks: [
      ...smokeNotice(options.run),
      prose(proseMarkdown(record.description)),
      ...record.parameters === undefined ? [] : [
        line(
          `${
            formatCount(record.parameters)
          } trainable parameters at its largest width.`,
        ),
      ],
      ...pretrainingBlocks(gathered),
      ...usesBlocks(gathered, { folder }),
    ],
  });
}

/** What the pre-trained networks of its experiments saw, each kind once. */
function pretrainingBlocks(
  { uses }: Gathered<ModelRecord>,
): readonly Block[] {
  const kinds = new Map(
    uses.flatMap(({ report }) => report.pretraining ?? [])
      .map(({ name, saw }) => [name, proseMarkdown(saw)]),
  );
  if (kinds.size === 0) return [];
  return [
    heading(
      "pre-training",
      "What the pre-trained networks of its experiments saw",
    ),
    facts(
      [...kinds].map(([name, source]) => [name, { kind: "markdown", source }]),
    ),
  ];
}
