/**
 * The rooms of the house: what is in each, what it may import, and by which of
 * its files it may be entered. Lowest first; ARCHITECTURE.md has the same table.
 * It is long because it is one table with a row a room, to be searched rather
 * than read; what is asked of it stands at its end.
 *
 * @module
 */

/** A folder of modules. */
export interface Room {
  /** What is in it, in one sentence. */
  readonly holds: string;
  /** Folders that it may enter; one that has rooms stands for all of them. */
  readonly imports: readonly string[];
  /** Files that others may import: `every` where each stands for itself. */
  readonly doors: "every" | readonly string[];
}

/** All rooms, by path. */
export const ROOMS: Readonly<Record<string, Room>> = {
  "engine/define": {
    holds:
      "tasks, refs, pipelines, definitions, codecs, random streams: all that an experiment is written with",
    imports: [],
    doors: "every",
  },
  "engine/keys": {
    holds:
      "what a result depends on, read from code, packages and arguments, and the causes that tell two keys apart",
    imports: ["engine/define"],
    doors: [
      "cache_file.ts",
      "cause.ts",
      "causes_alike.ts",
      "code.ts",
      "code_at_start.ts",
      "facts_cache.ts",
      "file_facts.ts",
      "file_identity.ts",
      "import_chain.ts",
      "key.ts",
      "package_files.ts",
      "packages.ts",
      "static_key.ts",
    ],
  },
  "engine/store": {
    holds:
      "artifacts, records and runs on disk, their lock, copies elsewhere, archives, garbage",
    imports: ["engine/define", "engine/keys"],
    doors: [
      "check_store.ts",
      "disk_entry.ts",
      "download.ts",
      "garbage.ts",
      "historic_run.ts",
      "lease.ts",
      "lock.ts",
      "pack_store.ts",
      "record_fields.ts",
      "record_index.ts",
      "remote_store.ts",
      "run_history.ts",
      "slots.ts",
      "store.ts",
      "store_contents.ts",
      "store_files.ts",
      "store_sizes.ts",
      "unpack_archive.ts",
    ],
  },
  "engine/run/workers/seal": {
    holds: "what an isolate is kept from reaching: clocks, chance, the machine",
    imports: [],
    doors: ["nested_worker.ts", "seal_scope.ts"],
  },
  "engine/run/workers": {
    holds: "isolates that run one stage each, and the slots in which they do",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/run/workers/seal",
    ],
    doors: [
      "crew.ts",
      "code_snapshot.ts",
      "execute_in_worker.ts",
      "outputs.ts",
      "pool.ts",
      "worker_protocol.ts",
      "workers.ts",
    ],
  },
  "engine/run": {
    holds: "the graph of a pipeline, what of it must run, and running it",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/run/workers",
    ],
    doors: [
      "event.ts",
      "fetch_source.ts",
      "graph.ts",
      "open_pipeline.ts",
      "plan.ts",
      "project.ts",
      "record_run.ts",
      "resolve.ts",
      "run.ts",
    ],
  },
  "engine": {
    holds: "what users of the package import; nobody inside does",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/run/workers",
      "engine/run",
    ],
    doors: [],
  },
  "engine/history": {
    holds:
      "what is asked of a store afterwards: differences of runs, lineage, outputs without running, verification",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/run/workers",
      "engine/run",
    ],
    doors: [
      "artifact_difference.ts",
      "compare_runs.ts",
      "lineage.ts",
      "output_paths.ts",
      "read_stored.ts",
      "sources_of.ts",
      "verify.ts",
    ],
  },
  "stats/intervals": {
    holds:
      "quantiles, means, proportions and areas under curves, with their intervals",
    imports: ["engine/define"],
    doors: "every",
  },
  "stats/lines": {
    holds:
      "scales, the baselines' line, effective robustness, what differs between lines and between networks",
    imports: ["stats/intervals"],
    doors: "every",
  },
  "stats/published": {
    holds:
      "the same for tables in which a model is one row: the maximum, and what it is sensitive to",
    imports: ["stats/intervals", "stats/lines"],
    doors: "every",
  },
  "stats/splits": {
    holds:
      "calibrated scores, density ratios and difficulty, for splits of a shifted set",
    imports: ["stats/published"],
    doors: "every",
  },
  "stats/asked": {
    holds: "what is found of a shift that one asks about, and the answer",
    imports: ["stats/intervals", "stats/lines", "stats/splits"],
    doors: "every",
  },
  "stats": {
    holds: "what users of the package import; nobody inside does",
    imports: ["stats/intervals", "stats/lines", "stats/splits"],
    doors: [],
  },
  "data/images": {
    holds: "labelled images, and what is done with them whatever they show",
    imports: ["engine/define"],
    doors: "every",
  },
  "data/datasets": {
    holds:
      "datasets that packages ship, one reader a file, and points that are drawn",
    imports: ["engine/define", "data/images"],
    doors: "every",
  },
  "data/drawings": {
    holds: "icons, typefaces and sketches, drawn by a rasteriser",
    imports: ["engine/define", "data/images", "data/datasets"],
    doors: [
      "coloured_drawings.ts",
      "drawn_icons.ts",
      "glyphs.ts",
      "icon_sets.ts",
      "quick_draw.ts",
      "rendition_names.ts",
      "renditions.ts",
      "sketches.ts",
      "typefaces.ts",
    ],
  },
  "data/tables": {
    holds: "CSV, and what is published of ImageNet and CIFAR-10 models",
    imports: ["engine/define", "data/datasets"],
    doors: "every",
  },
  "data/asked": {
    holds:
      "questions about a shift of one's own, and sets of examples that they are about",
    imports: ["engine/define"],
    doors: "every",
  },
  "data/asked/pictures": {
    holds: "files of images decoded to small squares, in workers of their own",
    imports: [],
    doors: ["image_decoder.ts", "image_header.ts"],
  },
  "data/asked/sets": {
    holds:
      "images of one's own in trees, manifests and archives, packed to a file a set",
    imports: [
      "engine/define",
      "data/tables",
      "data/asked",
      "data/asked/pictures",
    ],
    doors: "every",
  },
  "data/asked/tables": {
    holds: "predictions and features of one's own, in tables and arrays",
    imports: ["engine/define", "data/tables", "data/asked"],
    doors: ["asked_table.ts", "feature_file.ts", "predictions.ts"],
  },
  "shifts": {
    holds: "one shift a file",
    imports: ["engine/define", "data/images"],
    doors: "every",
  },
  "shifts/measure": {
    holds:
      "how often networks are right on a shifted set and its parts, splits of it, placebos",
    imports: ["engine/define", "data/images", "shifts"],
    doors: "every",
  },
  "models/model": {
    holds: "what a model is, and its weights on host and device",
    imports: ["engine/define"],
    doors: "every",
  },
  "models/ops": {
    holds:
      "gradients of tfjs's operations, and operations that it has no kernel name for, as plain compositions",
    imports: ["engine/define"],
    doors: "every",
  },
  "models/networks": {
    holds: "the layers of each model in tfjs, loaded where a stage runs",
    imports: ["engine/define", "models/model", "models/ops"],
    doors: "every",
  },
  "models": {
    holds: "one model a file, as a definition",
    imports: ["engine/define", "models/model", "models/networks"],
    doors: "every",
  },
  "models/augmentations": {
    holds: "one augmentation a file, on the host and in WGSL",
    imports: ["engine/define", "data/images"],
    doors: "every",
  },
  "models/kernels": {
    holds: "what kernels for every backend share",
    imports: ["models/ops"],
    doors: "every",
  },
  "models/kernels/wasm": {
    holds: "SIMD WebAssembly kernels under tfjs's names",
    imports: ["models/ops", "models/kernels"],
    doors: ["kernel_exports.ts", "register.ts"],
  },
  "models/kernels/webgpu/gpu": {
    holds:
      "the device, its programs and buffers, the tape that records what it is asked",
    imports: ["engine/define", "models/kernels"],
    doors: "every",
  },
  "models/kernels/webgpu/passes": {
    holds: "the loops that programs share: lanes, rows, columns, slices",
    imports: ["engine/define", "models/kernels/webgpu/gpu"],
    doors: [
      "column_sums.ts",
      "lane_pass.ts",
      "philox_code.ts",
      "row_pass.ts",
      "slices.ts",
      "work_groups.ts",
    ],
  },
  "models/kernels/webgpu/products": {
    holds: "matrix products",
    imports: [
      "models/kernels",
      "models/kernels/webgpu/gpu",
      "models/kernels/webgpu/passes",
    ],
    doors: ["mat_mul.ts", "operand.ts", "product.ts", "product_tile.ts"],
  },
  "models/kernels/webgpu/convolutions": {
    holds: "convolutions and their gradients",
    imports: [
      "models/kernels",
      "models/kernels/webgpu/gpu",
      "models/kernels/webgpu/passes",
      "models/kernels/webgpu/products",
    ],
    doors: ["convolution.ts", "depthwise.ts"],
  },
  "models/kernels/webgpu/operations": {
    holds: "everything else, one family a file",
    imports: [
      "models/ops",
      "models/kernels",
      "models/kernels/webgpu/gpu",
      "models/kernels/webgpu/passes",
    ],
    doors: "every",
  },
  "models/kernels/webgpu": {
    holds: "WGSL kernels under tfjs's names",
    imports: [
      "models/ops",
      "models/kernels",
      "models/kernels/webgpu/gpu",
      "models/kernels/webgpu/products",
      "models/kernels/webgpu/convolutions",
      "models/kernels/webgpu/operations",
    ],
    doors: ["register.ts"],
  },
  "models/device": {
    holds: "which device computes, and starting and losing it",
    imports: [
      "engine/define",
      "models/ops",
      "models/kernels/wasm",
      "models/kernels/webgpu/gpu",
      "models/kernels/webgpu",
    ],
    doors: [
      "choose_device.ts",
      "device.ts",
      "environment.ts",
      "gpu_fault.ts",
      "with_device.ts",
    ],
  },
  "models/feeds": {
    holds: "batches of augmented images, from the host or from a GPU's memory",
    imports: [
      "engine/define",
      "data/images",
      "models/ops",
      "models/augmentations",
      "models/kernels/webgpu/gpu",
      "models/kernels/webgpu/passes",
      "models/device",
    ],
    doors: ["device_feed.ts", "image_feed.ts"],
  },
  "models/prediction": {
    holds: "logits, features and counts of what is right",
    imports: [
      "engine/define",
      "data/images",
      "models/model",
      "models/augmentations",
      "models/device",
    ],
    doors: "every",
  },
  "models/linear": {
    holds: "logistic regressions on features",
    imports: ["data/datasets", "models/prediction"],
    doors: [
      "cross_ridge.ts",
      "domain_classifier.ts",
      "logistic_regression.ts",
      "span.ts",
    ],
  },
  "models/asked": {
    holds:
      "what linear models on features tell of the sets that one asks about",
    imports: [
      "engine/define",
      "stats/splits",
      "stats/published",
      "stats/asked",
      "data/images",
      "data/asked",
      "shifts/measure",
      "models/linear",
    ],
    doors: "every",
  },
  "models/replay": {
    holds: "a recorded training step, and doing it again",
    imports: ["models/kernels/webgpu/gpu"],
    doors: "every",
  },
  "models/training": {
    holds: "one network: start, epoch, step, state, checkpoint",
    imports: [
      "engine/define",
      "data/images",
      "models/model",
      "models/ops",
      "models/augmentations",
      "models/kernels/webgpu/gpu",
      "models/device",
      "models/feeds",
      "models/replay",
    ],
    doors: [
      "checkpoint.ts",
      "epoch_losses.ts",
      "optimizer.ts",
      "options.ts",
      "plan.ts",
      "state.ts",
      "stepper.ts",
      "train.ts",
    ],
  },
  "models/populations": {
    holds: "several networks at once on a GPU",
    imports: [
      "models/model",
      "models/kernels/webgpu/gpu",
      "models/device",
      "models/prediction",
      "models/replay",
      "models/training",
    ],
    doors: [
      "population_size.ts",
      "predict_population.ts",
      "train_population.ts",
    ],
  },
  "reports/text": {
    holds: "CSV, escaped HTML: text that others read",
    imports: [],
    doors: "every",
  },
  "reports/value": {
    holds: "report, claim, figure: what a pipeline gives",
    imports: [
      "engine/define",
      "engine/store",
      "stats/intervals",
      "stats/lines",
      "stats/published",
      "stats/asked",
    ],
    doors: "every",
  },
  "reports/figures/drawing": {
    holds:
      "sheets, scales, marks, legends, colours: what kinds of figures share",
    imports: [
      "stats/intervals",
      "stats/lines",
      "reports/text",
      "reports/value",
    ],
    doors: "every",
  },
  "reports/runs": {
    holds: "what a site is told of runs and of the stages behind a figure",
    imports: ["reports/value"],
    doors: "every",
  },
  "reports/document": {
    holds: "a page as blocks, and the HTML and Markdown of a block",
    imports: [
      "engine/define",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
      "reports/runs",
    ],
    doors: [
      "address.ts",
      "citation.ts",
      "document.ts",
      "edited.ts",
      "figure_sources.ts",
      "file_links.ts",
      "gather.ts",
      "html_elements.ts",
      "line_html.ts",
      "markdown.ts",
      "markdown_blocks.ts",
      "navigation.ts",
      "page.ts",
    ],
  },
  "reports/figures/accuracy_rows": {
    holds: "accuracies in rows",
    imports: [
      "stats/intervals",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: ["accuracy_rows.ts"],
  },
  "reports/figures/gallery": {
    holds: "pictures with their verdicts",
    imports: ["reports/text", "reports/value", "reports/figures/drawing"],
    doors: ["gallery.ts"],
  },
  "reports/figures/on_the_line": {
    holds:
      "the paper's figure: shifted over reference accuracy, and the baselines' line",
    imports: [
      "stats/intervals",
      "stats/lines",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: [
      "on_the_line.ts",
      "on_the_line_caption.ts",
      "on_the_line_legend.ts",
      "panel.ts",
    ],
  },
  "reports/figures/line_panels": {
    holds: "the paper's figure for several shifts side by side",
    imports: [
      "stats/intervals",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
      "reports/figures/on_the_line",
    ],
    doors: ["line_panels.ts"],
  },
  "reports/figures/reliability": {
    holds: "scores of a split beside how often they are right",
    imports: [
      "stats/intervals",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: ["reliability.ts"],
  },
  "reports/figures/robustness_bars": {
    holds: "effective robustness by setting",
    imports: [
      "stats/intervals",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: ["robustness_bars.ts"],
  },
  "reports/figures/starts_in_plane": {
    holds: "starts and ends of linear models in a plane",
    imports: [
      "stats/intervals",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: ["starts_in_plane.ts"],
  },
  "reports/figures/sweep": {
    holds: "effective robustness along a setting",
    imports: [
      "stats/intervals",
      "stats/lines",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: ["sweep.ts"],
  },
  "reports/figures/training_curves": {
    holds: "losses and accuracies by epoch",
    imports: [
      "stats/intervals",
      "stats/lines",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
    ],
    doors: ["training_curves.ts"],
  },
  "reports/figures": {
    holds: "from a figure of any kind to its drawings",
    imports: [
      "engine/define",
      "reports/value",
      "reports/figures/drawing",
      "reports/figures/accuracy_rows",
      "reports/figures/gallery",
      "reports/figures/on_the_line",
      "reports/figures/line_panels",
      "reports/figures/reliability",
      "reports/figures/robustness_bars",
      "reports/figures/starts_in_plane",
      "reports/figures/sweep",
      "reports/figures/training_curves",
    ],
    doors: ["draw_figure.ts"],
  },
  "reports/figures/formats": {
    holds: "SVG as PDF and PNG",
    imports: ["reports/figures/drawing"],
    doors: ["pdf_of_svg.ts", "png_of_svg.ts"],
  },
  "reports/figures/stage_graph": {
    holds: "the stages behind a page",
    imports: [
      "stats/intervals",
      "reports/value",
      "reports/figures/drawing",
      "reports/runs",
    ],
    doors: "every",
  },
  "reports/pages": {
    holds: "what is on each page",
    imports: [
      "engine/define",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
      "reports/runs",
      "reports/document",
      "reports/figures",
      "reports/figures/stage_graph",
    ],
    doors: [
      "answer.ts",
      "compose_all_claims.ts",
      "compose_dataset.ts",
      "compose_figure.ts",
      "compose_guide.ts",
      "compose_index.ts",
      "compose_lineage.ts",
      "compose_material.ts",
      "compose_method.ts",
      "compose_model.ts",
      "compose_reading.ts",
      "compose_report.ts",
      "compose_run.ts",
      "compose_runs.ts",
      "compose_shift.ts",
      "site_page.ts",
    ],
  },
  "reports/site/script": {
    holds: "the script of pages: search, hovering",
    imports: [],
    doors: "every",
  },
  "reports/site": {
    holds: "all pages and files of a site, and what must hold of them",
    imports: [
      "engine/define",
      "stats/lines",
      "stats/asked",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
      "reports/runs",
      "reports/document",
      "reports/figures/on_the_line",
      "reports/figures",
      "reports/figures/formats",
      "reports/pages",
      "reports/site/script",
    ],
    doors: [
      "ask_page.ts",
      "claims_record.ts",
      "er_page.ts",
      "manifest.ts",
      "readme_claims.ts",
      "site.ts",
      "written_list.ts",
    ],
  },
  "tasks/asked": {
    holds: "what one asks about, read and measured, and the answer",
    imports: [
      "engine/define",
      "stats/lines",
      "stats/asked",
      "data/images",
      "data/asked",
      "shifts/measure",
      "models/prediction",
      "models/asked",
      "reports/value",
    ],
    doors: "every",
  },
  "tasks/datasets": {
    holds: "datasets loaded, shifted, cut and joined",
    imports: ["engine/define", "data", "shifts", "reports/value"],
    doors: "every",
  },
  "tasks/evaluation": {
    holds: "networks on test sets: logits, hits, points",
    imports: [
      "engine/define",
      "stats/intervals",
      "stats/lines",
      "data/images",
      "data/drawings",
      "shifts",
      "models/model",
      "models/device",
      "models/prediction",
      "models/populations",
      "reports/value",
    ],
    doors: "every",
  },
  "tasks/lines": {
    holds: "baselines' lines, effective robustness, comparisons of it",
    imports: [
      "engine/define",
      "stats/intervals",
      "stats/lines",
      "stats/published",
      "data/tables",
      "shifts",
      "reports/value",
    ],
    doors: "every",
  },
  "tasks/pictures": {
    holds: "contact sheets, examples, prose",
    imports: [
      "engine/define",
      "data/images",
      "shifts/measure",
      "reports/value",
    ],
    doors: "every",
  },
  "tasks/splits": {
    holds: "splits of a shifted set into parts, and what they are worth",
    imports: [
      "engine/define",
      "stats",
      "data/images",
      "shifts/measure",
      "models/model",
      "models/augmentations",
      "models/device",
      "models/prediction",
      "models/linear",
      "models/training",
      "reports/value",
    ],
    doors: "every",
  },
  "tasks/training": {
    holds: "networks and linear models trained",
    imports: [
      "engine/define",
      "stats/intervals",
      "data/images",
      "data/datasets",
      "shifts/measure",
      "models/model",
      "models/device",
      "models/prediction",
      "models/linear",
      "models/training",
      "models/populations",
    ],
    doors: "every",
  },
  "pipelines/imagenet_published": {
    holds: "published accuracies of ImageNet models",
    imports: [
      "engine/define",
      "data/datasets",
      "data/tables",
      "reports/value",
      "tasks/datasets",
      "tasks/lines",
      "tasks/pictures",
    ],
    doors: ["imagenet_published.ts"],
  },
  "pipelines/shared/synthetic": {
    holds: "the method that the synthetic shifts have in common",
    imports: [
      "engine/define",
      "data/images",
      "data/datasets",
      "data/drawings",
      "shifts",
      "models/model",
      "models",
      "models/augmentations",
      "models/training",
      "reports/value",
      "tasks",
    ],
    doors: "every",
  },
  "pipelines/natural_shifts": {
    holds: "drawings and sketches of CIFAR-10's classes",
    imports: [
      "engine/define",
      "data/images",
      "data/datasets",
      "data/drawings",
      "shifts",
      "models/augmentations",
      "reports/value",
      "tasks/datasets",
      "tasks/evaluation",
      "tasks/lines",
      "tasks/pictures",
      "pipelines/shared/synthetic",
    ],
    doors: ["natural_shifts.ts"],
  },
  "pipelines/shared/split": {
    holds: "the figures and claims of a split into parts",
    imports: [
      "engine/define",
      "data/images",
      "shifts",
      "reports/value",
      "tasks/lines",
      "tasks/pictures",
      "tasks/splits",
    ],
    doors: "every",
  },
  "pipelines/split_known_truth": {
    holds: "splits whose truth is planted",
    imports: [
      "engine/define",
      "data/images",
      "shifts",
      "reports/value",
      "tasks",
      "pipelines/shared/synthetic",
      "pipelines/shared/split",
    ],
    doors: [
      "classifiers.ts",
      "mixtures.ts",
      "scale.ts",
      "split_known_truth.ts",
    ],
  },
  "pipelines/pretrained_weights": {
    holds: "weights trained on COCO",
    imports: [
      "engine/define",
      "data/datasets",
      "shifts",
      "shifts/measure",
      "models/model",
      "models",
      "models/augmentations",
      "reports/value",
      "tasks",
      "pipelines/shared/synthetic",
      "pipelines/shared/split",
      "pipelines/split_known_truth",
    ],
    doors: ["pretrained_weights.ts"],
  },
  "pipelines/theory": {
    holds: "linear models in and off the span of the data",
    imports: [
      "engine/define",
      "data/datasets",
      "reports/value",
      "tasks/datasets",
      "tasks/training",
      "pipelines/shared/synthetic",
    ],
    doors: ["theory.ts"],
  },
  "pipelines/typeset_digits": {
    holds: "digits in typefaces",
    imports: [
      "engine/define",
      "data/images",
      "data/datasets",
      "data/drawings",
      "shifts/measure",
      "models/model",
      "models",
      "models/augmentations",
      "reports/value",
      "tasks",
      "pipelines/shared/synthetic",
      "pipelines/shared/split",
    ],
    doors: ["typeset_digits.ts"],
  },
  "pipelines/asked": {
    holds: "the stages that answer a question about a shift of one's own",
    imports: [
      "engine/define",
      "stats/asked",
      "data/images",
      "data/asked",
      "shifts/measure",
      "models/model",
      "models",
      "models/augmentations",
      "reports/value",
      "tasks",
      "pipelines/shared/synthetic",
      "pipelines/shared/split",
    ],
    doors: ["asked.ts"],
  },
  "pipelines": {
    holds: "experiments that are one file, and the registry",
    imports: [
      "engine/define",
      "data/datasets",
      "data/drawings",
      "data/tables",
      "shifts",
      "models/augmentations",
      "models/device",
      "reports/value",
      "tasks",
      "pipelines/imagenet_published",
      "pipelines/asked",
      "pipelines/shared/synthetic",
      "pipelines/natural_shifts",
      "pipelines/split_known_truth",
      "pipelines/pretrained_weights",
      "pipelines/theory",
      "pipelines/typeset_digits",
    ],
    doors: ["registry.ts"],
  },
  "templates": {
    holds: "what `deno task new` makes files of",
    imports: [
      "engine/define",
      "data/images",
      "shifts",
      "reports/value",
      "tasks/datasets",
      "pipelines/shared/synthetic",
    ],
    doors: [],
  },
  "provenance/lineage": {
    holds: "what made a file, a figure or an artifact",
    imports: [
      "engine/define",
      "engine/store",
      "engine/run",
      "engine/history",
      "reports/value",
    ],
    doors: "every",
  },
  "provenance/attest": {
    holds: "in-toto statements about a site, signed and checked",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/history",
      "reports/runs",
      "reports/site",
      "provenance/lineage",
    ],
    doors: [
      "check_site.ts",
      "ed25519_keys.ts",
      "signed_statement.ts",
      "site_statements.ts",
    ],
  },
  "provenance/crate": {
    holds: "a run as an RO-Crate",
    imports: [
      "engine/define",
      "engine/store",
      "engine/history",
      "provenance/lineage",
    ],
    doors: "every",
  },
  "provenance/git": {
    holds: "the commit, the repository, the files that differ",
    imports: [],
    doors: "every",
  },
  "publishing": {
    holds: "results to a site on disk, and what is remembered of it",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/run",
      "engine/history",
      "reports/value",
      "reports/runs",
      "reports/site",
      "provenance/attest",
      "provenance/git",
    ],
    doors: [
      "ended_runs.ts",
      "published_files.ts",
      "published_folder.ts",
      "run_outcome.ts",
      "site_content.ts",
      "site_folder.ts",
      "site_publisher.ts",
      "site_sources.ts",
    ],
  },
  "publishing/preview": {
    holds: "a site served while code changes",
    imports: ["engine/store"],
    doors: [
      "live_site.ts",
      "local_requests.ts",
      "rerun.ts",
      "serve_site.ts",
      "watch_code.ts",
    ],
  },
  "cli/arguments": {
    holds: "what a line may say, and reading it",
    imports: ["engine/define"],
    doors: "every",
  },
  "cli/shell": {
    holds: "the world around a command: streams, folders, signals",
    imports: ["engine/define", "data/asked", "reports/value", "publishing"],
    doors: "every",
  },
  "cli/named": {
    holds:
      "what the words of a line name: pipelines, stages, runs, figures, folders",
    imports: [
      "engine/define",
      "engine/store",
      "engine/run",
      "engine/history",
      "reports/text",
      "reports/value",
      "publishing",
      "cli/arguments",
      "cli/shell",
    ],
    doors: "every",
  },
  "cli/display": {
    holds: "what a run shows: live, as lines, as JSON",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/run",
      "publishing",
      "cli/arguments",
      "cli/shell",
    ],
    doors: "every",
  },
  "cli": {
    holds:
      "from the words of a line to a command, and from its errors to lines",
    imports: [
      "engine/define",
      "reports/site",
      "pipelines",
      "publishing",
      "cli/arguments",
      "cli/shell",
      "cli/named",
      "cli/display",
    ],
    doors: ["commands.ts", "help_text.ts"],
  },
  "cli/er": {
    holds: "the table that `er` is given, and what it prints",
    imports: [
      "stats/lines",
      "data/tables",
      "reports/value",
      "reports/site",
      "publishing",
      "cli/arguments",
      "cli/display",
    ],
    doors: "every",
  },
  "cli/ask": {
    holds: "the question that `ask` is given, and its files made ready",
    imports: [
      "engine/define",
      "data/asked",
      "reports/text",
      "reports/site",
      "cli/arguments",
      "cli/shell",
      "cli/named",
      "cli/display",
    ],
    doors: "every",
  },
  "cli/lines": {
    holds: "words that commands print",
    imports: [
      "engine/define",
      "engine/store",
      "engine/run",
      "engine/history",
      "reports/value",
      "reports/figures/drawing",
      "reports/document",
      "publishing",
      "cli/arguments",
      "cli/display",
    ],
    doors: "every",
  },
  "cli/verify": {
    holds: "the two things that `verify` does",
    imports: [
      "engine",
      "reports/site",
      "provenance/attest",
      "cli/shell",
      "cli/named",
      "cli/display",
      "cli/lines",
    ],
    doors: ["verify_site.ts", "verify_stages.ts"],
  },
  "cli/new": {
    holds: "files of a shift or a pipeline of one's own, from templates",
    imports: ["engine/define", "cli/arguments"],
    doors: [
      "from_template.ts",
      "names.ts",
      "registered.ts",
      "shift_named.ts",
      "write_all.ts",
    ],
  },
  "cli/commands": {
    holds: "one command a file, its words beside it",
    imports: [
      "engine/define",
      "engine/keys",
      "engine/store",
      "engine/run",
      "engine/history",
      "stats/lines",
      "data",
      "reports/text",
      "reports/value",
      "reports/figures/drawing",
      "reports/runs",
      "reports/document",
      "reports/figures",
      "reports/figures/formats",
      "reports/site",
      "provenance",
      "publishing",
      "cli/arguments",
      "cli/shell",
      "cli/named",
      "cli/display",
      "cli",
      "cli/er",
      "cli/ask",
      "cli/lines",
      "cli/verify",
      "cli/new",
    ],
    doors: [],
  },
};

/** Packages that only one folder may import, by prefix. */
export const PACKAGES: Readonly<Record<string, string>> = {
  "@tensorflow/": "models",
  "@stdlib/": "stats",
  "@observablehq/plot": "reports",
};

/** Top-level folders that have rooms. */
const FOLDERS = new Set(Object.keys(ROOMS).map((room) => room.split("/")[0]));

/** The folder of a file, by its path from the root; `undefined` where there are no rooms. */
export function roomOf(path: string): string | undefined {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  return FOLDERS.has(folder.split("/")[0]) ? folder : undefined;
}

/** Whether files of one room may import from another. */
export function mayImport(from: string, to: string): boolean {
  return ROOMS[from]?.imports.some((folder) =>
    to === folder || to.startsWith(`${folder}/`)
  ) ?? false;
}

/** Whether a file may be imported from outside its room. */
export function isDoor(path: string): boolean {
  const room = roomOf(path);
  const doors = room === undefined ? undefined : ROOMS[room]?.doors;
  return doors === "every" ||
    (doors?.includes(path.slice(path.lastIndexOf("/") + 1)) ?? false);
}
