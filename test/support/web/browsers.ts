// Browsers of several people at one server, each with its own storage: what they asked for is remembered, and they are closed together.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { openContext } from "./browser.ts";

export class Browsers {
  readonly #browser: Browser;
  readonly #opened: BrowserContext[] = [];
  /** Every address that any of them asked for, as it went over the wire: without its fragment. */
  readonly asked: string[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Another device: a context of its own, its first page open at `url`. */
  async device(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await openContext(this.#browser, { viewport: { width: 390, height: 844 }, ...options });
    const page = await this.adopt(context).newPage();
    await page.goto(url);
    return page;
  }

  /** Watches a context that was opened elsewhere, too. */
  adopt(context: BrowserContext): BrowserContext {
    this.#opened.push(context);
    context.on("request", (request) => this.asked.push(request.url().split("#")[0]!));
    return context;
  }

  async closeAll(): Promise<void> {
    for (const context of this.#opened.splice(0)) await context.close();
  }
}
