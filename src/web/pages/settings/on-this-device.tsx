// What is kept on this device, whether the browser will keep it, and the way to forget it.

import { useEffect, useState } from "preact/hooks";
import { allNotes } from "../../store/notes.ts";
import { waiting } from "../../store/queue.ts";
import { things } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { Facts, List, Row, Section } from "../../ui/layout.tsx";
import { number } from "../../words/format.ts";
import { words } from "../../words/words.ts";

const MEGABYTE = 1_000_000;

type Storage = { readonly bytes: number | null; readonly lasting: boolean | null };

export function OnThisDevice() {
  const { settings } = words.value.home;
  const [storage, setStorage] = useState<Storage>({ bytes: null, lasting: null });
  const look = async (): Promise<void> => {
    // Some browsers have neither, and a page that isn't served safely has none.
    const { storage: manager } = navigator as Partial<Navigator>;
    const bytes = (await manager?.estimate?.().catch(() => null))?.usage ?? null;
    setStorage({ bytes, lasting: (await manager?.persisted?.().catch(() => null)) ?? null });
  };
  useEffect(() => void look(), []);
  const { bytes, lasting } = storage;
  return (
    <Section title={settings.device}>
      <Facts
        items={[
          [settings.things, settings.keeps(things.value.length, allNotes().length)],
          ...(waiting.value.length === 0 ? [] : [[settings.waits, number(waiting.value.length)] as const]),
          ...(bytes === null
            ? []
            : [[settings.space, settings.megabytes(number(Math.ceil((bytes * 10) / MEGABYTE) / 10))] as const]),
          ...(lasting === null
            ? []
            : [[settings.lasting, lasting ? settings.lastingYes : settings.lastingNo] as const]),
        ]}
      />
      {lasting === false && (
        <div class="line">
          <Button onClick={() => void navigator.storage.persist().then(look)}>{settings.lastingAsk}</Button>
        </div>
      )}
      <List>
        <Row href="/devices" title={settings.forget} detail={settings.forgetHint} />
      </List>
    </Section>
  );
}
