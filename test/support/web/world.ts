// What a file of tests of pages stands on: the real server with a company, a browser, and everyone's devices in it.

import type { Browser, BrowserContextOptions } from "playwright-core";
import { Client } from "../client.ts";
import { join, type TestMaker } from "../people.ts";
import { startServer, UNLIMITED, type TestServer } from "../server/server.ts";
import { launchBrowser } from "./browser.ts";
import { Browsers } from "./browsers.ts";
import { claimOnDevice, type Device } from "./owner.ts";

export class WebWorld {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly browsers: Browsers;
  readonly api: Client;
  readonly maker: TestMaker;

  private constructor(server: TestServer, browser: Browser, api: Client, maker: TestMaker) {
    this.server = server;
    this.browser = browser;
    this.browsers = new Browsers(browser);
    this.api = api;
    this.maker = maker;
  }

  static async start(): Promise<WebWorld> {
    const [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
    const api = new Client(fetch, server.url);
    return new WebWorld(server, browser, api, await join(api, server.operatorKey));
  }

  at(path: string): string {
    return this.server.url + path;
  }

  /** A device on which an owner has just claimed an item of the company. */
  async claimed(options: BrowserContextOptions = {}): Promise<Device> {
    const device = await claimOnDevice(this.browser, this.api, this.maker, options);
    this.browsers.adopt(device.context);
    return device;
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.server.discard();
  }
}
