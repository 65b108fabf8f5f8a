// What a device keeps of this app, read and changed in one of its pages.

import type { Page } from "playwright-core";

/** What `ask`, a call on one store of the app's database, comes to once it is committed. */
const inStore = <T>(page: Page, store: string, mode: IDBTransactionMode, ask: string): Promise<T> =>
  page.evaluate<T>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open("pico-twins");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const tx = opening.result.transaction(${JSON.stringify(store)}, ${JSON.stringify(mode)});
      const asking = tx.objectStore(${JSON.stringify(store)}).${ask};
      tx.onabort = () => reject(tx.error);
      tx.oncomplete = () => { opening.result.close(); resolve(asking.result); };
    };
  })`);

/** Everything in one store of the app's database, in the order of its keys. Photos and keys come as empty objects: count them, don't look inside. */
export const keptIn = <T>(page: Page, store: string): Promise<T[]> => inStore(page, store, "readonly", "getAll()");

/** What stands under one key. */
export const keptUnder = <T>(page: Page, store: string, key: string): Promise<T | undefined> =>
  inStore(page, store, "readonly", `get(${JSON.stringify(key)})`);

/** Has `change`, an expression, change the `kept` that stands under one key, with what no JSON can say left in it. */
export const changeIn = (page: Page, store: string, key: string, change: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open("pico-twins");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const tx = opening.result.transaction(${JSON.stringify(store)}, "readwrite");
      const all = tx.objectStore(${JSON.stringify(store)});
      all.get(${JSON.stringify(key)}).onsuccess = ({ target: { result: kept } }) => {
        ${change};
        all.put(kept, ${JSON.stringify(key)});
      };
      tx.onabort = () => reject(tx.error);
      tx.oncomplete = () => { opening.result.close(); resolve(); };
    };
  })`);

/** Puts in what JSON can say. */
export const putIn = (page: Page, store: string, value: unknown): Promise<unknown> =>
  inStore(page, store, "readwrite", `put(${JSON.stringify(value)})`);

/** From now on the device is full for `store`, or for everything: until the page is left, or `makeRoom()` is called in it. */
export const fill = (page: Page, store: string | null = null): Promise<unknown> =>
  page.evaluate(`{
    const { put } = IDBObjectStore.prototype;
    globalThis.makeRoom = () => { IDBObjectStore.prototype.put = put; };
    IDBObjectStore.prototype.put = function (...what) {
      if (${store === null} || this.name === ${JSON.stringify(store)}) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, what);
    };
  }`);
