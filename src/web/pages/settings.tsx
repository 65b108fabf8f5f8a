// How the app is for this person on this device, and the ways to all that is about keys, terms and help.

import { useEffect, useState } from "preact/hooks";
import { call } from "../api/call.ts";
import { ringState } from "../keys/held.ts";
import { Button } from "../ui/button.tsx";
import { Choices } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { canInstall, install, isInstalled } from "../ui/install.ts";
import { List, Row, Section } from "../ui/layout.tsx";
import { Page } from "../ui/page.tsx";
import { language, LANGUAGES } from "../words/language.ts";
import { choose, words } from "../words/words.ts";
import { OnThisDevice } from "./settings/on-this-device.tsx";
import { Told } from "./settings/told.tsx";
import "./settings.css";

export default function Settings() {
  const { settings } = words.value.home;
  return (
    <Page title={settings.title} back="/">
      <Choices
        legend={settings.language}
        options={LANGUAGES.map((value) => ({ value, label: settings.languages[value] }))}
        value={language.value}
        onChange={(tag) => void choose(tag)}
      />
      <Told />
      <Keys />
      <OnThisDevice />
      <Install />
      <Help />
      <Version />
    </Page>
  );
}

function Keys() {
  const { settings } = words.value.home;
  const { made, confirmed } = ringState.value;
  const card = !made ? settings.cardNone : confirmed ? settings.cardConfirmed : settings.cardNotConfirmed;
  return (
    <Section title={settings.keys}>
      <List>
        <Row href="/card" start={<Icon name="card" />} title={settings.card} detail={card} />
        <Row href="/devices" start={<Icon name="people" />} title={settings.devices} detail={settings.devicesHint} />
        <Row href="/terms" start={<Icon name="terms" />} title={settings.terms} detail={settings.termsHint} />
        <Row href="/open" start={<Icon name="lock" />} title={settings.open} detail={settings.openHint} />
      </List>
    </Section>
  );
}

function Install() {
  const { install: w } = words.value.home;
  return (
    <Section title={w.title}>
      <p class="soft">{isInstalled() ? w.done : w.text}</p>
      {canInstall.value ? (
        <div class="line">
          <Button icon="download" onClick={() => void install()}>
            {w.go}
          </Button>
        </div>
      ) : (
        !isInstalled() && <p class="soft">{/iPhone|iPad/.test(navigator.userAgent) ? w.byHand : w.none}</p>
      )}
    </Section>
  );
}

function Help() {
  const { settings } = words.value.home;
  return (
    <Section title={settings.help}>
      <List>
        {Object.entries(words.value.help.topics).map(([topic, { title }]) => (
          <Row key={topic} href={`/help/${topic}`} title={title} />
        ))}
        <Row href="/about" title={settings.about} detail={settings.aboutHint} />
      </List>
    </Section>
  );
}

function Version() {
  const { settings } = words.value.home;
  const [version, setVersion] = useState<string | null>(null);
  useEffect(() => {
    void call<{ version: string }>("/health").then((answer) => {
      if (answer.ok) setVersion(answer.value.version);
    });
  }, []);
  return (
    <p class="version soft">
      {words.value.common.name}
      {version !== null && ` · ${settings.version(version)}`}
    </p>
  );
}
