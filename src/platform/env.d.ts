// The two secrets that wrangler.toml must not name: `wrangler secret put` sets them on Cloudflare, self-host/ makes them.
declare namespace Cloudflare {
  interface Env {
    OPERATOR_KEY: string;
    ROOT_KEY: string;
  }
}
interface Env {
  OPERATOR_KEY: string;
  ROOT_KEY: string;
}
