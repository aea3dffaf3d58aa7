// Photos: kept as taken until they are sent, and sent as small as the eye allows.

import { newId } from "./ids.js";
import * as store from "./store.js";

const LONGEST_PX = 1600;
const QUALITY = 0.8;

/** Keep a photo and resolve to its id. The small one is made at once when the phone can. */
export async function keep(file, draft) {
  const id = newId();
  const small = await shrunk(file).catch(() => null);
  await store.put("photos", { id, draft, original: file, small, name: file.name ?? "" });
  return id;
}

/** A JPEG of at most LONGEST_PX a side, without what the camera wrote into the original. */
async function shrunk(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_PX / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
      "image/jpeg", QUALITY);
  });
}
