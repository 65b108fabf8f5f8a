// A thing in the list of things: its face, its name, its company, and where it stands.

import { faceOf, findsOf, takerOf } from "../../store/things.ts";
import { companyName } from "../../store/makers.ts";
import type { Thing } from "../../store/things.ts";
import { Emblem } from "../../ui/emblem.tsx";
import { Row } from "../../ui/layout.tsx";
import { Mark } from "../../ui/notice.tsx";
import { words } from "../../words/words.ts";
import { WarrantyMark } from "../papers/warranty.tsx";
import { thingStands } from "./thing-stands.ts";
import { useWarrantyEnding } from "./warranty.ts";

export function ThingRow({ thing }: { thing: Thing }) {
  const { mine } = words.value.home;
  const { tone, text } = thingStands(thing);
  const warranty = useWarrantyEnding(thing);
  const unread = thing.unread + findsOf(thing).length + (takerOf(thing) ? 1 : 0);
  return (
    <Row
      href={`/t/${thing.id}`}
      start={<Emblem id={faceOf(thing.id)} size={56} />}
      title={thing.view.product.name}
      detail={thing.view.maker === null ? mine.nobody : companyName(thing)}
      mark={
        <span class="thing-marks">
          <Mark tone={tone}>{text}</Mark>
          {warranty !== null && <WarrantyMark until={warranty} />}
        </span>
      }
      end={unread > 0 && <span class="count">{mine.unread(unread)}</span>}
    />
  );
}
