// The first page of whoever has nothing here yet: what this is, for an owner above all, and the two ways to begin.

import { useLocation } from "preact-iso";
import { ScanButton, useCamera } from "../../camera/scan-button.tsx";
import { HandoversOnHome } from "../../handover/on-home.tsx";
import { IconButton, LinkButton } from "../../ui/button.tsx";
import { Mark, type Tone } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { words } from "../../words/words.ts";
import { LABELS_AND_BARCODES, leadOn } from "../add/lead-on.ts";
import { Drawing } from "./drawing.tsx";

/** The marks that a note bears on its way, as everywhere in the app. */
const ON_ITS_WAY: readonly Tone[] = ["calm", "wait", "good", "news"];

export function Front() {
  const { front, mine } = words.value.home;
  const { route } = useLocation();
  const hasCamera = useCamera();
  return (
    <Page wide title={front.title} actions={<IconButton icon="settings" label={mine.settings} href="/settings" />}>
      <div class="front">
        <div class="front-lead">
          <p class="lead">{front.lead}</p>
          <HandoversOnHome />
          <div class="front-go">
            <ScanButton
              tone="primary"
              formats={LABELS_AND_BARCODES}
              label={front.scanLabel}
              onText={(text) => leadOn(text, route)}
            >
              {front.scan}
            </ScanButton>
            <LinkButton tone={hasCamera ? "plain" : "primary"} href="/add" icon="add">
              {front.add}
            </LinkButton>
            <LinkButton href="/add?by=label">{front.type}</LinkButton>
          </div>
          <p>
            <LinkButton tone="quiet" icon="card" href="/open">
              {front.open}
            </LinkButton>
          </p>
        </div>
        <Drawing label={front.drawing} />
      </div>
      <section class="front-how">
        <h2>{front.how}</h2>
        <ol class="journey">
          {front.steps.map(({ title, text }, at) => (
            <li key={title}>
              <h3>
                <Mark tone={ON_ITS_WAY[at] ?? "calm"}>{title}</Mark>
              </h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
        <p class="front-none">{front.none}</p>
      </section>
      <div class="front-others">
        <section>
          <h2>{front.makers.title}</h2>
          <p>{front.makers.text}</p>
          <p class="line">
            <a href="/desk/join">{front.makers.link}</a>
            <a href="/desk">{front.makers.desk}</a>
          </p>
        </section>
        <section>
          <h2>{front.engineers.title}</h2>
          <p>{front.engineers.text}</p>
          <p class="line">
            <a href="/docs#start">{front.engineers.docs}</a>
            <a href="/openapi.json">{front.engineers.openapi}</a>
          </p>
        </section>
      </div>
      <p class="front-honest">
        {front.honest} <a href="/about">{words.value.home.about.title}</a>
      </p>
    </Page>
  );
}
