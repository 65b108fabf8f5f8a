// A camera's picture made fit to send: small enough, upright, and nothing in it but pixels, as it is drawn anew. Runs in a worker.

/** What the server takes for one photo (src/api/body.ts). */
export const MOST_BYTES = 1_900_000;
export const LONGEST_SIDE = 2560;
const TYPE = "image/jpeg";
const QUALITIES = [0.86, 0.78, 0.68, 0.55] as const;
const SMALLER = 0.75;

function drawn(picture: ImageBitmap, scale: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const pen = canvas.getContext("2d", { alpha: false });
  if (!pen) throw new Error("this browser has no room to draw in");
  // A JPEG has no transparency: what shines through is paper.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The same picture as a JPEG within the limits. Throws for what this browser can't read as a picture. */
export async function shrunk(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    for (let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height)); ; scale *= SMALLER) {
      const canvas = drawn(picture, scale);
      for (const quality of QUALITIES) {
        const photo = await canvas.convertToBlob({ type: TYPE, quality });
        if (photo.size <= MOST_BYTES) return photo;
      }
    }
  } finally {
    picture.close();
  }
}
