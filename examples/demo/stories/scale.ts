// A weight that stays private, a canned answer that misses the point, and a person who does not.
import type { Story } from "../story.ts";

export const scale: Story = {
  title: "The bathroom scale",
  opening: "It tells its owner the weight. It need not tell anybody else.",
  owner: "Noor",
  thing: "the scale",
  product: { gtin: "09520003000018", model: "Libra bathroom scale" },
  maker: { domain: "libra.example", name: "Libra", policy: { "SD-BASE": "accept", "SD-BASE-DP": "counter:SD-BASE" } },
  proffer: { preferred: "SD-BASE-DP", alternates: [] },
  dealing: { by: "counter", offers: "SD-BASE" },
  notes: [
    {
      kind: "diary",
      private: true,
      text: "81.4 kg this morning, two less than at New Year.",
    },
    {
      kind: "problem",
      text: "The scale shows my weight only after its app has sent it to your cloud. I want to stand on it, read a number and walk away. My weight is nobody's business but mine.",
      wants: "change",
      canned: {
        words: ["app"],
        type: "advice",
        outcome: "answered",
        text: "Thank you for choosing Libra! Please check that you have the latest version of our app and that you are signed in.",
      },
      verdict: "not-addressed",
      person: {
        name: "Ines Okafor",
        type: "fix",
        outcome: "changed",
        text: "That answer was ours, and it missed what you said. From version 2.4 the scale shows the weight at once and sends nothing: hold the left corner for three seconds, and the cloud sign on its display goes out.",
        verdict: "addressed",
      },
    },
  ],
};
