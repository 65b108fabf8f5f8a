// What this device has still to send, and whether it can: in one line, only while there is something to say.

import { online, progress, waiting } from "../../store/queue.ts";
import { Icon } from "../../ui/icon.tsx";
import { words } from "../../words/words.ts";

export function QueueLine() {
  const { queue } = words.value.home;
  const refused = waiting.value.filter(({ state }) => state === "refused").length;
  const waits = waiting.value.length - refused;
  const going = online.value || progress.value !== null;
  const parts = [
    ...(online.value ? [] : [queue.offline]),
    ...(waits === 0 ? [] : [going ? queue.going(waits) : queue.waits(waits)]),
    ...(refused === 0 ? [] : [queue.refused(refused)]),
  ];
  return (
    <div role="status">
      {parts.length > 0 && (
        <p class="queue-line">
          <Icon name={online.value ? "clock" : "offline"} size={20} />
          <span>{parts.join(" ")}</span>
        </p>
      )}
    </div>
  );
}
