// The `workerd` package has no types of its own: it exports where its binary is.
declare module "workerd" {
  const workerd: { readonly default: string; readonly version: string };
  export default workerd;
}
