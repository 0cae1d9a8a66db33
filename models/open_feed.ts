import type { Images } from "../data/images.ts";
import type { Device } from "./device.ts";
import { deviceFeed } from "./device_feed.ts";
import { hostFeed } from "./host_feed.ts";
import type { FeedOptions, ImageFeed } from "./image_feed.ts";

/** The feed that suits the device of a training: images stay on a GPU. */
export function openFeed(
  images: Images,
  { device, ...options }: FeedOptions & { readonly device: Device },
): ImageFeed {
  return device.gpu === undefined
    ? hostFeed(images, options)
    : deviceFeed(device.gpu, { ...options, images });
}
