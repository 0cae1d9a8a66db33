/// <reference lib="dom" />
/**
 * Drawings as PDF files: lines stay lines and text stays text, in a font that
 * the file brings with it, and the same drawing gives the same bytes.
 *
 * @module
 */
import { parseHTML } from "linkedom";
import PDFDocument from "pdfkit";
import { drawingFont } from "./drawing_fonts.ts";

/** What is used of pdfkit, which declares no types. */
interface Pdf {
  on(event: "data", listen: (chunk: Uint8Array) => void): void;
  on(event: "end", listen: () => void): void;
  addPage(options: { size: readonly [number, number]; margin: number }): void;
  end(): void;
  save(): void;
  restore(): void;
  scale(factor: number): void;
  translate(x: number, y: number): void;
  rotate(degrees: number): void;
  lineWidth(width: number): void;
  lineCap(cap: "butt"): void;
  lineJoin(join: "miter"): void;
  dash(pattern: readonly number[]): void;
  fillOpacity(share: number): void;
  strokeOpacity(share: number): void;
  fillColor(colour: string): void;
  strokeColor(colour: string): void;
  path(d: string): void;
  circle(x: number, y: number, r: number): void;
  roundedRect(x: number, y: number, w: number, h: number, r: number): void;
  fill(): void;
  stroke(): void;
  fillAndStroke(): void;
  font(file: Uint8Array): void;
  fontSize(size: number): void;
  widthOfString(text: string): number;
  text(text: string, x: number, y: number, options: {
    readonly lineBreak: false;
    readonly baseline: "alphabetic";
  }): void;
  image(file: Uint8Array, x: number, y: number, options: {
    readonly width: number;
    readonly height: number;
  }): void;
}

/** Attributes that elements take from the group that they stand in. */
const INHERITED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

type Look = Readonly<Partial<Record<typeof INHERITED[number], string>>>;

/**
 * A PDF file of one page with a drawing that has its colours written out.
 *
 * @param options.width in points, of which an inch has 72; the height follows
 * @param options.title for readers' programs
 * @throws {Error} if the text is no drawing of this project
 */
export async function pdfOfSvg(
  svg: string,
  { width, title }: { readonly width: number; readonly title: string },
): Promise<Uint8Array> {
  const { document } = parseHTML(svg) as unknown as {
    readonly document: Element;
  };
  const root = document.querySelector("svg");
  const [, , across = 0, up = 0] =
    root?.getAttribute("viewBox")?.split(" ").map(Number) ?? [];
  if (root === null || !(across > 0 && up > 0)) {
    throw new Error("Cannot write a PDF file: the drawing has no size");
  }
  const scale = width / across;
  // The date, and the identity made of it, would be those of this moment.
  const info = {
    Title: title,
    Creator: "shiftline",
    CreationDate: new Date(0),
  };
  const pdf = new PDFDocument({
    autoFirstPage: false,
    font: null,
    info,
    pdfVersion: "1.7",
  }) as unknown as Pdf;
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve) => pdf.on("end", resolve));
  pdf.on("data", (chunk) => chunks.push(chunk));
  pdf.addPage({ size: [width, up * scale], margin: 0 });
  pdf.scale(scale);
  pdf.lineCap("butt");
  pdf.lineJoin("miter");
  drawChildren(root, { pdf, look: lookOf(root, {}) });
  pdf.end();
  await done;
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

interface Ground {
  readonly pdf: Pdf;
  readonly look: Look;
}

function drawChildren(element: Element, { pdf, look }: Ground): void {
  for (const child of element.children) {
    if (["title", "desc", "defs"].includes(child.localName)) continue;
    pdf.save();
    const moved = child.getAttribute("transform");
    if (moved !== null) move(moved, pdf);
    drawElement(child, { pdf, look: lookOf(child, look) });
    pdf.restore();
  }
}

function drawElement(element: Element, ground: Ground): void {
  const { pdf } = ground;
  const number = (name: string) => Number(element.getAttribute(name) ?? 0);
  const [x, y] = [number("x"), number("y")];
  const [width, height] = [number("width"), number("height")];
  switch (element.localName) {
    case "g":
      return drawChildren(element, ground);
    case "text":
      return drawText(element, ground);
    case "use": {
      const symbol = symbolOf(element);
      pdf.translate(x, y);
      const look = lookOf(symbol, ground.look);
      return drawElement(symbol, { pdf, look });
    }
    case "path":
      pdf.path(element.getAttribute("d") ?? "");
      return paint(ground);
    case "line":
      pdf.path(
        `M${number("x1")},${number("y1")}L${number("x2")},${number("y2")}`,
      );
      return paint({ ...ground, look: { ...ground.look, fill: "none" } });
    case "circle":
      pdf.circle(number("cx"), number("cy"), number("r"));
      return paint(ground);
    case "rect":
      pdf.roundedRect(x, y, width, height, number("rx"));
      return paint(ground);
    case "image": {
      const data = element.getAttribute("href")?.split("base64,")[1] ?? "";
      return pdf.image(Uint8Array.fromBase64(data), x, y, { width, height });
    }
    default:
      throw new Error(
        `Cannot write a PDF file: <${element.localName}> has no place in a drawing`,
      );
  }
}

function drawText(element: Element, { pdf, look }: Ground): void {
  const size = Number(look["font-size"] ?? 12);
  const place = (name: string) => Number(element.getAttribute(name) ?? 0);
  const below = parseFloat(element.getAttribute("dy") ?? "0") * size;
  pdf.font(drawingFont(Number(look["font-weight"] ?? 400)));
  pdf.fontSize(size);
  const text = element.textContent;
  const share = { start: 0, middle: 0.5, end: 1 }[look["text-anchor"] ?? ""];
  const x = place("x") - (share ?? 0) * pdf.widthOfString(text);
  pdf.fillColor(look.fill ?? "black");
  pdf.fillOpacity(Number(look["fill-opacity"] ?? 1));
  pdf.text(text, x, place("y") + below, {
    lineBreak: false,
    baseline: "alphabetic",
  });
}

/** Fills and strokes what was just drawn. */
function paint({ pdf, look }: Ground): void {
  const fill = look.fill ?? "black";
  const stroke = look.stroke ?? "none";
  pdf.fillOpacity(Number(look["fill-opacity"] ?? 1));
  pdf.strokeOpacity(Number(look["stroke-opacity"] ?? 1));
  pdf.lineWidth(Number(look["stroke-width"] ?? 1));
  const pattern = look["stroke-dasharray"]?.split(/[ ,]+/).map(Number);
  if (pattern !== undefined) pdf.dash(pattern);
  if (fill !== "none") pdf.fillColor(fill);
  if (stroke !== "none") pdf.strokeColor(stroke);
  if (fill !== "none" && stroke !== "none") pdf.fillAndStroke();
  else if (stroke !== "none") pdf.stroke();
  else if (fill !== "none") pdf.fill();
}

function symbolOf(use: Element): Element {
  const name = use.getAttribute("href") ?? "";
  const symbol = use.ownerDocument.getElementById(name.slice(1));
  if (symbol === null) {
    throw new Error(`Cannot write a PDF file: there is no symbol "${name}"`);
  }
  return symbol;
}

function lookOf(element: Element, around: Look): Look {
  const own = INHERITED.flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null || value === "" ? [] : [[name, value] as const];
  });
  return { ...around, ...Object.fromEntries(own) };
}

/** Moves and turns what is drawn next: `translate(1,2) rotate(90)`. */
function move(transform: string, pdf: Pdf): void {
  for (const [, kind, values] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a = 0, b = 0] = (values ?? "").split(/[ ,]+/).map(Number);
    if (kind === "translate") pdf.translate(a, b);
    else if (kind === "rotate") pdf.rotate(a);
    else {
      throw new Error(
        `Cannot write a PDF file: a drawing is moved by "${transform}"`,
      );
    }
  }
}
