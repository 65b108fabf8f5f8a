// A sheet over the page, from below on a phone: the browser's own dialog, so that focus, Escape and the page behind are its business.

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../words/words.ts";
import { IconButton } from "./button.tsx";

type Props = {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** What it shows is shown once: neither Escape nor a click beside it closes it. */
  readonly holds?: boolean;
  readonly children: ComponentChildren;
};

export function Sheet({ title, open, onClose, holds = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // At once with its content: a dialog that stands open without any would still hold the keys back.
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-labelledby={id}
      // Where a browser doesn't know the first, it asks by the second.
      closedby={holds ? "none" : "closerequest"}
      onCancel={(event) => {
        if (holds) event.preventDefault();
      }}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current && !holds) onClose();
      }}
    >
      {open && (
        <div class="inside">
          <div class="title-line">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label={words.value.common.close} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
