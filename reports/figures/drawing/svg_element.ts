/**
 * What drawings need of a document; Deno has no types for it.
 *
 * @module
 */

/** An element of a drawing. */
export interface SvgElement {
  readonly localName: string;
  readonly attributes: Iterable<{ readonly name: string; value: string }>;
  readonly children: Iterable<SvgElement>;
  readonly firstElementChild: SvgElement | null;
  readonly outerHTML: string;
  readonly ownerDocument: SvgDocument;
  textContent: string;
  querySelector(selector: string): SvgElement | null;
  querySelectorAll(selector: string): Iterable<SvgElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: readonly SvgElement[]): void;
  prepend(...children: readonly SvgElement[]): void;
  replaceWith(...others: readonly SvgElement[]): void;
  remove(): void;
}

/** A document, in which elements of drawings are made and found. */
export interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
  getElementById(id: string): SvgElement | null;
}

/** Namespace of the elements of a drawing. */
export const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
