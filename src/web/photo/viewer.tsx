// Photos as an owner's pages show them: from what this device keeps or may ask for, unless a page has them by another way.

import type { ComponentChildren, ComponentProps } from "preact";
import { useContext } from "preact/hooks";
import { photoUrl } from "../store/photos.ts";
import * as gallery from "./gallery.tsx";

export { PhotoSource } from "./gallery.tsx";

const FromHere = ({ children }: { children: ComponentChildren }) => (
  <gallery.PhotoSource.Provider value={useContext(gallery.PhotoSource) ?? photoUrl}>
    {children}
  </gallery.PhotoSource.Provider>
);

export const Picture = (props: ComponentProps<typeof gallery.Picture>) => (
  <FromHere>
    <gallery.Picture {...props} />
  </FromHere>
);

export const Photos = (props: ComponentProps<typeof gallery.Photos>) => (
  <FromHere>
    <gallery.Photos {...props} />
  </FromHere>
);

export const Viewer = (props: ComponentProps<typeof gallery.Viewer>) => (
  <FromHere>
    <gallery.Viewer {...props} />
  </FromHere>
);
