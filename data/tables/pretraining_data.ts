/**
 * What a network of timm was pre-trained on, by the tag in its name: the part
 * after the first point, e.g. `clip_laion2b_soup_ft_in12k_in1k`.
 *
 * @module
 */

/**
 * Pre-training data, each with the words in a tag that name it, the first that
 * fits counting. So where a tag names several data, what the network saw first
 * counts: image-text pairs or photographs with hashtags, and not ImageNet-22k
 * or -12k, on which many are fine-tuned on the way.
 */
const DATA: readonly (readonly [data: string, words: readonly string[]])[] = [
  ["IG-1B", ["ig1b"]],
  ["CLIP-LAION", ["laion"]],
  ["CLIP-OpenAI", ["openai"]],
  ["IG-3.6B", ["swag"]],
  ["JFT-300M", ["jft"]],
  ["YFCC-100M", ["yfcc"]],
  ["WebLI", ["webli"]],
  ["EVA", ["m30m", "m38m", "clip"]],
  ["IN-22k", ["in22k", "in21k", "in12k"]],
];

/** What each of the data is, in the order in which figures show them. */
export const pretrainingData: Readonly<Record<string, string>> = {
  "IG-1B":
    "About a billion Instagram photographs with hashtags, weakly or semi-weakly supervised.",
  "IG-3.6B": "3.6 billion Instagram photographs with hashtags (SWAG).",
  "IN-22k":
    "The full ImageNet (also called ImageNet-21k), or its 12k-class subset: photographs with labels of many more classes.",
  "CLIP-LAION":
    "Image-text pairs of LAION (mostly LAION-2B) by contrastive learning; many then fine-tuned on ImageNet-12k.",
  "CLIP-OpenAI":
    "The 400 million image-text pairs of OpenAI’s CLIP; some then fine-tuned on ImageNet-12k.",
  "JFT-300M": "Google’s 300 million photographs, by noisy-student training.",
  "YFCC-100M":
    "100 million Flickr photographs without labels, by semi-supervised learning.",
  "WebLI": "Image-text pairs of Google’s WebLI (SigLIP).",
  "EVA":
    "Merged public sets of 30 or 38 million images, by predicting CLIP features.",
};

/**
 * The data that a network was pre-trained on besides ImageNet-1k, or
 * `undefined` if its tag names none. Tags that name only a method are not
 * looked into: `seer` and most of `ssld` saw other images, too.
 */
export function pretrainingDataOf(model: string): string | undefined {
  const tag = model.slice(model.indexOf(".") + 1);
  if (tag === model) return undefined;
  return DATA.find(([, words]) => words.some((word) => tag.includes(word)))
    ?.[0];
}

/** Whether the tag says that a network learned from a teacher or from masked images of ImageNet-1k first. */
export function hasTeacherOrMasking(model: string): boolean {
  const tag = model.slice(model.indexOf(".") + 1);
  return tag.includes("dist") || tag.includes("fcmae");
}
