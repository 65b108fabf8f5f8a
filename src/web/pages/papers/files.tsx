// The papers themselves, as pictures: looked at closely with a tap, taken out again, added from the camera or the gallery.

import { useRef, useState } from "preact/hooks";
import { newKey } from "../../api/call.ts";
import type { Photo } from "../../api/views.ts";
import type { PaperKind } from "../../../domain/papers.ts";
import { useObjectUrl } from "../../photo/object-url.ts";
import { Picture, Viewer } from "../../photo/viewer.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { say } from "../../ui/say.tsx";
import { words } from "../../words/words.ts";
import type { PaperFile } from "./form.ts";

const KINDS = ["receipt", "warranty", "manual", "other"] as const satisfies readonly PaperKind[];
/** As many as the papers may name (src/domain/papers.ts). */
const MOST_FILES = 24;

type Props = {
  readonly twin: string;
  readonly files: readonly PaperFile[];
  readonly change: (to: (files: readonly PaperFile[]) => readonly PaperFile[]) => void;
};

/** Each with its name: its kind, numbered where there are several. */
function named(files: readonly PaperFile[]): readonly { readonly file: PaperFile; readonly name: string }[] {
  const w = words.value.papers.files;
  return files.map((file, at) => {
    if (file.label !== null) return { file, name: file.label };
    const alike = files.filter(({ kind, label }) => kind === file.kind && label === null);
    const kind = w.kinds[file.kind];
    const nth = files.slice(0, at + 1).filter((other) => other.kind === file.kind && other.label === null).length;
    return { file, name: alike.length > 1 ? w.nth(kind, nth) : kind };
  });
}

export function Files({ twin, files, change }: Props) {
  const w = words.value.papers.files;
  const input = useRef<HTMLInputElement>(null);
  const kind = useRef<PaperKind>("receipt");
  const [left, setLeft] = useState(0);
  const [turned, setTurned] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<number | null>(null);
  const there = files.flatMap(({ photo }) => photo ?? []);

  async function take(field: HTMLInputElement): Promise<void> {
    const chosen = [...(field.files ?? [])];
    // The same file may be chosen again after it was taken out.
    field.value = "";
    const room = Math.max(0, MOST_FILES - files.length - left);
    setTurned(chosen.length > room ? [w.most(MOST_FILES)] : []);
    const loaded = await import("../../photo/shrink.ts").catch(() => null);
    if (loaded === null) return setTurned([w.notNow]);
    const as = kind.current;
    setLeft((before) => before + Math.min(chosen.length, room));
    await Promise.all(
      chosen.slice(0, room).map(async (file) => {
        const answer = await loaded.shrink(file);
        if (answer.ok) {
          const paper: PaperFile = { id: newKey(), kind: as, label: null, photo: null, blob: answer.photo };
          change((before) => [...before, paper]);
          say(w.kinds[as]);
        } else setTurned((before) => [...before, `${file.name}: ${w[answer.why]}`]);
        setLeft((before) => before - 1);
      }),
    );
  }

  return (
    <div class="stack">
      {(files.length > 0 || left > 0) && (
        <ul class="paper-files" aria-label={w.title}>
          {named(files).map(({ file, name }) => (
            <Paper
              key={file.id}
              twin={twin}
              file={file}
              name={name}
              onOpen={(photo) => setShown(there.indexOf(photo))}
              onRemove={() => change((before) => before.filter(({ id }) => id !== file.id))}
            />
          ))}
          {Array.from({ length: left }, (_, at) => (
            <li class="paper arriving" key={`left-${at}`}>
              <span class="turning" aria-hidden="true" />
              <span class="small soft" role="status">
                {w.shrinking}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="line" role="group" aria-label={w.adding}>
        {KINDS.map((one) => (
          <Button
            key={one}
            icon={one === "receipt" ? "camera" : "add"}
            tone={one === "receipt" ? "plain" : "quiet"}
            onClick={() => {
              kind.current = one;
              input.current?.click();
            }}
          >
            {w.add[one]}
          </Button>
        ))}
      </div>
      <input
        ref={input}
        class="unseen"
        type="file"
        accept="image/*"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        aria-label={w.title}
        onChange={(event) => void take(event.currentTarget)}
      />
      {turned.length > 0 && (
        <Notice tone="wait" fresh>
          {turned.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Notice>
      )}
      {shown !== null && <Viewer twin={twin} photos={there} at={shown} go={setShown} onClose={() => setShown(null)} />}
    </div>
  );
}

type PaperProps = {
  readonly twin: string;
  readonly file: PaperFile;
  readonly name: string;
  readonly onOpen: (photo: Photo) => void;
  readonly onRemove: () => void;
};

function Paper({ twin, file, name, onOpen, onRemove }: PaperProps) {
  const w = words.value.papers.files;
  const { photo } = file;
  return (
    <li class="paper">
      {photo ? (
        <button type="button" class="paper-picture" aria-label={name} onClick={() => onOpen(photo)}>
          <Picture twin={twin} photo={photo} label="" />
        </button>
      ) : (
        <Fresh file={file} name={name} />
      )}
      <div class="paper-foot">
        <span>
          {name}
          {photo === null && <span class="small soft"> {w.unsaved}</span>}
        </span>
        <button type="button" class="icon-button" aria-label={w.remove(name)} title={w.remove(name)} onClick={onRemove}>
          <Icon name="close" size={18} />
        </button>
      </div>
    </li>
  );
}

function Fresh({ file, name }: { file: PaperFile; name: string }) {
  const url = useObjectUrl(file.blob);
  return <span class="paper-picture">{url && <img class="picture" src={url} alt={name} />}</span>;
}
