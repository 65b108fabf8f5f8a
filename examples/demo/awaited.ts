// Things that come in their own time, such as events and printed lines: each is kept until somebody asks for it, or asked for until it comes.
import { inTime } from "./expectation.ts";

type Wish<T> = {
  readonly wanted: (item: T) => boolean;
  readonly grant: (item: T) => void;
  readonly deny: (why: Error) => void;
};

export class Awaited<T> {
  readonly all: T[] = [];
  #kept: T[] = [];
  #wishes: Wish<T>[] = [];
  #ended: Error | null = null;

  came(item: T): void {
    this.all.push(item);
    const wish = this.#wishes.find(({ wanted }) => wanted(item));
    if (wish === undefined) {
      this.#kept.push(item);
      return;
    }
    this.#wishes = this.#wishes.filter((other) => other !== wish);
    wish.grant(item);
  }

  /** Nothing comes any more. */
  end(why: string): void {
    this.#ended = new Error(why);
    for (const { deny } of this.#wishes.splice(0)) deny(this.#ended);
  }

  /** The first one like this, whether it is here already or yet to come; each is given once. */
  next(what: string, wanted: (item: T) => boolean): Promise<T> {
    const kept = this.#kept.find(wanted);
    if (kept !== undefined) {
      this.#kept = this.#kept.filter((other) => other !== kept);
      return Promise.resolve(kept);
    }
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#wishes.push({ wanted, grant: resolve, deny: reject });
    return inTime(promise, what);
  }
}
