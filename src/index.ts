// The Worker: exports the objects and mounts the app. No logic here.

export { Desk } from "./desk/desk.ts";
export { Directory } from "./directory/directory.ts";
export { Keyring } from "./keyring/keyring.ts";
export { Maker } from "./maker/maker.ts";
export { Office } from "./office/office.ts";
export { Product } from "./product/product.ts";
export { Tenure } from "./tenure/tenure.ts";
export { Twin } from "./twin/twin.ts";
export { app as default } from "./api/app.ts";
