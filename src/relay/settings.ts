// What the operator's environment says about the relay: the time scale, and which addresses are ours.

/** `scale` multiplies every delay of the schedule and the breaker; 1 outside development. */
export type RelaySettings = {
  readonly scale: number;
  readonly allowLoopback: boolean;
  /** Hosts this server answers on, never a webhook's target. */
  readonly ownHosts: readonly string[];
};

export function relaySettings(env: {
  RELAY_TIME_SCALE: string;
  ALLOW_LOOPBACK_WEBHOOKS: string;
  PUBLIC_URL: string;
}): RelaySettings {
  const scale = Number(env.RELAY_TIME_SCALE);
  return {
    scale: scale > 0 && Number.isFinite(scale) ? scale : 1,
    allowLoopback: env.ALLOW_LOOPBACK_WEBHOOKS === "1",
    ownHosts: URL.canParse(env.PUBLIC_URL) ? [new URL(env.PUBLIC_URL).host] : [],
  };
}
