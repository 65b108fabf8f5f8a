// The browser's own reader of codes in pictures (Barcode Detection API), where it has one; TypeScript doesn't know it yet.

/** The formats this app reads; UPC-E is left out, for its digits alone don't tell it from an EAN-8. */
export type Format = "qr_code" | "ean_13" | "ean_8" | "upc_a";

export type Detector = {
  detect(picture: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
};
type DetectorClass = {
  new (options: { formats: readonly Format[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

const found = (): DetectorClass | undefined => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** A detector of these formats, those of them that this browser reads; null where it reads none. */
export async function detectorOf(formats: readonly Format[]): Promise<Detector | null> {
  const Found = found();
  if (Found === undefined) return null;
  const readable = await Found.getSupportedFormats().catch((): readonly string[] => []);
  const usable = formats.filter((format) => readable.includes(format));
  return usable.length === 0 ? null : new Found({ formats: usable });
}

/** Whether this browser can read a QR code off a camera, as far as can be known without asking for the camera. */
export async function canScan(): Promise<boolean> {
  const { mediaDevices } = navigator as Partial<Navigator>;
  if (mediaDevices === undefined || (await detectorOf(["qr_code"])) === null) return false;
  const devices = await mediaDevices.enumerateDevices().catch(() => []);
  return devices.some(({ kind }) => kind === "videoinput");
}
