// A thing's own settings: its name, being told, everything of it in one file, and the ways to part with it.

import { AlertSetting } from "../handover/alert.tsx";
import { PassOn } from "../handover/pass-on.tsx";
import { ringState } from "../keys/keyring.ts";
import { faceOf, mayIn, type Thing } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Section } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { words } from "../words/words.ts";
import "./manage.css";
import { FinderSetting } from "./manage/finder.tsx";
import { Company, Naming } from "./manage/naming.tsx";
import { Erase, Leave, Remove } from "./manage/parting.tsx";
import { Take } from "./manage/take.tsx";
import { Told } from "./manage/told.tsx";
import { OfThing } from "./of-thing.tsx";

export default function ManagePage() {
  return <OfThing also={["revoked", "erased", "handed"]}>{(thing) => <Manage thing={thing} />}</OfThing>;
}

function Manage({ thing }: { thing: Thing }) {
  const w = words.value.manage;
  const { id, view, ended } = thing;
  const owner = mayIn(thing, "owner");
  return (
    <Page
      title={w.title}
      back={`/t/${id}`}
      eyebrow={<bdi>{view.product.name}</bdi>}
      start={<Emblem id={faceOf(id)} size={52} />}
    >
      {ended !== null && (
        <Notice tone={ended === "handed" ? "calm" : "bad"}>
          <p>{w.ended[ended]}</p>
        </Notice>
      )}
      {ended === null && (
        <>
          {owner && <Naming thing={thing} />}
          {owner && <Company thing={thing} />}
          <Told thing={thing} />
          {owner && <PassOn thing={thing} />}
          {owner && <AlertSetting thing={thing} />}
          {owner && <FinderSetting thing={thing} />}
          {owner && <Take thing={thing} />}
          {owner && <Lost />}
        </>
      )}
      <div class="parting">
        {ended === null && !owner && <Leave thing={thing} />}
        <Remove thing={thing} />
        {ended === null && owner && <Erase thing={thing} />}
      </div>
    </Page>
  );
}

/** What opens the thing when this device is gone. */
function Lost() {
  const w = words.value.manage.lost;
  const { confirmed } = ringState.value;
  return (
    <Section title={w.title}>
      <p>{confirmed ? w.text : w.unmade}</p>
      <div class="line">
        <LinkButton href="/card" icon="card">
          {confirmed ? w.action : w.make}
        </LinkButton>
      </div>
    </Section>
  );
}
