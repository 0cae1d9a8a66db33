/** A question about images, of which a test names what it is about. */
import type { AskedImages } from "../../../data/asked/asked_inputs.ts";

const source = { url: "file:///a", sha256: "0".repeat(64), title: "a" };

/** Labelled images of which a trial is asked. */
export const IMAGES: AskedImages = {
  kind: "images",
  sources: { reference: source, shifted: source },
  classes: "same",
  weights: [],
  isLabelled: true,
  side: 64,
  quick: false,
};
