// Unpacks Chromium before any file of tests runs: two that came upon a machine without it would both begin, and start half of it.

import chromium from "@sparticuz/chromium";

export default async function unpackBrowser(): Promise<void> {
  await chromium.executablePath();
}
