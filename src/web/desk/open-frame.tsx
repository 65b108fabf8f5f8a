// The frame of the desk's pages for whoever is not signed in: no rail, nothing of any company.

import type { ComponentChildren } from "preact";
import { deskWords } from "../words/desk/words.ts";
import { session } from "./session.ts";
import { Frame } from "./frame.tsx";

type Props = { readonly title: string; readonly lead: string; readonly children: ComponentChildren };

/** Inside the shell it is a page like the others. */
export const OpenFrame = ({ title, lead, children }: Props) =>
  session.value !== null && location.pathname !== "/desk/sign-in" ? (
    <Frame title={title} lead={lead}>
      {children}
    </Frame>
  ) : (
    <div class="open-frame">
      <header>
        <span class="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          {deskWords.value.common.title}
        </span>
      </header>
      <Frame title={title} lead={lead}>
        {children}
      </Frame>
    </div>
  );
