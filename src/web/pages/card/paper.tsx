// The card as it is printed: what it opens, how, and what whoever finds it should know. Not on the screen.

import { fragmentOf, type Secret } from "../../keys/card.ts";
import { Qr } from "../../ui/qr.tsx";
import { words } from "../../words/words.ts";
import { WordList } from "./word-list.tsx";

export function Paper({ secret, list }: { secret: Secret; list: readonly string[] }) {
  const { card } = words.value.keys;
  const { origin, host } = location;
  return (
    <section class="paper">
      <h2>{card.paper.name}</h2>
      <WordList words={list} label={card.list} />
      <Qr text={`${origin}/open#${fragmentOf(secret)}`} label={card.paper.code} />
      <p class="wide">{card.paper.how(`${host}/open`)}</p>
      <p class="wide">
        {card.paper.opens(host)} {card.paper.keep}
      </p>
      <p class="wide">{card.paper.found(`${host}/help/found-card`)}</p>
    </section>
  );
}
