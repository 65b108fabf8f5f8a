// What stands around every page of the desk: the company, the person, the way to the other pages, and the keyboard's help.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Icon } from "../ui/icon.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { deskWords } from "../words/desk/words.ts";
import { words } from "../words/words.ts";
import { Account } from "./account.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { useKeys } from "./keys.ts";
import { isLive } from "./live.ts";
import { ON_A_PHONE, placeAt, PLACES, type Place } from "./nav.ts";
import { may, me, session, signature } from "./session.ts";

const Leading = ({ place, isHere, onClick }: { place: Place; isHere: boolean; onClick?: () => void }) => (
  <a href={place.path} aria-current={isHere ? "page" : undefined} onClick={onClick}>
    <Icon name={place.icon} size={20} />
    <span>{deskWords.value.shell.places[place.name]}</span>
  </a>
);

function Rail() {
  const w = deskWords.value.shell;
  const here = placeAt(useLocation().path);
  const [more, setMore] = useState(false);
  const places = PLACES.filter(({ role }) => may(role));
  const others = places.slice(ON_A_PHONE);
  return (
    <nav class="rail" aria-label={w.nav}>
      <ul>
        {places.map((place, at) => (
          <li key={place.name} class={at < ON_A_PHONE ? undefined : "wide-only"}>
            <Leading place={place} isHere={place.name === here} />
          </li>
        ))}
        <li class="phone-only">
          <button
            type="button"
            class={others.some(({ name }) => name === here) ? "here" : undefined}
            onClick={() => setMore(true)}
          >
            <Icon name="more" size={20} />
            <span>{w.more}</span>
          </button>
        </li>
      </ul>
      <Sheet title={w.nav} open={more} onClose={() => setMore(false)}>
        <ul class="places">
          {others.map((place) => (
            <li key={place.name}>
              <Leading place={place} isHere={place.name === here} onClick={() => setMore(false)} />
            </li>
          ))}
        </ul>
      </Sheet>
    </nav>
  );
}

export function Shell({ children }: { children: ComponentChildren }) {
  const w = deskWords.value.shell;
  const { route } = useLocation();
  const [open, setOpen] = useState<"account" | "keys" | null>(null);
  const who = session.value;
  useKeys({
    "?": () => setOpen("keys"),
    "/": () => route("/desk?find"),
    ...Object.fromEntries(
      PLACES.filter(({ role }) => may(role)).map(({ key, path }) => [`g ${key}`, () => route(path)]),
    ),
  });
  return (
    <div class="desk">
      <a class="skip" href="#content">
        {words.value.common.skip}
      </a>
      <header class="desk-bar">
        <a class="company" href="/desk">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <bdi>{who?.name}</bdi>
        </a>
        {me.value?.verified === false && (
          <a class="unverified" href="/desk/join" title={w.unverifiedWhy}>
            {w.unverified}
          </a>
        )}
        <span class="end">
          <span class="away" role="status">
            {!isLive.value && w.away}
          </span>
          <button
            type="button"
            class="icon-button wide-only"
            aria-label={w.keys.open}
            title={`${w.keys.open} (?)`}
            onClick={() => setOpen("keys")}
          >
            <Icon name="help" size={20} />
          </button>
          <button type="button" class="who" onClick={() => setOpen("account")}>
            <span class="unseen">{w.account.title}: </span>
            <bdi>{signature.value ?? who?.name}</bdi>
            <span class="soft">{who && deskWords.value.common.roles[who.role]}</span>
          </button>
        </span>
      </header>
      <Rail />
      <div class="desk-stage">{children}</div>
      <Account open={open === "account"} onClose={() => setOpen(null)} />
      <KeysHelp open={open === "keys"} onClose={() => setOpen(null)} />
    </div>
  );
}
