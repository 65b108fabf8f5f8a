// What a device keeps of this app, read in one of its pages.

import type { Page } from "playwright-core";

/** Everything in one store of the app's database, in the order of its keys. Photos come as empty objects: count them, don't look inside. */
export const keptIn = <T>(page: Page, store: string): Promise<T[]> =>
  page.evaluate<T[]>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open("pico-twins");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction(${JSON.stringify(store)}).objectStore(${JSON.stringify(store)}).getAll();
      asking.onerror = () => reject(asking.error);
      asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
    };
  })`);
